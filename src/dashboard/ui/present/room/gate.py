"""Who may see what of a room? Whoever holds the key sees every page; everybody else the voting page, and nothing more.

It stands before every route of the server, pages, files and connections alike, and passes on nothing else.

See docs/decisions/0019-rooms-that-vote.md.
"""

import os
import sys
from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread

from dashboard.loading.files.words_file import read_words
from dashboard.ui.present.room.ballot import Asked, Response, answered, too_many
from dashboard.ui.server.asgi import App, Receive, Scope, Send
from dashboard.ui.server.rate_limit import RateLimit
from dashboard.ui.session import guard_session

KEY = "room_key"
"""The cookie that holds the key."""
VOTE, ENTER, INSIDE = "/vote", "/enter", "/room"
MOST_BYTES = 4096
"""More than anything the voting page sends."""
AT_ONCE = 128
"""Phones that are answered at once, in threads of their own: those that wait for the disk share its next sync, and the
pages of whoever leads need not wait for them."""
HEADERS = (
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
     "frame-ancestors 'none'; base-uri 'none'"),
)  # fmt: skip


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

    def __init__(self, app: App, keys: Keyring) -> None:
        self.app = app
        self.keys = keys
        # Somebody who taps fast, and a whole room behind one access point that joins, votes and looks every 3 s.
        self.of_connection, self.of_address = RateLimit(30, 5), RateLimit(4000, 400)
        self.at_once = CapacityLimiter(AT_ONCE)
        guard_session()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self.app(scope, receive, send)
            return
        cookies = _cookies(scope)
        inside = self.keys.opens(cookies.get(KEY, ""))
        if kind == "http":
            await self._http(scope, receive, send, cookies, inside)
        elif inside:
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send, cookies: dict[str, str], inside: bool) -> None:
        path, query = scope["path"], _form(scope["query_string"])
        if not inside and not self._in_time(scope):
            await _answer(send, too_many(_header(scope, b"accept-language")))
        elif path == ENTER and self.keys.spend(query.get("once", "")):
            await _answer(send, self._let_in())
        elif path == VOTE and scope["method"] in ("GET", "POST"):
            await _answer(send, await self._vote(scope, receive, cookies, query))
        elif inside and path != ENTER:
            await self.app(scope, receive, send)
        else:
            await _answer(send, Response(303, location=INSIDE if inside else VOTE))

    def _in_time(self, scope: Scope) -> bool:
        """Whether this is no more than phones ask; the port tells the connections of one address apart."""
        client = tuple(scope.get("client") or ("", 0))
        return self.of_connection.takes(client) and self.of_address.takes(client[0])

    async def _vote(self, scope: Scope, receive: Receive, cookies: dict[str, str], query: dict[str, str]) -> Response:
        form = None
        if scope["method"] == "POST":
            body = await _body(receive)
            if body is None:
                return Response(413)
            form = _form(body)
            if self.keys.opens(form.get("key", "")):
                return self._let_in()
        asked = Asked(query, form, cookies, _header(scope, b"accept-language"))
        return await to_thread.run_sync(answered, asked, limiter=self.at_once)

    def _let_in(self) -> Response:
        # On to another address: the word that opened the door stands in the address bar no longer than that takes.
        return Response(303, location=INSIDE, cookies={KEY: self.keys.key})


def _cookies(scope: Scope) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(_header(scope, b"cookie")).items()}
    except CookieError:
        return {}


def _header(scope: Scope, name: bytes) -> str:
    return "; ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _form(text: bytes) -> dict[str, str]:
    try:
        return {
            name: values[-1] for name, values in parse_qs(text.decode("utf-8", "replace"), max_num_fields=20).items()
        }
    except ValueError:
        return {}


async def _body(receive: Receive) -> bytes | None:
    """What was sent; None as soon as it is too much, and where its sender is gone before it was whole."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or len(body) > MOST_BYTES:
            return None
        if not message.get("more_body"):
            return bytes(body)


async def _answer(send: Send, answer: Response) -> None:
    page = answer.page.encode()
    headers = [*HEADERS, ("content-type", "text/html; charset=utf-8"), ("content-length", str(len(page)))]
    headers += [("location", answer.location)] if answer.location else []
    headers += [("refresh", str(answer.again_in))] if answer.again_in else []
    headers += [
        ("set-cookie", f"{n}={v}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax") for n, v in answer.cookies.items()
    ]
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    await send({"type": "http.response.body", "body": page})
