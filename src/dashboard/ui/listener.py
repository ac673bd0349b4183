"""A second server of this process, on one address and port, for a local network.

It serves the one application it is given, so that the server of the pages keeps its own address. At most one is open
per process; it is closed by hand, when its time is up, or with the process. A sleeping machine stops the clock behind
timers, so the time of day closes it as well. Once closed, the application says so for some seconds; then the port goes.

See docs/decisions/0021-rooms-that-vote.md.
"""

import logging
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

import uvicorn
from starlette.types import ASGIApp

PORTS = tuple(range(8600, 8610))
"""Tried in this order: few enough for one firewall rule to cover every room; after these, any free port."""
GRACE_SECONDS = 1
"""Seconds that requests in progress have to finish when its port goes."""
LINGERS = 10
"""Seconds after closing for which its port stays, so that everybody who asks now and then is told."""
Made = Callable[[str, int, Callable[[], bool]], ASGIApp]
"""Makes the application from an address, a port, and the question whether it is closed."""


@dataclass(frozen=True)
class Lifetime:
    """A lifetime: until it is ended or a time of day, and never longer than that was away at the start."""

    until: datetime
    longest: float
    """On the monotonic clock, which continues if somebody sets the time of day back."""
    ended: threading.Event = field(default_factory=threading.Event)

    def is_over(self) -> bool:
        return self.ended.is_set() or _now() >= self.until or monotonic() >= self.longest


class _Server(uvicorn.Server):
    """Shuts itself down soon after its time is up. However its thread ends, it leaves no port open."""

    def __init__(self, config: uvicorn.Config, bound: socket.socket, term: Lifetime) -> None:
        super().__init__(config)
        self.bound = bound
        self.term = term
        self.stays_until: float | None = None
        self.tried = threading.Event()

    def run_bound(self) -> None:
        try:
            self.run([self.bound])
        finally:
            self.bound.close()
            self.tried.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.tried.set()

    async def on_tick(self, counter: int) -> bool:
        if self.stays_until is None and self.term.is_over():
            self.stays_until = monotonic() + LINGERS
        ends = self.stays_until is not None and monotonic() >= self.stays_until
        return await super().on_tick(counter) or ends


@dataclass(frozen=True)
class OpenListener:
    """An open listener: its address and port, its lifetime, and its application."""

    address: str
    port: int
    term: Lifetime
    server: _Server
    thread: threading.Thread

    def give_up_port(self) -> None:
        """End it at once, and wait until nothing listens there any more."""
        self.server.should_exit = True
        self.thread.join()


class _Held:
    """The listener that was opened last in this process, if any."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.last: OpenListener | None = None


_held = _Held()


def opened() -> OpenListener | None:
    """Return the open listener; None if there is none."""
    with _held.lock:
        found = _held.last
    return found if found is not None and found.thread.is_alive() and not found.term.is_over() else None


def open_listener(made: Made, address: str, lasts: timedelta) -> OpenListener:
    """Listen on an address of this machine, at the port of the one before if that is still there.

    If a listener is already open, it is returned. Raises OSError if nothing can listen there; no port is open then.
    """
    with _held.lock:
        found = opened()
        if found is not None:
            return found
        if _held.last is not None:
            _held.last.give_up_port()
        bound = _bound(address)
        try:
            _held.last = _begun(made, address, bound, Lifetime(_now() + lasts, monotonic() + lasts.total_seconds()))
        except BaseException:
            bound.close()
            raise
        return _held.last


def close_listener() -> None:
    """Close the open listener. Once this returns, whoever asks is told only that it is closed."""
    found = opened()
    if found is not None:
        found.term.ended.set()


def _begun(made: Made, address: str, bound: socket.socket, term: Lifetime) -> OpenListener:
    """Return a server in its own thread, already answering. Raises OSError if it stopped before it did."""
    port = int(bound.getsockname()[1])
    config = uvicorn.Config(
        made(address, port, term.is_over),
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        ws="none",
        # Nobody may claim another origin by a header: requests are limited by address.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config, bound, term)
    thread = threading.Thread(target=server.run_bound, name="listener", daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        raise OSError(str(error)) from error
    server.tried.wait()
    if not server.started:
        raise OSError(f"nothing answers at {address}:{port}")
    return OpenListener(address, port, term, server, thread)


def _now() -> datetime:
    return datetime.now().astimezone()


def _bound(address: str) -> socket.socket:
    """Return a socket that is already listening, so that early visitors wait for the server and are not refused."""
    for port in (*PORTS, 0):
        # It names TCP, so that asyncio lets small answers leave at once.
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if sys.platform != "win32":
                # Otherwise, the port of a room just closed would stay taken for a minute.
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((address, port))
            bound.listen()
        except OSError:
            bound.close()
            if not port:
                raise
        else:
            return bound
    raise AssertionError("the last of them is any port")
