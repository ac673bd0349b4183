"""Are the headers of a proxy believed from the proxy, and from nobody else?"""

import time
from ipaddress import ip_network

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.model.people.person import Grant, Role
from dashboard.ui.people import person_of
from dashboard.ui.server.connections import Connection, OpenConnection, _current, terms_here
from dashboard.ui.server.signin.passing import OVER
from dashboard.ui.server.signin.proxied import Proxied
from dashboard.ui.ways_in import Proxy
from tests.conftest import said
from tests.ui.server.conftest import Inside, asks
from tests.ui.server.signin.conftest import PAGE
from tests.ui.server.signin.test_door import METHODS, OPEN, Talk, talk_over

PROXY = Proxy(b"x-user", (ip_network("10.0.0.0/24"), ip_network("::1")), b"x-name", b"x-roles")
AMA = (("x-user", "ama"), ("x-name", "Ama Mensah"), ("x-roles", "viewer,staff"), ("x-roles", "steward"))
CLIENT = ("10.0.0.7", 1234)


class From:
    """Requests that arrive from an address."""

    def __init__(self, address: str, inside: ASGIApp, proxy: Proxy = PROXY) -> None:
        self.address, self.middleware = address, Proxied(inside, proxy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.middleware({**scope, "client": (self.address, 1)}, receive, send)


@pytest.mark.parametrize("address", ["10.0.0.7", "::1", "::ffff:10.0.0.7"])
def test_whoever_the_proxy_names_is_inside(address: str) -> None:
    inside = Inside()
    for kind in ("http", "websocket"):
        asks(From(address, inside), "/heatmap", (*PAGE, *AMA), kind=kind)
    assert len(inside.scopes) == 2
    for scope in inside.scopes:
        found = person_of(scope)
        assert found is not None
        assert (found.subject, found.name) == ("ama", "Ama Mensah")
        assert found.grants == (Grant(Role.VIEWER), Grant(Role.STEWARD))
        assert not {b"x-user", b"x-name", b"x-roles"} & {name for name, _ in scope["headers"]}


@pytest.mark.parametrize("address", ["10.0.1.7", "127.0.0.1", "::2", "", "proxy"])
@pytest.mark.parametrize(
    "path", ["/heatmap", "/api/heatmap.csv", "/media/a", "/static/a.js", "/_stcore/upload_file/a/b"]
)
def test_from_any_other_address_the_same_headers_open_nothing(address: str, path: str) -> None:
    inside = Inside()
    for method in METHODS:
        assert asks(From(address, inside), path, (*PAGE, *AMA), method).status == 403
    assert asks(From(address, inside), path, AMA, kind="websocket").sent[-1]["code"] == OVER
    assert said("signin.past_proxy").search(asks(From(address, inside), path, (*PAGE, *AMA)).text)
    assert not inside.scopes


@pytest.mark.parametrize(
    "headers",
    [(), *((("x-user", user),) for user in ("", " ", "a\x01", "a" * 201)), (AMA[0], AMA[0])],
)
def test_whom_the_proxy_does_not_name_clearly_is_nobody(headers: tuple[tuple[str, str], ...]) -> None:
    inside = Inside()
    got = asks(From("10.0.0.7", inside), "/heatmap", (*PAGE, *headers))
    assert got.status == 403
    assert said("signin.unnamed").search(got.text)
    assert not inside.scopes


def test_the_address_is_that_of_the_connection_whatever_headers_say_of_their_visitors() -> None:
    class Transport:
        def get_extra_info(self, name: str) -> tuple[str, int]:
            return ("10.0.0.7", 1)

        def is_closing(self) -> bool:
            return True

    async def through(scope: Scope, receive: Receive, send: Send) -> None:
        token = _current.set(Connection(Transport(), OpenConnection(terms_here())))  # type: ignore[arg-type]
        try:
            await From("203.0.113.9", inside)(scope, receive, send)
        finally:
            _current.reset(token)

    inside = Inside()
    assert asks(through, "/heatmap", (*PAGE, *AMA)).status == 200


def test_names_and_roles_are_optional_and_names_may_have_accents() -> None:
    inside = Inside()
    asks(From("10.0.0.7", inside, Proxy(b"x-user", PROXY.addresses)), "/", (*PAGE, *AMA))
    asks(From("10.0.0.7", inside), "/", (*PAGE, ("x-user", "zoé"), ("x-name", "Zoé Ñandú")))
    plain, accented = (person_of(scope) for scope in inside.scopes)
    assert plain is not None
    assert accented is not None
    assert (plain.name, plain.grants) == ("ama", ())
    assert (accented.subject, accented.name) == ("zoé", "Zoé Ñandú")


def test_whether_the_server_is_well_may_be_asked_by_anybody() -> None:
    for path in OPEN:
        assert asks(From("192.0.2.1", Inside()), path).text == "a page"


def test_a_connection_is_not_kept_for_ever() -> None:
    now = time.time()
    clock = iter([now, now, now])
    middleware = Proxied(Talk(), PROXY, lambda: next(clock, now + 13 * 3600))
    sent = talk_over(middleware, [(b"x-user", b"ama")], CLIENT)
    assert [message["type"] for message in sent] == ["websocket.accept", "websocket.send", "websocket.close"]
    assert sent[-1]["code"] == OVER
