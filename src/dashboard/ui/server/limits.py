"""Limits how much may arrive and how often somebody may ask.

Anything larger is cut off on arrival, per request, per session, for each visitor and in all.
"""

import time
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.store.locking import trial_refusal
from dashboard.ui.runtime import Files, Uploaded, holds_session, uploads_held
from dashboard.ui.server.headers import refuse, values
from dashboard.ui.server.routes import CORE, UPLOAD
from dashboard.ui.session import listens_on, person_of
from dashboard.ui.versions.imported_files import MOST_BYTES

MOST_KEPT = 10_000
"""Keys that are remembered, however many ask."""


def address_of(scope: Scope) -> str:
    """Return the address that a request came from; of IPv6 the first half, as one household has all of the second.

    Behind a proxy on this machine it is the one that the proxy names (`docs/operating.md`, *Behind a proxy*).
    """
    host = str((scope.get("client") or ("",))[0])
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if not isinstance(found, IPv6Address):
        return host
    return str(found.ipv4_mapped or IPv6Network((found.packed, 64), strict=False))


@dataclass
class RateLimit:
    """Allows `burst` requests at once and `per_second` on average, for each key."""

    burst: int
    per_second: float
    now: Callable[[], float] = time.monotonic
    _left: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    """What is left for each key, and when it last asked; whoever asked last stands last."""

    def takes(self, key: Hashable) -> bool:
        """Whether one more request of this key is allowed now. A refused request costs nothing."""
        now = self.now()
        left = self._refilled(key, now)
        taken = left >= 1
        self._left.pop(key, None)
        self._left[key] = (left - taken, now)
        if len(self._left) > MOST_KEPT:
            self._forget(now)
        return taken

    def _refilled(self, key: Hashable, now: float) -> float:
        left, at = self._left.get(key, (float(self.burst), now))
        return min(self.burst, left + (now - at) * self.per_second)

    def _forget(self, now: float) -> None:
        """Forget keys whose bucket is full again, as they are like new ones, and all but the latest."""
        kept = [key for key in self._left if self._refilled(key, now) < self.burst]
        self._left = {key: self._left[key] for key in kept[-MOST_KEPT // 2 :]}


MOST_OTHERWISE = 1_000_000
"""Most bytes of a request that uploads no file."""
ENVELOPE = 1_000_000
"""Bytes that a browser adds around a file."""
MOST_OF_SESSION = 2 * MOST_BYTES
"""A file chosen on one page and again on another: Streamlit holds both until the session ends."""
MOST_OF_ALL = 8 * MOST_BYTES
MOST_OF_ONE = MOST_OF_ALL // 2
"""In all sessions of whoever has signed in or, without sign-in, of one address: others can still upload."""
EACH = 100_000
"""Bytes counted for every file, so that very many empty ones are also too much."""


class TooMuchError(Exception):
    """More has arrived than may be held."""


class UploadLimits:
    """Cuts off what is too large. Files are counted where they are stored, so removing one frees its share."""

    def __init__(
        self, app: ASGIApp, held: Callable[[], Files] = uploads_held, holds: Callable[[str], bool] = holds_session
    ) -> None:
        self.app = app
        self.held = held
        self.holds = holds
        self.arriving: Counter[str] = Counter()
        self.whose: dict[str, str] = {}
        """Who uploaded into a session."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        session = _session(scope["path"])
        takes = session is None or trial_refusal(listens_on(_names(scope)), person_of(scope)) is None
        if not takes and scope["method"] != "OPTIONS":
            await refuse(scope, send, 403, "no_files")
            return
        if session is not None and not self.holds(session):
            # Not 400, as Streamlit would say, but what makes a proxy ask the next process.
            await refuse(scope, send, 404, "nothing_here")
            return
        if session is not None:
            self._belongs(session, scope)
        arrival = _Arrival(self, session, receive, send)
        try:
            arrival.count(_announced(scope))
            await self.app(scope, arrival.received, arrival.sent)
        except TooMuchError:
            if not arrival.answered:
                await refuse(scope, send, 413, "too_much")
        finally:
            arrival.end()

    def _belongs(self, session: str, scope: Scope) -> None:
        """Note who uploads into a session, and forget sessions that hold nothing any more."""
        held = self.held()
        self.whose = {one: who for one, who in self.whose.items() if held.get(one) or self.arriving[one]}
        person = person_of(scope)
        self.whose[session] = person.subject if person is not None else address_of(scope)

    def has_room(self, session: str, more: int) -> bool:
        """Whether this many more bytes may be held for a session, given all others."""
        # A copy, because sessions end and files disappear in other threads.
        sizes = Counter({one: _size(files) for one, files in list(self.held().items())})
        sizes.update(self.arriving)
        who = self.whose.get(session)
        of_one = sum(size for one, size in sizes.items() if who is not None and self.whose.get(one) == who)
        limits = ((sizes[session], MOST_OF_SESSION), (of_one, MOST_OF_ONE), (sizes.total(), MOST_OF_ALL))
        return all(now + more <= most for now, most in limits)


@dataclass
class _Arrival:
    """One request: how much has arrived, and whether its answer has started."""

    limits: UploadLimits
    session: str | None
    receive: Receive
    send: Send
    size: int = 0
    answered: bool = False

    def count(self, size: int) -> None:
        """Count bytes of the request. Raises TooMuchError if it is too large, or exceeds what may be held in total."""
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
        """Stop counting: Streamlit now holds the file, or it is gone."""
        if self.session is not None:
            self.limits.arriving[self.session] -= self.size
            # Drops sessions with nothing in transit.
            self.limits.arriving += Counter()


def _session(path: str) -> str | None:
    """Return the session an upload is for; None for any other request."""
    _, core, name = path.rpartition(CORE)
    return name.removeprefix(UPLOAD).partition("/")[0] if core and name.startswith(UPLOAD) else None


def _names(scope: Scope) -> list[str]:
    return [name.decode("latin-1") for name, _ in scope["headers"]]


def _announced(scope: Scope) -> int:
    """Return the size the request declares; if it is missing or wrong, bytes are counted as they arrive."""
    said = values(scope, b"content-length")
    # Twenty digits are already too much, and Python refuses to parse thousands of them.
    return int(said[0][:20]) if said and said[0].isascii() and said[0].isdigit() else 0


def _size(files: Mapping[str, Uploaded]) -> int:
    return sum(len(file.data) + EACH for file in list(files.values()))
