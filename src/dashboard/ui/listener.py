"""How does this process answer a local network, beside its pages? By a second server, on one address and one port.

It serves the one application it is given, so that the server of the pages stays where it listens. At most one is open
in a process; it ends by hand, after its time, or with the process.

See docs/decisions/0034-a-room-opens-a-second-server.md.
"""

import logging
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import uvicorn
from starlette.types import ASGIApp

PORTS = tuple(range(8600, 8610))
"""Tried in this order: few, so that one rule of a firewall holds for every room; then any that is free."""
GRACE_SECONDS = 1
"""What is being answered when it is closed has so long to be answered."""


@dataclass(frozen=True)
class OpenListener:
    """One that listens: its address and port, until when, and what answers there."""

    address: str
    port: int
    until: datetime
    server: uvicorn.Server
    thread: threading.Thread
    timer: threading.Timer

    def end(self) -> None:
        """Close it, and wait until nothing listens there any more."""
        self.timer.cancel()
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
    return found if found is not None and found.thread.is_alive() else None


def open_listener(made: Callable[[str, int], ASGIApp], address: str, lasts: timedelta) -> OpenListener:
    """Listen on an address of this machine. `made` gives the application for it and the port that was found.

    Whoever comes second gets what is open. Raises OSError where nothing can listen there.
    """
    with _held.lock:
        found = opened()
        if found is not None:
            return found
        bound = _bound(address)
        port = int(bound.getsockname()[1])
        config = uvicorn.Config(
            made(address, port),
            log_config=None,
            log_level=logging.WARNING,
            access_log=False,
            ws="none",
            # Nobody may say by a header from where they come: requests are limited by address.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([bound],), name="listener", daemon=True)
        timer = threading.Timer(lasts.total_seconds(), _close, args=(server,))
        timer.daemon = True
        until = datetime.now().astimezone() + lasts
        _held.open = OpenListener(address, port, until, server, thread, timer)
        thread.start()
        timer.start()
        return _held.open


def close_listener() -> None:
    """Close what is open. When this returns, nobody on the network reaches anything of this process by it."""
    with _held.lock:
        if _held.open is not None:
            _close(_held.open.server)


def _close(server: uvicorn.Server) -> None:
    """Close what is open, if it is this one still: its time may end while another one is opened."""
    with _held.lock:
        found = _held.open
        if found is not None and found.server is server:
            _held.open = None
            found.end()


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
