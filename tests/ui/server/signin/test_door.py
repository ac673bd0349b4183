"""Is nothing shown before sign-in, and nothing after a session is over, whatever is asked?"""

import re
import time
from html import unescape
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.loading.yaml_file import read_words
from dashboard.store.disk import store_folder
from dashboard.store.tokens import ENDED, end_session
from dashboard.ui.identity import HEADER, Provider, person_of, read
from dashboard.ui.server.limits import RateLimit
from dashboard.ui.server.signin import door as door_module
from dashboard.ui.server.signin.cookies import USER
from dashboard.ui.server.signin.door import SignIn
from dashboard.ui.server.signin.passing import OVER
from tests.conftest import said
from tests.servers import routes_of_app
from tests.ui.server.conftest import SELF, Inside, asks
from tests.ui.server.signin.conftest import HERE, ORIGIN, PAGE, PROVIDER, Browser, claims, lines, signed
from tests.waiting import ended

SECURE = Provider(("default",), frozenset({"dashboard"}), "https://board.example.org")
STEPS = ("/signin", "/signout", "/oauth2callback")
ADDRESSES = (
    "/", "/heatmap", "/heatmap/", "/signin/", "/signin/x", "//", "/_stcore/health/", "/heatmap/_stcore/health",
    "/_stcore/stream", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/media/abc.csv", "/static/js/index.js",
    "/static/../media/abc.csv", "/api/", "/api/heatmap.csv", "/keep/abc", "/page.js", "/auth/login", "/auth/logout",
    "/vote", "/_stcore/metrics",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


def door(inside: ASGIApp, now: float | None = None, provider: Provider = PROVIDER) -> SignIn:
    return SignIn(inside, provider, time.time if now is None else lambda: now)


def inside_of(**changed: object) -> dict[str, str]:
    """The cookies of somebody who is signed in."""
    return {USER: signed(claims(**changed))}


@pytest.mark.parametrize("headers", [(SELF,), PAGE], ids=["program", "browser"])
@pytest.mark.parametrize("method", METHODS)
def test_no_address_is_answered_from_inside_before_sign_in(method: str, headers: tuple[tuple[str, str], ...]) -> None:
    inside = Inside()
    for address in ADDRESSES:
        got = asks(door(inside), address, headers, method)
        assert got.status == 401, (method, address)
        assert got.headers["cache-control"] == "no-store"
    assert not inside.scopes


@pytest.mark.outside
def test_no_route_of_the_server_is_answered_from_inside_before_sign_in() -> None:
    inside, found = Inside(), routes_of_app()
    assert ("GET", "/api/x") in found or any(path.startswith("/api") for _, path in found)
    for method, path in found:
        if path not in ("/_stcore/health", *STEPS):
            assert asks(door(inside), path, PAGE, method).status == 401, (method, path)
            assert asks(door(inside), path, PAGE, kind="websocket").sent[-1] == {
                "type": "websocket.close",
                "code": OVER,
            }
    assert not inside.scopes


def test_a_connection_of_nobody_opens_only_to_say_so() -> None:
    inside = Inside()
    for headers in (PAGE, (*PAGE, ("sec-websocket-protocol", "streamlit, token, session"))):
        got = asks(door(inside), "/_stcore/stream", headers, kind="websocket")
        assert [message["type"] for message in got.sent] == ["websocket.accept", "websocket.close"]
        assert got.sent[1]["code"] == OVER
    assert got.sent[0]["subprotocol"] == "streamlit"
    assert not inside.scopes


def test_whether_the_server_is_well_may_be_asked_by_anybody() -> None:
    assert asks(door(Inside()), "/_stcore/health").text == "a page"


def test_the_page_says_how_to_sign_in_and_keeps_the_address() -> None:
    got = asks(door(Inside()), "/heatmap", PAGE, query="country=GHA&q=%22%3E%3Cscript%3E")
    assert said("signin.asks").search(got.text)
    assert f'href="{ORIGIN}/signin?to=%2Fheatmap%3Fcountry%3DGHA%26q%3D%2522%253E%253Cscript%253E"' in got.text
    assert "<script" not in got.text
    program = asks(door(Inside()), "/api/heatmap.csv")
    assert said("signin.program").search(program.text)
    assert program.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("query", "headers", "spoken"),
    [
        ("", {}, "en"),
        ("", {"accept-language": "es-CO,es"}, "es"),
        ("", {"accept-language": "es-CO,es", "cookie": "dashboard_lang=fr"}, "fr"),
        ("lang=es", {"cookie": "dashboard_lang=fr"}, "es"),
    ],
)
def test_the_page_speaks_the_language_of_the_address_of_the_last_choice_or_of_the_browser(
    query: str, headers: dict[str, str], spoken: str
) -> None:
    got = asks(door(Inside()), "/heatmap", (*PAGE, *headers.items()), query=query)
    assert f'<html lang="{spoken}"' in got.text
    assert read_words(spoken)("signin.asks") in unescape(got.text)


