"""Where has a page gone? An address of before leads to the page and the part that it became, its choice kept."""

from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from dashboard.model.pages import FRONT, MOVED


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


ROUTES = [Route(f"/{FRONT}", _front, methods=["GET", "HEAD"])]
ROUTES += [Route(f"/{name}", _lead, methods=["GET", "HEAD"]) for name in MOVED]
"""One for every address of before; a relative way on, so that it also holds behind a proxy that adds a path."""
