"""Which connections are open, and which still owe the rest of a request? Those that take too long are closed.

The server closes a connection on which nothing arrives after an answer, but would wait for ever for an incomplete
request. So each connection has a time limit for what comes next: the head of a request, and then its body. When too
many are open, the one that has been waiting longest makes room for a new one, so that nobody can fill the server with
idle connections.

The middleware finds a request's connection in a context variable that is set whenever bytes arrive. Addresses would not
do, because a proxy on this machine may pass on those of its own visitors.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.server.open_files import most_open_files

MOST, MOST_OF_ADDRESS = 2000, 1500
"""Most connections in total, and from one address. A whole room of phones may share one access point."""
OTHER_FILES = 256
"""Files that a process has open besides its connections."""


@dataclass(frozen=True)
class Terms:
    """The limits on a connection: `seconds` for what comes next, plus a second for every `slowest` bytes."""

    seconds: float = 10
    slowest: float = 1000
    most: int = MOST
    most_of_address: int = MOST_OF_ADDRESS


def terms_here() -> Terms:
    """Return what this machine can handle; if few files may be open, at least half of them are for connections."""
    files = most_open_files()
    return Terms(most=min(MOST, max(files - OTHER_FILES, files // 2)))


class Connection:
    """One connection: how many of its requests are in progress, and since when it owes the next bytes."""

    def __init__(self, transport: asyncio.Transport, opened: "OpenConnection") -> None:
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if isinstance(peer, tuple) else ""
        self.transport = transport
        self.opened = opened
        self.loop = asyncio.get_running_loop()
        self.n_requests = 0
        self.owes_since: float | None = None
        self.timer: asyncio.TimerHandle | None = None

    def owes(self, seconds: float) -> None:
        """Start the time limit for what it must send next."""
        self.has_sent()
        if self.transport.is_closing():
            self.opened.discard(self)
            return
        self.owes_since = self.loop.time()
        self.timer = self.loop.call_later(seconds, self.end)

    def has_sent(self) -> None:
        """Note that it has sent what it owed."""
        if self.timer is not None:
            self.timer.cancel()
        self.owes_since = self.timer = None

    def end(self) -> None:
        """Close it, after sending what is still on its way to the client."""
        self.transport.close()
        self.opened.discard(self)


class OpenConnection:
    """The connections that are open now."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.connections: set[Connection] = set()

    def add(self, transport: asyncio.Transport) -> Connection:
        """Add a new connection; if that is one too many, close the one waiting longest, possibly this one."""
        made = Connection(transport, self)
        self.connections.add(made)
        made.owes(self.terms.seconds)
        neighbours = [one for one in self.connections if one.address == made.address]
        if len(neighbours) > self.terms.most_of_address:
            _end_one(neighbours)
        if len(self.connections) > self.terms.most:
            _end_one(list(self.connections))
        return made

    def discard(self, connection: Connection) -> None:
        connection.has_sent()
        self.connections.discard(connection)


def _end_one(among: list[Connection]) -> None:
    owing = [(one.owes_since, at) for at, one in enumerate(among) if one.owes_since is not None]
    among[min(owing)[1]].end()


_current: ContextVar[Connection | None] = ContextVar("connection", default=None)


def address_of(scope: Scope) -> str:
    """Return the address that sent a request. The scope names what a proxy on this machine says of its own visitors."""
    connection = _current.get()
    if connection is not None:
        return connection.address
    return str((scope.get("client") or ("",))[0])


class _Watched(asyncio.Protocol):
    """Passes everything on to the server's protocol, and records whose bytes it is about to read."""

    def __init__(self, inner: Any, opened: OpenConnection) -> None:
        self.inner = inner
        self.opened = opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # asyncio only does this for sockets that name TCP, unlike Streamlit's: each small message would wait for the
        # previous one to be acknowledged, which clients delay by 40 ms.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.inner.connection_made(transport)
        self.connection = self.opened.add(transport)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        _current.set(self.connection)
        self.inner.data_received(data)

    def eof_received(self) -> bool | None:
        return bool(self.inner.eof_received())

    def connection_lost(self, exc: Exception | None) -> None:
        self.opened.discard(self.connection)
        self.inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self.inner.pause_writing()

    def resume_writing(self) -> None:
        self.inner.resume_writing()


class Connections:
    """The middleware. It comes first, because only what it passes on is known to be complete."""

    def __init__(self, app: ASGIApp, terms: Terms | None = None) -> None:
        self.app = app
        self.terms = terms or terms_here()
        self.opened = OpenConnection(self.terms)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = _current.get()
        if scope["type"] == "lifespan":
            _watch(asyncio.get_running_loop(), self.opened)
        if connection is None or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection.has_sent()
        connection.n_requests += 1
        try:
            await self.app(scope, self._in_time(receive, connection) if scope["type"] == "http" else receive, send)
        finally:
            connection.n_requests -= 1
            # A client that did not wait for the answer may have another request in progress.
            if not connection.n_requests:
                connection.owes(self.terms.seconds)

    def _in_time(self, receive: Receive, connection: Connection) -> Callable[[], Awaitable[Message]]:
        """Return the body with a time limit on its sender. Only waiting for bytes counts, not the work of the pages."""
        waited = arrived = 0.0
        whole = False

        async def received() -> Message:
            nonlocal waited, arrived, whole
            if whole:
                return await receive()
            asked = connection.loop.time()
            connection.owes(max(0.0, self.terms.seconds + arrived / self.terms.slowest - waited))
            try:
                message = await receive()
            finally:
                connection.has_sent()
            waited += connection.loop.time() - asked
            arrived += len(message.get("body", b""))
            whole = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        return received


def _watch(loop: asyncio.AbstractEventLoop, opened: OpenConnection) -> None:
    """Watch every connection of servers that start listening from now on.

    The application is told that a server starts before it listens. It has no other access to its connections, and
    `streamlit run` does not allow a custom protocol.
    """
    create_server = loop.create_server

    async def watched(protocol_factory: Callable[[], Any], *args: Any, **kwargs: Any) -> Any:
        return await create_server(lambda: _Watched(protocol_factory(), opened), *args, **kwargs)

    loop.create_server = watched  # type: ignore[method-assign]
