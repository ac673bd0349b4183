"""Whose is a file that a page offers? It is given to whoever was sent its address in an open page, and to nobody else.

Streamlit gives it to all who name a hash of its content, and makes it for all who name the id of its button. Where
people sign in, they see different figures, so an address that is passed on, or worked out, must be worth nothing.
"""

import re
from collections.abc import Callable

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import get_instance

from dashboard.ui.people import IN_SCOPE
from dashboard.ui.server.asgi import refuse
from dashboard.ui.ways_in import below

MEDIA = "/media/"
ADDRESS = re.compile(rb"/media/([0-9a-f]{32})")
MOST_KEPT = 20_000


def is_held(file: str) -> bool:
    """Return whether this process still has a file."""
    return get_instance().media_file_mgr.read_file(file) is not None


def session_of(button: str) -> str | None:
    """Return the session to which a file was offered that is made on request; None if there is none with this id."""
    offered = vars(get_instance().media_file_mgr)["_deferred_callables"].get(button)
    return offered["session_id"] if offered else None


class Handed:
    """The middleware, behind sign-in. What this process no longer has is forgotten."""

    def __init__(
        self,
        app: ASGIApp,
        holds: Callable[[str], bool] = is_held,
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
        try:
            wish = BackMsg.FromString(sent)
        except DecodeError:
            return sent
        asked = wish.backend_operation_request
        # Streamlit itself compares the session that is named here with that of the connection.
        if self.offered_to(asked.deferred_file.file_id) in (None, asked.session_id):
            return sent
        asked.ClearField("deferred_file")
        return bytes(wish.SerializeToString())
