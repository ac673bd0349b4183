"""Streamlit's page, which is told where its server is.

Left to guess, it asks for the health of the server below every page's own address first, and is refused.
"""

from contextlib import suppress
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dashboard.model.pages import PAGES, url_path
from dashboard.ui import identity
from dashboard.ui.session import spoken_to

TOLD = "<script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', window.location).href}</script>"
"""The server is where the page's own files are: beside its address, whatever path the server or a proxy adds."""
HEAD = "<head>"


def _told(page: str) -> str:
    before, head, after = page.partition(HEAD)
    return f"{before}{head}{TOLD}{after}"


PAGE = _told(files("streamlit").joinpath("static/index.html").read_text("utf-8"))


SPOKEN = '<html lang="en"'
"""What Streamlit's page says of its language, whatever it is."""


def _spoken_to(request: Request) -> str:
    found = None
    with suppress(identity.NobodyError):
        found = identity.person_of(request.scope)
    accepted = request.headers.get("accept-language", "")
    return spoken_to(found, request.cookies, accepted, request.query_params.get("lang", ""))


def _page(request: Request) -> HTMLResponse:
    content = PAGE.replace(SPOKEN, f'<html lang="{_spoken_to(request)}"')
    return HTMLResponse(content, headers={"cache-control": "no-cache", "vary": "cookie, accept-language"})


PAGE_ROUTES = [Route(f"/{url_path(name)}", _page, methods=["GET", "HEAD"]) for name in PAGES]
