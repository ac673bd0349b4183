"""Are unneeded addresses absent, and does every answer forbid what it should?"""

import re

import pytest
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from streamlit import config

from dashboard.loading.yaml_file import read_words
from dashboard.model.pages import PAGES, url_path
from dashboard.ui.present.room_access import Gate, Keyring
from dashboard.ui.server.app import doors
from dashboard.ui.server.headers import HEADERS, Headers, broken, refuse
from dashboard.ui.server.page import TOLD
from dashboard.ui.server.routes import Routes
from tests.ui.server.conftest import Inside, asks
from tests.ui.server.test_figures import server

CLOSED = (
    "/_stcore/metrics", "/_stcore/metrics\n", "/_stcore/script-health-check", "/_stcore/agent/interact",
    "/_stcore/agent/mcp", "/_stcore/agent/openapi.json", "/_stcore/bidi-components/x/y.js", "/_stcore/",
    "/_stcore/health/", "/_stcore/allowed", "/heatmap/_stcore/metrics", "/_stcore/upload_file",
    "/_stcore/_stcore/metrics", "/component/x/index.html", "/component", "/auth/login", "/auth/logout",
    "/oauth2callback",
)  # fmt: skip
OPEN = (
    "/", "/heatmap", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/upload_file/a/b",
    "/media/a.csv", "/static/js/index.js", "/components", "/authors", "/vote", "/something/later",
)  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_what_no_page_needs_is_not_there(path: str) -> None:
    inside = Inside()
    got = asks(Routes(inside), path)
    assert (got.status, got.text, inside.scopes) == (404, read_words()("door.nothing_here"), [])
    assert asks(Routes(inside), path, kind="websocket").sent[0]["type"] == "websocket.close"


@pytest.mark.parametrize("path", OPEN)
def test_what_a_page_needs_is_there(path: str) -> None:
    assert asks(Routes(Inside()), path).text == "a page"


def test_an_answer_keeps_what_it_says_itself_and_is_given_the_rest() -> None:
    async def own(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Security-Policy", b"own")]})  # type: ignore[operator]

    assert asks(Headers(Inside())).headers == {"content-type": "text/html", **HEADERS}
    got = asks(Headers(own))
    assert {name.lower(): value for name, value in got.headers.items()} == {**HEADERS, "content-security-policy": "own"}
    assert len(got.sent[0]["headers"]) == len(HEADERS)


def test_a_refusal_and_what_broke_have_them_too() -> None:
    async def refuses(scope: Scope, receive: Receive, send: Send) -> None:
        await refuse(scope, send, 403, "origin")

    assert asks(Headers(refuses)).headers.items() >= HEADERS.items()

    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        await (await broken(Request(scope), ValueError("secret")))(scope, receive, send)

    got = asks(breaks)
    assert got.headers.items() >= HEADERS.items()
    assert (got.status, got.text) == (500, read_words()("door.broken"))


def test_nothing_may_frame_a_page_or_be_loaded_from_elsewhere() -> None:
    policy = dict(re.findall(r"([\w-]+) ([^;]+)", HEADERS["content-security-policy"]))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert re.fullmatch(r"'self'( 'sha256-[\w+/=]+'){2}", policy["script-src"]), "two scripts stand in the page"
    sources = {source for name, allowed in policy.items() for source in allowed.split() if name != "script-src"}
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "data:"}
    assert [name for name, allowed in policy.items() if "'unsafe-inline'" in allowed] == ["style-src"]


@pytest.mark.parametrize("base", ["", "/deep/base"])
def test_every_page_is_told_where_its_server_is(base: str, request: pytest.FixtureRequest) -> None:
    config.set_option("server.baseUrlPath", base)
    request.addfinalizer(lambda: config.set_option("server.baseUrlPath", ""))
    for name in PAGES:
        got = asks(server(), f"{base}/{url_path(name)}")
        assert (got.status, got.text.count(TOLD), got.text.count('<div id="root">')) == (200, 1, 1)


def test_a_gate_comes_after_the_host_check_and_before_the_routes() -> None:
    names = [one.cls.__name__ for one in doors()["middleware"]]
    gated = [one.cls.__name__ for one in doors(Middleware(Gate, keys=Keyring("KEY")))["middleware"]]
    assert names == ["AtOnce", "Headers", "Hosts", "Routes", "UploadLimits", "GZipMiddleware"]
    assert gated == ["AtOnce", "Headers", "Hosts", "Gate", "Routes", "UploadLimits", "GZipMiddleware"]