def test_with_several_providers_there_is_a_button_for_each() -> None:
    several = Provider(("google", "microsoft"), frozenset({"a", "b"}), ORIGIN)
    got = asks(door(Inside(), provider=several), "/", PAGE)
    for name in several.sections:
        assert said("signin.button_with", provider=name).search(got.text)
        assert f"at={name}" in got.text


def test_whoever_is_signed_in_is_inside_and_named() -> None:
    inside = Inside()
    browser = Browser(door(inside), inside_of())
    assert browser.asks("/heatmap").text == "a page"
    browser.asks("/_stcore/stream", kind="websocket")
    page, connection = inside.scopes
    found = person_of(page)
    assert found is not None
    assert found.subject == "id.example.org|ama"
    (header,) = [value for name, value in connection["headers"] if name == HEADER]
    assert read(header.decode()) == found == person_of(connection)


def test_the_name_of_a_person_in_a_header_of_the_browser_goes_no_further() -> None:
    inside = Inside()
    browser = Browser(door(inside), inside_of())
    forged = ("dashboard-person", '{"subject": "x|admin", "name": "Admin", "roles": ["admin"]}')
    browser.asks("/heatmap", forged)
    browser.asks("/_stcore/stream", forged, kind="websocket")
    for scope in inside.scopes:
        assert "x|admin" not in str(scope["headers"])
        assert person_of(scope).subject == "id.example.org|ama"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/heatmap", "/media/a.csv", "/api/heatmap.csv"])
def test_what_was_for_one_person_is_kept_nowhere(path: str) -> None:
    got = Browser(door(Inside()), inside_of()).asks(path)
    assert [value for name, value in got.sent[0]["headers"] if name == b"cache-control"] == [b"no-store"]
    assert "cache-control" not in Browser(door(Inside()), inside_of()).asks("/static/js/index.js").headers


def test_a_cookie_copied_before_signing_out_is_refused_afterwards() -> None:
    inside = Inside(status=302)
    browser, other = Browser(door(inside), inside_of()), Browser(door(inside), inside_of(nonce="another"))
    copied = Browser(door(inside), dict(browser.cookies))
    assert copied.asks("/").status == 302
    assert browser.asks("/signout", HERE).status == 303
    assert copied.asks("/").status == 401
    assert copied.asks("/_stcore/stream", kind="websocket").sent[-1]["code"] == OVER
    assert other.asks("/").status == 302, "another session of the same person goes on"


def test_signing_out_everywhere_ends_every_session_of_one_person_that_has_begun() -> None:
    inside, now = Inside(status=302), time.time()
    one, same, else_ = (
        Browser(door(inside), inside_of(**changed)) for changed in ({}, {"nonce": "another"}, {"sub": "kofi"})
    )
    one.asks("/signout?everywhere=yes", HERE)
    assert (one.asks("/").status, same.asks("/").status, else_.asks("/").status) == (401, 401, 302)
    end_session(store_folder(), "x", now)
    (file,) = [file for file in (store_folder() / ENDED).iterdir() if file.name != "x"]
    assert "ama" not in file.name + file.read_text("utf-8"), "the list names nobody"
    file.write_text(f"{now - 60:.0f}\n", "utf-8")
    assert same.asks("/").status == 302, "signed in after that"


def test_nobody_is_signed_out_by_a_page_of_another_site() -> None:
    browser = Browser(door(Inside(status=302)), inside_of())
    assert browser.asks("/signout", ("sec-fetch-site", "cross-site")).status == 403
    assert browser.asks("/").status == 302
    assert browser.asks("/signout", HERE).status == 303
    assert Browser(door(Inside(status=302)), browser.cookies).asks("/").status == 401


@pytest.mark.parametrize("query", ["", "?everywhere=yes"], ids=["here", "everywhere"])
def test_a_browser_that_does_not_say_who_asks_signs_out_only_with_the_button(query: str) -> None:
    browser, other = Browser(door(Inside(status=302)), inside_of()), inside_of(nonce="another")
    same, copied = Browser(browser.door, dict(other)), Browser(browser.door, dict(browser.cookies))
    got = browser.asks(f"/signout{query}")
    assert (got.status, browser.asks("/").status) == (200, 302), "nobody is out before the button is pressed"
    assert said("signin.asks_out").search(got.text)
    assert "form-action" not in got.headers["content-security-policy"], "the provider comes next"
    (address,) = re.findall(r'<form method="post" action="([^"]+)">', got.text)
    address = unescape(address)
    value = address.partition("agreed=")[2].partition("&")[0]
    assert len(value) == 64
    for forged in (f"/signout{query}", "/signout?agreed=", f"/signout?agreed={value[:-1]}", "/signout?agreed=%C3%A9"):
        assert browser.asks(forged, method="POST").status == 200, forged
    assert browser.asks(address).status == 200, "an address alone, as in a picture of another site, signs nobody out"
    assert same.asks(address, method="POST").status == 200, "the value is that of another session"
    assert (browser.asks("/").status, same.asks("/").status) == (302, 302)
    assert browser.asks(address, ("sec-fetch-site", "cross-site"), method="POST").status == 403
    assert browser.asks(address, method="POST").status == 303
    assert copied.asks("/").status == 401
    assert same.asks("/").status == (401 if query else 302)


