"""Where has a page gone? A former address leads to the page and part that replaced it, with its filters.

An address that no page ever had leads to the first page, which says so in its own words.
"""

from urllib.parse import urlencode

from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Match, Route
from starlette.types import Scope

from dashboard.model.pages import FORMER_PARTS, FRONT, MOVED, PAGES, led_on
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
    query = QueryParams(request.query_params)
    now = led_on(request.url.path.rpartition("/")[2], query.get("part", ""))
    kept = [(name, value) for name, value in query.multi_items() if name != "part"]
    asked = urlencode([*kept, *now.parameters(query).items()], safe=",~;:!@")
    return RedirectResponse(f"{now.page}?{asked}" if asked else now.page, 307)


class _FormerPart(Route):
    """A page whose address names a former part."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        asked = QueryParams(scope.get("query_string", b""))
        return super().matches(scope) if asked.get("part") in FORMER_PARTS else (Match.NONE, {})


def _front(request: Request) -> RedirectResponse:
    """Redirect an address that names the first page, which has no name in its address."""
    return RedirectResponse(f".?{request.url.query}" if request.url.query else ".", 307)


def _nowhere(request: Request) -> RedirectResponse:
    query = [*QueryParams(request.query_params).multi_items(), (NO_PAGE, request.path_params["name"])]
    return RedirectResponse(f".?{urlencode(query, safe=',~;:!@')}", 307)


ROUTES = [Route(f"/{FRONT}", _front, methods=["GET", "HEAD"])]
ROUTES += [Route(f"/{name}", _lead, methods=["GET", "HEAD"]) for name in MOVED]
ROUTES += [_FormerPart(f"/{name}", _lead, methods=["GET", "HEAD"]) for name in PAGES if name != FRONT]
ROUTES += [Route("/{name:no_page}", _nowhere, methods=["GET", "HEAD"])]
"""One route for every former address, one for each page, which may have had another part, and one for all others.

Redirects are relative, so that they also work behind a proxy that adds a path.
"""
