"""How much may arrive? What is larger is cut off while it arrives: of one request, one session, and all together."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from dashboard.store.permission import trial_refusal
from dashboard.ui.server.asgi import refuse, values
from dashboard.ui.server.routes import CORE, UPLOAD
from dashboard.ui.session import listens_on
from dashboard.ui.versions.private_publication import MOST_BYTES

MOST_OTHERWISE = 1_000_000
"""Of a request that hands in no file."""
ENVELOPE = 1_000_000
"""What a browser writes around a file."""
MOST_OF_SESSION = 2 * MOST_BYTES
"""What was chosen on one page, and again on another: Streamlit holds both until the session ends."""
MOST_OF_ALL = 8 * MOST_BYTES
EACH = 100_000
"""A file costs this much by itself, so that a great many empty ones are too much as well."""


class Uploaded(Protocol):
    """One file, in memory."""

    @property
    def data(self) -> bytes:
        """What it holds."""


Files = Mapping[str, Mapping[str, Uploaded]]
"""What is held of uploads, by session and file."""


def held_now() -> Files:
    """What Streamlit holds, where it lies."""
    return cast(MemoryUploadedFileManager, get_instance().uploaded_file_mgr).file_storage


class TooMuchError(Exception):
    """What arrives is more than may be held."""


class Limits:
    """Cuts off what is too large. What is held is counted where it lies, so whatever removes a file frees its share."""

    def __init__(self, app: ASGIApp, held: Callable[[], Files] = held_now) -> None:
        self.app = app
        self.held = held
        self.arriving: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        session = _session(scope["path"])
        takes = session is None or trial_refusal(listens_on()) is None
        if not takes and scope["method"] != "OPTIONS":
            await refuse(scope, send, 403, "no_files")
            return
        arrival = _Arrival(self, session, receive, send)
        try:
            arrival.count(_announced(scope))
            await self.app(scope, arrival.received, arrival.sent)
        except TooMuchError:
            if not arrival.answered:
                await refuse(scope, send, 413, "too_much")
        finally:
            arrival.end()

    def has_room(self, session: str, more: int) -> bool:
        """Whether so many bytes more may be held of a session, beside all others."""
        files = self.held()
        own = _size(files.get(session, {})) + self.arriving[session]
        # A copy: sessions end, and files go, in other threads.
        everything = sum(_size(of) for of in list(files.values())) + self.arriving.total()
        return own + more <= MOST_OF_SESSION and everything + more <= MOST_OF_ALL


@dataclass
class _Arrival:
    """One request: how much of it is here, and whether its answer has begun."""

    limits: Limits
    session: str | None
    receive: Receive
    send: Send
    size: int = 0
    answered: bool = False

    def count(self, size: int) -> None:
        """Raises TooMuchError where a request of this size is too large, or has no room beside what is held."""
        if size > (MOST_OTHERWISE if self.session is None else MOST_BYTES + ENVELOPE):
            raise TooMuchError
        if self.session is not None and not self.limits.has_room(self.session, size - self.size):
            raise TooMuchError

    async def received(self) -> Message:
        message = await self.receive()
        more = len(message.get("body", b""))
        self.count(self.size + more)
        self.size += more
        if self.session is not None:
            self.limits.arriving[self.session] += more
        return message

    async def sent(self, message: Message) -> None:
        self.answered = True
        await self.send(message)

    def end(self) -> None:
        """What came of it is held by Streamlit now, or gone."""
        if self.session is not None:
            self.limits.arriving[self.session] -= self.size
            # Drops whoever has nothing on the way.
            self.limits.arriving += Counter()


def _session(path: str) -> str | None:
    """The session that an upload is for; None for every other request."""
    _, core, name = path.rpartition(CORE)
    return name.removeprefix(UPLOAD).partition("/")[0] if core and name.startswith(UPLOAD) else None


def _announced(scope: Scope) -> int:
    """How much the request says it brings; what it does not say, or says wrongly, is counted as it arrives."""
    said = values(scope, b"content-length")
    # Twenty digits are too much already, and Python reads no number of thousands.
    return int(said[0][:20]) if said and said[0].isascii() and said[0].isdigit() else 0


def _size(files: Mapping[str, Uploaded]) -> int:
    return sum(len(file.data) + EACH for file in list(files.values()))
