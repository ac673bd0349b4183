"""Where has a page gone? A former address leads to the page and part that replaced it, with its filters.

An address that no page ever had leads to the first page, which says so in its own words.
"""

from urllib.parse import urlencode

from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from dashboard.model.pages import FRONT, MOVED, PAGES
from dashboard.model.view.view_query import NO_PAGE
from dashboard.ui.ways_in import CALLBACK


class _NoPage(Convertor[str]):
    """A name that no page has; other paths of Streamlit contain a dot or a slash, or start with an underscore."""

    regex = rf"(?!(?:{'|'.join((*PAGES, CALLBACK.strip('/')))})$)[A-Za-z][\w-]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("no_page", _NoPage())


def _lead(request: Request) -> RedirectResponse:
    """Redirect temporarily, because a browser would cache a permanent redirect whatever is at the address later."""
    moved = MOVED[request.url.path.rpartition("/")[2]]
    query = QueryParams(request.query_params)
    part = [("part", moved.part)] if moved.part and "part" not in query else []
    asked = urlencode([*query.multi_items(), *part], safe=",~;:!@")
    return RedirectResponse(f"{moved.page}?{asked}" if asked else moved.page, 307)


def _front(request: Request) -> RedirectResponse:
    """Redirect an address that names the first page, which has no name in its address."""
    return RedirectResponse(f".?{request.url.query}" if request.url.query else ".", 307)


def _nowhere(request: Request) -> RedirectResponse:
    query = [*QueryParams(request.query_params).multi_items(), (NO_PAGE, request.path_params["name"])]
    return RedirectResponse(f".?{urlencode(query, safe=',~;:!@')}", 307)


ROUTES = [Route(f"/{FRONT}", _front, methods=["GET", "HEAD"])]
ROUTES += [Route(f"/{name}", _lead, methods=["GET", "HEAD"]) for name in MOVED]
ROUTES += [Route("/{name:no_page}", _nowhere, methods=["GET", "HEAD"])]
"""One route for every former address, and one for all others.

Redirects are relative, so that they also work behind a proxy that adds a path.
"""
