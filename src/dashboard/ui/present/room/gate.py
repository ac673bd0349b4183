"""Who may see what of a room? Whoever holds the key sees every page; everybody else the voting page, and nothing more.

It stands before every route of the server, pages, files and connections alike, and passes on nothing else.

See docs/decisions/0019-rooms-that-vote.md.
"""

import os
import sys
from contextlib import aclosing
from dataclasses import dataclass, field
from hmac import compare_digest

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.loading.files.words_file import read_words
from dashboard.ui.present.room.ballot import VOTE, Asked, answered, led_to, too_many
from dashboard.ui.server.rate_limit import RateLimit
from dashboard.ui.session import guard_session

KEY = "room_key"
"""The cookie that holds the key."""
ENTER, INSIDE = "/enter", "/present?part=vote"
MOST_BYTES, MOST_FIELDS = 4096, 20
"""More than anything the voting page sends."""
AT_ONCE = 128
"""Phones that are answered at once, in threads of their own: those that wait for the disk share its next sync, and the
pages of whoever leads need not wait for them."""
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}
"""What every answer of the gate says; those of the server say their own."""


@dataclass
class Keyring:
    """The key of this evening, and the word that opens the door once for the browser that the command opens."""

    key: str
    once: str = field(default="", repr=False)

    def opens(self, held: str) -> bool:
        return compare_digest(held.encode(), self.key.encode())

    def spend(self, word: str) -> bool:
        """Whether this is the word. Afterwards none is: an address stays in the history of the browser."""
        if not self.once or not compare_digest(word.encode(), self.once.encode()):
            return False
        self.once = ""
        return True


def keyring() -> Keyring:
    """As `dashboard room` hands it over. Without a key the process ends: nothing may be served then."""
    key = os.environ.get("DASHBOARD_ROOM_KEY", "")
    if len(key) < 8:
        sys.exit(read_words()("command.room_without_key"))
    return Keyring(key, os.environ.get("DASHBOARD_ROOM_ONCE", ""))


class Gate:
    """Stands before the whole server."""

    def __init__(self, app: ASGIApp, keys: Keyring) -> None:
        self.app = app
        self.keys = keys
        # Somebody who taps fast, and a whole room behind one access point that joins, votes and looks every 3 s.
        self.of_connection, self.of_address = RateLimit(30, 5), RateLimit(4000, 400)
        self.at_once = CapacityLimiter(AT_ONCE)
        guard_session()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "http":
            response = await self._response(Request(scope, receive))
            if response is not None:
                response.headers.update(HEADERS)
            await (response or self.app)(scope, receive, send)
        elif kind == "lifespan" or (kind == "websocket" and self._is_inside(HTTPConnection(scope))):
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _is_inside(self, connection: HTTPConnection) -> bool:
        return self.keys.opens(connection.cookies.get(KEY, ""))

    async def _response(self, request: Request) -> Response | None:
        """What the gate itself answers; None where the server behind it shall."""
        # As they came: what `request.url` says is put together anew, and fails where a query is no text.
        path, query = request["path"], _fields(request["query_string"])
        inside = self._is_inside(request)
        if not inside and not self._in_time(request):
            return too_many(_languages(request))
        if path == ENTER and self.keys.spend(query.get("once", "")):
            return self._let_in()
        if path == VOTE and request.method in ("GET", "POST"):
            return await self._vote(request, query)
        if inside and path != ENTER:
            return None
        return led_to(INSIDE if inside else VOTE)

    def _in_time(self, request: Request) -> bool:
        """Whether this is no more than phones ask; the port tells the connections of one address apart."""
        host, port = request.client or ("", 0)
        return self.of_connection.takes((host, port)) and self.of_address.takes(host)

    async def _vote(self, request: Request, query: dict[str, str]) -> Response:
        form = None
        if request.method == "POST":
            body = await _body(request)
            if body is None:
                return Response(status_code=413)
            form = _fields(body)
            if self.keys.opens(form.get("key", "")):
                return self._let_in()
        asked = Asked(query, form, request.cookies, _languages(request))
        return await to_thread.run_sync(answered, asked, limiter=self.at_once)

    def _let_in(self) -> Response:
        # On to another address: the word that opened the door stands in the address bar no longer than that takes.
        return led_to(INSIDE, {KEY: self.keys.key})


def _languages(request: Request) -> str:
    return request.headers.get("accept-language", "")


def _fields(sent: bytes) -> dict[str, str]:
    """What a form or an address says, the last of each name; nothing where it says more than any of ours."""
    if sent.count(b"&") >= MOST_FIELDS:
        return {}
    return {name: said for name, said in QueryParams(sent.decode("utf-8", "replace")).items() if said}


async def _body(request: Request) -> bytes | None:
    """What was sent; None as soon as it is too much, and where its sender is gone before it was whole."""
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
