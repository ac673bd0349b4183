"""Checks where a request comes from and goes to, redirects former addresses, and closes those that nobody needs.

Any website can make its name point to this machine (DNS rebinding), and any page in a browser can send requests. `Host`
reveals the first, `Origin` the second. Pages, files, uploads and connections are all checked.

A browser asks one of these addresses to keep its views as a cookie: browsers keep a cookie from an answer for as long
as it says, but some delete those written by scripts within days. The name in the address is known only to the page of
one session and works once, so no other site can store anything.
"""

import socket
import sys
from urllib.parse import urlencode

import streamlit as st
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import GoesBy, is_same_host, machine_names, read_host, read_origin
from dashboard.model.pages import FORMER_PARTS, FRONT, MOVED, PAGES, led_on
from dashboard.model.tour import changed_views, cookie_of_views, views_in_cookie
from dashboard.model.view_state import NO_PAGE
from dashboard.store.locking import is_loopback, public_names
from dashboard.ui.identity import CALLBACK
from dashboard.ui.server.headers import refuse, values
from dashboard.ui.server.signin.cookies import STEP
from dashboard.ui.session import COOKIE, WAITING

CORE = "/_stcore/"
NEEDED = ("health", "host-config", "stream")
"""Needed below `CORE`, besides uploads and our component: whether it is well, what a browser must know, the stream."""
UPLOAD = "upload_file/"
COMPONENT = "bidi-components/child-rights-dashboard.page/"
"""The one component, which every page uses."""
CLOSED = ("/component", "/auth", "/oauth2callback")
"""Third-party components, which no page uses, and the steps of sign-in, which `signin/door.py` takes itself."""


class Routes:
    """Passes on what a page needs; any other address of Streamlit's own is not found."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and STEP not in scope and self._is_closed(scope["path"]):
            await refuse(scope, send, 404, "nothing_here")
            return
        await self.app(scope, receive, send)

    def _is_closed(self, path: str) -> bool:
        if CORE in path:
            # Also below a page's address, where Streamlit looks for itself first.
            name = path.rpartition(CORE)[2]
            return name not in NEEDED and not name.startswith((UPLOAD, COMPONENT))
        return any(path == closed or path.startswith(f"{closed}/") for closed in CLOSED)


HOST, ORIGIN = b"host", b"origin"
SECURE = ("https", "wss")


class Hosts:
    """Lets in requests that name this server, with its own origin or none."""

    def __init__(self, app: ASGIApp, goes_by: GoesBy | None = None) -> None:
        self.app = app
        self.goes_by = goes_by or names_now()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        hosts, origins = values(scope, HOST), values(scope, ORIGIN)
        host = read_host(hosts[0]) if len(hosts) == 1 else None
        scheme = "https" if scope["scheme"] in SECURE else "http"
        if host is None or not self.goes_by.knows(host, scope["server"][1], scheme):
            await refuse(scope, send, 421, "host")
            return
        origin = read_origin(origins[0]) if len(origins) == 1 else None
        if origins and (origin is None or not is_same_host(origin, host)):
            await refuse(scope, send, 403, "origin")
            return
        # Streamlit compares the two as text, and if they differ, asks an outside host for this machine's address.
        written = [(name, value) for name, value in scope["headers"] if name not in (HOST, ORIGIN)]
        written.append((HOST, str(host).encode()))
        written += [(ORIGIN, f"{origin[0]}://{host}".encode())] if origin else []
        await self.app({**scope, "headers": written}, receive, send)


def names_now() -> GoesBy:
    """Return the names of this server, as it was started. An invalid name given by the operator ends the process."""
    public, wrong = public_names()
    if wrong:
        sys.exit(read_words()("command.public_name_wrong", names=", ".join(wrong)))
    local = is_loopback(str(st.get_option("server.address") or ""))
    return GoesBy(local, frozenset() if local else machine_names(socket.gethostname()), public)


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


REDIRECTS = [Route(f"/{FRONT}", _front, methods=["GET", "HEAD"])]
REDIRECTS += [Route(f"/{name}", _lead, methods=["GET", "HEAD"]) for name in MOVED]
REDIRECTS += [_FormerPart(f"/{name}", _lead, methods=["GET", "HEAD"]) for name in PAGES if name != FRONT]
REDIRECTS += [Route("/{name:no_page}", _nowhere, methods=["GET", "HEAD"])]
"""One route for every former address, one for each page, which may have had another part, and one for all others.

Redirects are relative, so that they also work behind a proxy that adds a path.
"""


YEAR = 365 * 24 * 60 * 60


async def _keep(request: Request) -> Response:
    """Apply the change to what this browser keeps now: another tab may have added to it."""
    change = WAITING.take(request.path_params["name"])
    if change is None:
        return PlainTextResponse(read_words()("door.nothing_here"), 404)
    before, _ = views_in_cookie(request.cookies.get(COOKIE, ""))
    views = changed_views(before, change)
    value = cookie_of_views(views)
    if value is None:
        return PlainTextResponse(read_words()("door.too_much"), 409)
    answer = Response(status_code=204, headers={"cache-control": "no-store"})
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, value, YEAR if views else 0, httponly=True, samesite="lax", secure=secure)
    return answer


COOKIE_ROUTES = [Route("/keep/{name}", _keep, methods=["POST"])]