def test_whoever_is_out_already_is_not_asked_and_the_provider_neither() -> None:
    inside = Inside(status=302)
    got = Browser(door(inside)).asks("/signout")
    assert got.status == 200
    assert said("signin.out").search(got.text)
    assert not inside.scopes


def test_where_the_end_of_a_session_cannot_be_recorded_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(door_module, "end_session", full)
    inside = Inside(status=302)
    got = Browser(door(inside), inside_of()).asks("/signout", HERE)
    assert got.status == 500
    assert said("signin.not_out").search(got.text)
    assert not inside.scopes


def test_where_the_list_of_ended_sessions_cannot_be_read_nobody_is_inside(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / ENDED).write_text("not a folder", "utf-8")
    assert Browser(door(Inside()), inside_of()).asks("/").status == 401


def test_a_session_that_is_over_is_refused() -> None:
    held, now = inside_of(), time.time()
    assert Browser(door(Inside(), now + 11 * 3600), held).asks("/").status == 200
    assert Browser(door(Inside(), now + 13 * 3600), held).asks("/").status == 401


class Talk:
    """An application that keeps a connection open: it answers each message with one, and notes how it ended."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            self.heard.append(message)
            await send({"type": "websocket.send", "bytes": b"figures"})
        await send({"type": "websocket.send", "bytes": b"more figures"})


def talk_over(door: ASGIApp, headers: list[tuple[bytes, bytes]]) -> list[Message]:
    """What an application sends over a connection whose browser never stops."""
    sent: list[Message] = []
    scope: Scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": headers}
    n_heard = 0

    async def receive() -> Message:
        nonlocal n_heard
        n_heard += 1
        assert n_heard < 20, "the connection never ends"
        return {"type": "websocket.receive", "bytes": b"click"}

    async def send(message: Message) -> None:
        sent.append(message)

    ended(door(scope, receive, send))
    return sent


@pytest.mark.parametrize("n_looks", [2, 3, 4, 5])
def test_an_open_connection_closes_at_the_first_message_after_its_session_is_over(n_looks: int) -> None:
    now, talk = time.time(), Talk()
    clock = iter([now] * n_looks)
    middleware = SignIn(talk, PROVIDER, lambda: next(clock, now + 13 * 3600))
    sent = talk_over(middleware, [(b"cookie", f"{USER}={signed(claims())}".encode())])
    kinds = [message["type"] for message in sent]
    assert kinds == ["websocket.accept", *["websocket.send"] * ((n_looks - 2) // 2), "websocket.close"]
    assert sent[-1]["code"] == OVER
    assert len(talk.heard) == (n_looks - 1) // 2


def test_cookies_travel_only_encrypted_where_browsers_reach_the_server_over_tls() -> None:
    async def sets(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"set-cookie", b"a=b; HttpOnly"), (b"Set-Cookie", b"c=d; Secure")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    got = Browser(door(sets, provider=SECURE), inside_of(origin=SECURE.origin)).asks("/")
    set_ = [value for name, value in got.sent[0]["headers"] if name.lower() == b"set-cookie"]
    assert set_ == [b"a=b; HttpOnly; Secure", b"c=d; Secure"]
    assert lines(Browser(door(sets), inside_of()).asks("/")) == ["a=b; HttpOnly"]


def test_an_answer_that_leads_to_no_provider_is_no_beginning() -> None:
    got = asks(door(Inside(status=302)), "/signin", PAGE)
    assert got.status == 503
    assert said("signin.unreachable").search(got.text)


def test_steps_are_limited_for_each_address_and_for_all() -> None:
    middleware = door(Inside(status=400))
    middleware.of_address = RateLimit(2, 0, lambda: 0.0)
    statuses = [asks(middleware, "/oauth2callback", PAGE, query="error=x").status for _ in range(3)]
    assert statuses == [403, 403, 429]
    middleware.of_address, middleware.of_all = RateLimit(9, 0, lambda: 0.0), RateLimit(1, 0, lambda: 0.0)
    assert [asks(middleware, "/signin", PAGE).status for _ in range(2)] == [503, 429]
    assert Browser(middleware, inside_of()).asks("/heatmap").status == 400, "whoever is inside is not limited by this"
