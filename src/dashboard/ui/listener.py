"""How does this process answer a local network, beside its pages? By a second server, on one address and one port.

It serves the one application it is given, so that the server of the pages stays where it listens. At most one is open
in a process; it ends by hand, after its time, or with the process. A machine that sleeps stops the clock that timers go
by, so the time of day ends it as well.

See docs/decisions/0034-a-room-opens-a-second-server.md.
"""

import logging
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

PORTS = tuple(range(8600, 8610))
"""Tried in this order: few, so that one rule of a firewall holds for every room; then any that is free."""
GRACE_SECONDS = 1
"""What is being answered when it is closed has so long to be answered."""
OVER = Response(status_code=503)


@dataclass(frozen=True)
class Term:
    """How long something lasts: until a time of day, and never longer than that was away when it began."""

    until: datetime
    longest: float
    """On the clock that counts on where somebody sets the time of day back."""

    def is_over(self) -> bool:
        return _now() >= self.until or monotonic() >= self.longest


class _Server(uvicorn.Server):
    """Ends by itself when its time is over. Its thread leaves no port open, however it ends."""

    def __init__(self, config: uvicorn.Config, bound: socket.socket, term: Term) -> None:
        super().__init__(config)
        self.bound = bound
        self.term = term
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
        return await super().on_tick(counter) or self.term.is_over()


@dataclass(frozen=True)
class OpenListener:
    """One that listens: its address and port, how long, and what answers there."""

    address: str
    port: int
    term: Term
    server: _Server
    thread: threading.Thread

    def end(self) -> None:
        """Close it, and wait until nothing listens there any more."""
        self.server.should_exit = True
        self.thread.join()


class _Held:
    """What is open in this process."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.open: OpenListener | None = None


_held = _Held()


def opened() -> OpenListener | None:
    """The listener that is open; None when there is none."""
    with _held.lock:
        found = _held.open
    return found if found is not None and found.thread.is_alive() and not found.term.is_over() else None


def open_listener(made: Callable[[str, int], ASGIApp], address: str, lasts: timedelta) -> OpenListener:
    """Listen on an address of this machine. `made` gives the application for it and the port that was found.

    Whoever comes second gets what is open. Raises OSError where nothing can listen there; no port is open then.
    """
    with _held.lock:
        found = opened()
        if found is not None:
            return found
        close_listener()
        bound = _bound(address)
        try:
            _held.open = _begun(made, address, bound, Term(_now() + lasts, monotonic() + lasts.total_seconds()))
        except BaseException:
            bound.close()
            raise
        return _held.open


def close_listener() -> None:
    """Close what is open. When this returns, nobody on the network reaches anything of this process by it."""
    with _held.lock:
        found, _held.open = _held.open, None
        if found is not None:
            found.end()


def _begun(made: Callable[[str, int], ASGIApp], address: str, bound: socket.socket, term: Term) -> OpenListener:
    """A server in a thread of its own that answers by now. Raises OSError where it ended before it did."""
    port = int(bound.getsockname()[1])
    config = uvicorn.Config(
        _while(term, made(address, port)),
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        ws="none",
        # Nobody may say by a header from where they come: requests are limited by address.
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


def _while(term: Term, app: ASGIApp) -> ASGIApp:
    """The application until its time is over: a machine that wakes up is asked before anything has ended."""

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        await (OVER if term.is_over() else app)(scope, receive, send)

    return served


def _now() -> datetime:
    return datetime.now().astimezone()


def _bound(address: str) -> socket.socket:
    """A socket that listens already, so that whoever comes at once waits for the server and is not refused."""
    for port in (*PORTS, 0):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":
                # Else the port of a room that was just closed stays taken for a minute.
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
