"""Decides who may see what of a room, and what a phone can reach.

Whoever holds the key sees every page; everybody else only the voting page, within limits on rate and size, and all
other addresses lead there. The gate comes before every route of the server, for pages, files and connections alike.

See docs/decisions/0021-rooms-that-vote.md.
"""

import os
import sys
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from hmac import compare_digest

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import GoesBy, Host
from dashboard.ui.listener import OpenListener, open_listener
from dashboard.ui.present.ballot import VOTE, BallotRequest, answered, ended, led_to, script, too_many
from dashboard.ui.server.headers import Headers, hash_of
from dashboard.ui.server.limits import RateLimit
from dashboard.ui.server.routes import Hosts
from dashboard.ui.session import guard_session

LASTS = timedelta(hours=4)
"""Longest time a room stays open: an afternoon, but not overnight."""
MOST_BYTES, MOST_FIELDS = 4096, 20
"""More than anything the voting page sends."""
AT_ONCE = 128
"""Phones answered at once, in their own threads: those waiting for the disk share its next sync, and the facilitator's
pages need not wait for them.
"""
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": f"default-src 'none'; script-src {hash_of(script())}; connect-src 'self'; style-src "
    "'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
"""Headers of every answer to a phone; the server's own answers have their own."""


class Phones:
    """Serves the voting page; any other request is redirected there, and no connection stays open.

    Once the room is closed, it says so and nothing else.
    """

    def __init__(self, is_closed: Callable[[], bool] = lambda: False) -> None:
        self.is_closed = is_closed
        # One person tapping fast; and a whole room behind one access point that joins, votes and asks every 3 s.
        self.of_connection, self.of_address = RateLimit(30, 5), RateLimit(4000, 400)
        self.at_once = CapacityLimiter(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.answer(await self.response(Request(scope, receive)), scope, receive, send)
        elif scope["type"] != "lifespan":
            await send({"type": "websocket.close", "code": 1008})

    async def answer(self, response: Response, scope: Scope, receive: Receive, send: Send) -> None:
        response.headers.update(HEADERS)
        await response(scope, receive, send)

    async def response(self, request: Request) -> Response:
        if self.is_closed():
            return ended(_languages(request))
        if not self.in_time(request):
            return too_many(_languages(request))
        return await self.found(request)

    async def found(self, request: Request) -> Response:
        """Return the answer for an address."""
        # The raw path: `request.url` is reassembled, and fails if a query is not valid text.
        if request["path"] == VOTE and request.method in ("GET", "POST"):
            return await self.vote(request)
        return led_to(VOTE)

    def in_time(self, request: Request) -> bool:
        """Whether the request is within the limits; the port tells apart the connections of one address."""
        host, port = request.client or ("", 0)
        return self.of_connection.takes((host, port)) and self.of_address.takes(host)

    async def vote(self, request: Request) -> Response:
        form = None
        if request.method == "POST":
            body = await _body(request)
            if body is None:
                return Response(status_code=413)
            form = fields(body)
            let_in = self.let_in(form)
            if let_in is not None:
                return let_in
        asked = BallotRequest(fields(request["query_string"]), form, request.cookies, _languages(request))
        return await to_thread.run_sync(answered, asked, limiter=self.at_once)

    def let_in(self, form: dict[str, str]) -> Response | None:
        """Return the answer to a form that opens more than the voting page; for phones, none does."""
        return None


def open_room(address: str) -> OpenListener:
    """Let phones reach the voting page at an address of this machine. Raises OSError if nothing can listen there."""
    return open_listener(_doors, address, LASTS)


def _doors(address: str, port: int, is_closed: Callable[[], bool]) -> ASGIApp:
    """Return the middleware that pages have too: headers, and only its own host name."""
    goes_by = GoesBy(local=True, public=(Host(address.lower(), port),))
    return Headers(Hosts(Phones(is_closed), goes_by))


def _languages(request: Request) -> str:
    return request.headers.get("accept-language", "")


def fields(sent: bytes) -> dict[str, str]:
    """Return the fields of a form or an address, the last of each name; empty if it exceeds the limits."""
    if sent.count(b"&") >= MOST_FIELDS:
        return {}
    return {name: said for name, said in QueryParams(sent.decode("utf-8", "replace")).items() if said}


async def _body(request: Request) -> bytes | None:
    """Return the request body; None once it is too large, or if its sender left before it was complete."""
    body = bytearray()
    try:
        async with aclosing(request.stream()) as parts:
            async for part in parts:
                body += part
                if len(body) > MOST_BYTES:
                    return None
    except ClientDisconnect:
        return None
    return bytes(body)


KEY = "room_key"
"""The cookie that holds the key."""
ENTER, INSIDE = "/enter", "/present?part=vote"


@dataclass
class Keyring:
    """The key of this evening, and the one-time word that lets in the browser opened by the command."""

    key: str
    once: str = field(default="", repr=False)

    def opens(self, held: str) -> bool:
        return compare_digest(held.encode(), self.key.encode())

    def spend(self, word: str) -> bool:
        """Whether this is the word. It works only once, because addresses stay in the browser's history."""
        if not self.once or not compare_digest(word.encode(), self.once.encode()):
            return False
        self.once = ""
        return True


def keyring() -> Keyring:
    """Return the keyring passed on by `dashboard room`. Without a key the process ends: nothing may be served."""
    key = os.environ.get("DASHBOARD_ROOM_KEY", "")
    if len(key) < 8:
        sys.exit(read_words()("command.room_without_key"))
    return Keyring(key, os.environ.get("DASHBOARD_ROOM_ONCE", ""))


class Gate(Phones):
    """The middleware in front of the whole server."""

    def __init__(self, app: ASGIApp, keys: Keyring) -> None:
        super().__init__()
        self.app = app
        self.keys = keys
        guard_session()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan" or (kind in ("http", "websocket") and self._passes(HTTPConnection(scope))):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def _passes(self, connection: HTTPConnection) -> bool:
        """Whether the server behind the gate should answer."""
        return self._is_inside(connection) and connection["path"] not in (ENTER, VOTE)

    def _is_inside(self, connection: HTTPConnection) -> bool:
        return self.keys.opens(connection.cookies.get(KEY, ""))

    def in_time(self, request: Request) -> bool:
        """Whether the request is within the rate limit; a facilitator is not limited."""
        return self._is_inside(request) or super().in_time(request)

    async def found(self, request: Request) -> Response:
        if request["path"] == ENTER:
            if self.keys.spend(fields(request["query_string"]).get("once", "")):
                return self._enter()
            if self._is_inside(request):
                return led_to(INSIDE)
        return await super().found(request)

    def let_in(self, form: dict[str, str]) -> Response | None:
        return self._enter() if self.keys.opens(form.get("key", "")) else None

    def _enter(self) -> Response:
        # Redirect at once, so that the word does not remain in the address bar.
        return led_to(INSIDE, {KEY: self.keys.key})
