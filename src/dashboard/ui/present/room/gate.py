"""Who may see what of a room? Whoever holds the key sees every page; everybody else only the voting page.

The gate comes before every route of the server, for pages, files and connections alike.

See docs/decisions/0019-rooms-that-vote.md.
"""

import os
import sys
from dataclasses import dataclass, field
from hmac import compare_digest

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.loading.files.words_file import read_words
from dashboard.ui.present.room.ballot import VOTE, led_to
from dashboard.ui.present.room.phones import Phones, fields
from dashboard.ui.session import guard_session

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
