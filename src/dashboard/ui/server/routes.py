"""Checks where requests come from and go to, redirects former addresses, and gives files to whom they were offered.

Any website can make its name point to this machine (DNS rebinding), and any page in a browser can send requests. `Host`
reveals the first, `Origin` the second. Pages, files, uploads and connections are all checked.

A browser asks one of these addresses to keep its views as a cookie: browsers keep a cookie from an answer for as long
as it says, but some delete those written by scripts within days. The name in the address is known only to the page of
one session and works once, so no other site can store anything.

Streamlit gives a file that a page offers to all who name a hash of its content, and makes it for all who
name the id of its button. Where people sign in, they see different figures, so an address that is passed on, or worked
out, must be worth nothing.
"""

import re
import socket
import sys
from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import GoesBy, is_same_host, machine_names, read_host, read_origin
from dashboard.model.pages import FORMER_PARTS, FRONT, MOVED, PAGES, led_on
from dashboard.model.tour import changed_views, cookie_of_views, views_in_cookie
from dashboard.model.view_state import NO_PAGE
from dashboard.store.locking import is_loopback, public_names
from dashboard.ui.identity import CALLBACK, IN_SCOPE, below
from dashboard.ui.runtime import is_offered, request_in, session_of
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
            # Anywhere in the path, which may begin with the server's base path.
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


MEDIA = "/media/"
ADDRESS = re.compile(rb"/media/([0-9a-f]{32})")
MOST_KEPT = 20_000


class Handed:
    """The middleware, behind sign-in. What this process no longer has is forgotten."""

    def __init__(
        self,
        app: ASGIApp,
        holds: Callable[[str], bool] = is_offered,
        offered_to: Callable[[str], str | None] = session_of,
    ) -> None:
        self.app = app
        self.holds, self.offered_to = holds, offered_to
        self.below = below()
        self._most = MOST_KEPT
        self._handed: set[tuple[str, str]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        whose = person.subject if (person := scope.get(IN_SCOPE)) else ""
        if scope["type"] == "websocket":
            await self.app(scope, self._own(receive), self._noting(send, whose))
        elif scope["type"] == "http" and not self._is_theirs(scope["path"], whose):
            await refuse(scope, send, 404, "nothing_here")
        else:
            await self.app(scope, receive, send)

    def _is_theirs(self, path: str, whose: str) -> bool:
        asked = path.removeprefix(self.below)
        return not asked.startswith(MEDIA) or (whose, asked.removeprefix(MEDIA).partition(".")[0]) in self._handed

    def _noting(self, send: Send, whose: str) -> Send:
        """Return a `send` that notes whose the files are whose addresses it sends."""

        async def sent(message: Message) -> None:
            self._handed.update((whose, file.decode()) for file in ADDRESS.findall(message.get("bytes") or b""))
            if len(self._handed) > self._most:
                self._handed = {one for one in self._handed if self.holds(one[1])}
                self._most = max(MOST_KEPT, 2 * len(self._handed))
            await send(message)

        return sent

    def _own(self, receive: Receive) -> Receive:
        """Return a `receive` that takes out of a request whatever would make a file offered to another session."""

        async def received() -> Message:
            message = await receive()
            return {**message, "bytes": self._without_others(message["bytes"])} if message.get("bytes") else message

        return received

    def _without_others(self, sent: bytes) -> bytes:
        wish = request_in(sent)
        if wish is None:
            return sent
        asked = wish.backend_operation_request
        # Streamlit itself compares the session that is named here with that of the connection.
        if self.offered_to(asked.deferred_file.file_id) in (None, asked.session_id):
            return sent
        asked.ClearField("deferred_file")
        return bytes(wish.SerializeToString())
