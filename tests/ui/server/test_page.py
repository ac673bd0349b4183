"""Are our script and style in every page that Streamlit serves, and in nothing else?"""

from email.utils import formatdate
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.routing import Match
from starlette.types import ASGIApp
from streamlit import config
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from dashboard.loading.files.words_file import read_words
from dashboard.ui.server.app import doors
from dashboard.ui.server.page import ADDED, TYPES, Page
from tests.ui.server.conftest import SELF, Got, asks
from tests.ui.server.test_figures import server

STATIC = Path(streamlit.__file__).parent / "static"
OTHERS = [
    f"/{next(STATIC.glob(name)).relative_to(STATIC)}"
    for name in ("favicon.png", "manifest.json", "index.html", "static/js/*.js", "static/css/*.css")
]


def streamlits() -> ASGIApp:
    """Serve Streamlit's page and files, compressed where its server does."""
    return SelectiveGZipMiddleware(create_streamlit_static_handler(str(STATIC), None), minimum_size=1)


def page(path: str = "/", method: str = "GET", **headers: str) -> Got:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return asks(Page(streamlits()), path, headers=[SELF, *named], method=method)


def body(got: Got) -> bytes:
    return b"".join(message.get("body", b"") for message in got.sent[1:])


@pytest.mark.parametrize("name", TYPES)
def test_each_is_served_at_the_address_that_stands_in_the_page(name: str) -> None:
    got = asks(server(), f"/{name}")
    assert (got.status, body(got)) == (200, files("dashboard.ui.server").joinpath(name).read_bytes())
    assert got.headers["content-type"].startswith(TYPES[name])
    assert ADDED.count(f'"./{name}"'.encode()) == 1


def test_below_a_path_what_is_ours_is_below_it_too() -> None:
    config.set_option("server.baseUrlPath", "/deep/base/")
    try:
        paths = ("/deep/base/page.js", "/deep/base/api/", "/deep/base/setting", "/page.js")
        assert [asks(server(), path).status for path in paths] == [200, 200, 307, 404]
        for page_of_streamlit in ("/deep/base/", "/deep/base/heatmap"):
            scope: dict[str, Any] = {"type": "http", "method": "GET", "path": page_of_streamlit, "headers": []}
            assert all(route.matches(scope)[0] is Match.NONE for route in doors()["routes"])
        assert asks(server(), "/deep/base/keep/0", method="POST").text == read_words()("door.nothing_here")
    finally:
        config.set_option("server.baseUrlPath", "")


@pytest.mark.parametrize("packed", ["", "gzip", "gzip, deflate, br, zstd", "identity", "*"])
@pytest.mark.parametrize("path", ["/", "/heatmap"])
def test_a_page_holds_them_once_whatever_the_browser_can_unpack(path: str, packed: str) -> None:
    got = page(path, accept_encoding=packed)
    assert got.status == 200
    whole = (STATIC / "index.html").read_bytes()
    assert body(got) == whole.replace(b"</head>", ADDED)
    assert body(got).count(b"page.js") == body(got).count(b"page.css") == 1
    assert "content-encoding" not in got.headers
    assert int(got.headers["content-length"]) == len(body(got))


@pytest.mark.parametrize("path", ["/", "/heatmap"])
def test_a_head_request_never_states_another_length(path: str) -> None:
    head, length = page(path, "HEAD"), page(path).headers["content-length"]
    assert (head.status, body(head)) == (200, b"")
    assert head.headers.get("content-length", length) == length


def test_a_browser_with_a_cached_page_gets_the_current_one() -> None:
    plain = asks(streamlits(), "/").headers
    now = {"if_modified_since": formatdate(usegmt=True), "if_none_match": plain["etag"]}
    for asked in (now, {"if_none_match": plain["etag"]}, {"if_modified_since": plain["last-modified"]}):
        assert ADDED in body(page(**asked))
    assert body(page(range="bytes=0-9")) == body(page()), "a part of Streamlit's is no part of ours"
    assert not {"etag", "last-modified"} & set(page().headers), "a date of Streamlit's says nothing of ours"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", OTHERS)
def test_files_of_streamlit_pass_untouched(path: str, method: str) -> None:
    for packed in ("gzip", "identity"):
        got, plain = (
            asks(door, path, headers=[SELF, ("accept-encoding", packed)], method=method)
            for door in (Page(streamlits()), streamlits())
        )
        assert (got.status, body(got)) == (200, body(plain))
        assert got.headers == plain.headers


def test_what_is_no_page_and_has_no_dot_passes_as_it_is() -> None:
    async def told(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})  # type: ignore[operator]
        for part in (b"<head></head>", b"ok"):
            await send({"type": "http.response.body", "body": part, "more_body": part != b"ok"})  # type: ignore[operator]

    assert len(asks(Page(told), "/_stcore/health").sent) == 3
    assert asks(Page(told), "/_stcore/health").text == "<head></head>ok"
