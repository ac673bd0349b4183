"""Gives a file that a page offers to whoever was sent its address in an open page, and to nobody else.

Streamlit gives it to all who name a hash of its content, and makes it for all who name the id of its button. Where
people sign in, they see different figures, so an address that is passed on, or worked out, must be worth nothing.
"""

import re
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.identity import IN_SCOPE, below
from dashboard.ui.runtime import is_offered, request_in, session_of
from dashboard.ui.server.headers import refuse

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
