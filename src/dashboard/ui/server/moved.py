"""Where has a page gone? An address of before leads to the page and the part that it became, its choice kept.

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


class _NoPage(Convertor[str]):
    """A name that no page has; what Streamlit serves itself has a dot, a slash or a line in front."""

    regex = rf"(?!(?:{'|'.join(PAGES)})$)[A-Za-z][\w-]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("no_page", _NoPage())


def _lead(request: Request) -> RedirectResponse:
    """Not for good: a browser would keep that, whatever stands at the address later."""
    moved = MOVED[request.url.path.rpartition("/")[2]]
    query = QueryParams(request.query_params)
    part = [("part", moved.part)] if moved.part and "part" not in query else []
    asked = urlencode([*query.multi_items(), *part], safe=",~;:!@")
    return RedirectResponse(f"{moved.page}?{asked}" if asked else moved.page, 307)


def _front(request: Request) -> RedirectResponse:
    """The first page has no name in its address; whoever writes it all the same is led there."""
    return RedirectResponse(f".?{request.url.query}" if request.url.query else ".", 307)


def _nowhere(request: Request) -> RedirectResponse:
    query = [*QueryParams(request.query_params).multi_items(), (NO_PAGE, request.path_params["name"])]
    return RedirectResponse(f".?{urlencode(query, safe=',~;:!@')}", 307)


ROUTES = [Route(f"/{FRONT}", _front, methods=["GET", "HEAD"])]
ROUTES += [Route(f"/{name}", _lead, methods=["GET", "HEAD"]) for name in MOVED]
ROUTES += [Route("/{name:no_page}", _nowhere, methods=["GET", "HEAD"])]
"""One for every address of before, and one for all that never were.

Each has a relative way on, so that it also holds behind a proxy that adds a path.
"""
