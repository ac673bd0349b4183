"""What does a phone reach? The voting page and nothing more, in its time and up to a size; all else leads there.

See docs/decisions/0034-a-room-opens-a-second-server.md.
"""

from contextlib import aclosing
from datetime import timedelta

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.model.host import GoesBy, Host
from dashboard.ui.listener import OpenListener, open_listener
from dashboard.ui.present.room.ballot import VOTE, Asked, answered, led_to, too_many
from dashboard.ui.server.connections import Connections
from dashboard.ui.server.headers import Headers
from dashboard.ui.server.hosts import Hosts
from dashboard.ui.server.rate_limit import RateLimit

LASTS = timedelta(hours=4)
"""So long a room is open at most: an afternoon, and no night."""
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
"""What every answer to a phone says; those of the server say their own."""


class Phones:
    """Answers the voting page; whatever else is asked for leads there, and no connection stays."""

    def __init__(self) -> None:
        # Somebody who taps fast, and a whole room behind one access point that joins, votes and looks every 3 s.
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
        if not self.in_time(request):
            return too_many(_languages(request))
        return await self.found(request)

    async def found(self, request: Request) -> Response:
        """What stands at an address."""
        # As it came: what `request.url` says is put together anew, and fails where a query is no text.
        if request["path"] == VOTE and request.method in ("GET", "POST"):
            return await self.vote(request)
        return led_to(VOTE)

    def in_time(self, request: Request) -> bool:
        """Whether this is no more than phones ask; the port tells the connections of one address apart."""
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
        asked = Asked(fields(request["query_string"]), form, request.cookies, _languages(request))
        return await to_thread.run_sync(answered, asked, limiter=self.at_once)

    def let_in(self, form: dict[str, str]) -> Response | None:
        """The answer to a form that opens more than the voting page: to phones, none does."""
        return None


def open_room(address: str) -> OpenListener:
    """Let phones reach the voting page at an address of this machine. Raises OSError where nothing can listen there."""
    return open_listener(_doors, address, LASTS)


def _doors(address: str, port: int) -> ASGIApp:
    """What the pages have before them as well: connections that end in time, headers, and no name but its own."""
    goes_by = GoesBy(local=True, public=(Host(address.lower(), port),))
    return Connections(Headers(Hosts(Phones(), goes_by)))


def _languages(request: Request) -> str:
    return request.headers.get("accept-language", "")


def fields(sent: bytes) -> dict[str, str]:
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
