"""Is a connection that owes the rest of a request closed, and no other? Tested with a real server and sockets."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from websockets.sync.client import connect

from dashboard.ui.server.connections import Connections, Terms
from tests.waiting import happens

SOON = Terms(seconds=0.2, slowest=1000)
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"


@dataclass
class Pages:
    """The application behind: it reads its request, waits for permission, answers with `page`, and may linger."""

    page: bytes = b"page"
    goes_on: threading.Event = field(default_factory=threading.Event)
    lingers: threading.Event = field(default_factory=threading.Event)
    read: list[str] = field(default_factory=list)
    reads: bool = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for kind in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{kind}.complete"})
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            while (message := await receive())["type"] == "websocket.receive":
                await send({"type": "websocket.send", "text": message["text"]})
        else:
            await self._answer(receive, send)

    async def _answer(self, receive: Receive, send: Send) -> None:
        while self.reads:
            message = await receive()
            self.read.append(message["type"])
            if not message.get("more_body"):
                break
        await asyncio.to_thread(self.goes_on.wait, 30)
        length = (b"content-length", str(len(self.page)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": self.page})
        await asyncio.to_thread(self.lingers.wait, 30)


@dataclass
class Server:
    """A listening server, and every connection that a test has opened to it."""

    port: int
    pages: Pages
    watched: Connections
    opened: list[socket.socket] = field(default_factory=list)

    def opens(self, sent: bytes = b"", address: str = "127.0.0.1") -> socket.socket:
        """Open a connection from an address of this machine and send something."""
        made = socket.create_connection(("127.0.0.1", self.port), timeout=30, source_address=(address, 0))
        self.opened.append(made)
        made.sendall(sent)
        return made


@contextmanager
def serving(terms: Terms) -> Iterator[Server]:
    pages = Pages()
    pages.goes_on.set()
    pages.lingers.set()
    watched = Connections(pages, terms)
    server = uvicorn.Server(uvicorn.Config(watched, log_level="critical"))
    listening = socket.create_server(("127.0.0.1", 0))  # As Streamlit does, rather than leaving it to uvicorn.
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert happens(lambda: server.started)
    begun = Server(listening.getsockname()[1], pages, watched)
    try:
        yield begun
    finally:
        for one in begun.opened:
            one.close()
        pages.goes_on.set()
        pages.lingers.set()
        server.should_exit = server.force_exit = True
        thread.join(30)
        listening.close()
    assert not thread.is_alive()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(SOON) as begun:
        yield begun


def answers(one: socket.socket, body: bytes = b"page") -> bool:
    """Whether a complete answer arrives."""
    with suppress(ConnectionError):
        read = bytearray()
        while piece := one.recv(65536):
            read += piece
            if read.endswith(b"\r\n\r\n" + body):
                return read.startswith(b"HTTP/1.1 200")
    return False


def is_ended(one: socket.socket, trickle: bytes = b"") -> bool:
    """Whether the server closes a connection although its client continues, a byte at a time."""
    one.settimeout(0.02)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if not one.recv(65536):
                return True
            continue
        except TimeoutError:
            with suppress(ConnectionError):
                one.send(trickle[:1])
            trickle = trickle[1:]
        except ConnectionError:
            return True
    return False


@pytest.mark.thorough
@pytest.mark.parametrize("trickle", [b"", b"x" * 5000])
@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nA: ", POST % 9000, POST % 9000 + b"half"])
def test_what_never_becomes_a_whole_request_is_ended_also_where_it_trickles(
    sent: bytes, trickle: bytes, server: Server
) -> None:
    assert is_ended(server.opens(sent), trickle)
    if sent.startswith(b"POST"):
        # Never taken for a complete request.
        assert happens(lambda: "http.disconnect" in server.pages.read)


@pytest.mark.parametrize("trickle", [b"GET / HTTP/1.1\r\nA: " + b"x" * 5000, b""])
def test_after_an_answer_the_next_request_is_owed_too(trickle: bytes, server: Server) -> None:
    one = server.opens(GET)
    assert answers(one)
    one.sendall(GET)
    assert answers(one)
    assert is_ended(one, trickle)


def test_the_rest_of_a_body_that_nobody_reads_is_owed_too(server: Server) -> None:
    server.pages.reads = False
    one = server.opens(POST % 1_000_000 + b"begun")
    assert answers(one)
    assert is_ended(one, b"x" * 5000)


@pytest.mark.thorough
def test_a_body_that_keeps_coming_may_take_as_long_as_it_is_large() -> None:
    with serving(Terms(seconds=0.3, slowest=10)) as server:
        one = server.opens(POST % 1000 + b"x" * 100)
        for size in (300, 300, 300):
            assert is_ended(server.opens(b"half"))
            one.sendall(b"x" * size)
        assert answers(one), "it took three times as long as a body without a byte would have had"


@pytest.mark.thorough
def test_a_page_that_takes_its_time_is_not_cut_off_and_neither_is_a_slow_reader(server: Server) -> None:
    server.pages.goes_on.clear()
    server.pages.page = b"x" * 20_000_000  # More than the system buffers for a slow reader.
    one = server.opens(GET)
    fails_later = server.opens(b"half")
    assert is_ended(fails_later), "so much time has passed"
    server.pages.goes_on.set()
    fails_later = server.opens(b"half")
    assert is_ended(fails_later)
    assert answers(one, server.pages.page)


def test_a_request_sent_before_the_answer_to_the_one_before_is_answered(server: Server) -> None:
    server.pages.goes_on.clear()
    one = server.opens(GET + GET)
    assert is_ended(server.opens(b"half"))
    server.pages.goes_on.set()
    assert answers(one)
    assert is_ended(one)
    assert len(server.pages.read) == 2


def test_what_a_page_does_after_its_answer_costs_the_next_request_nothing(server: Server) -> None:
    server.pages.lingers.clear()
    one = server.opens(GET)
    assert answers(one)
    server.pages.goes_on.clear()
    one.sendall(GET)
    assert happens(lambda: len(server.pages.read) == 2)
    server.pages.lingers.set()
    assert is_ended(server.opens(b"half"))
    server.pages.goes_on.set()
    assert answers(one)


def test_a_socket_of_a_page_stays_open(server: Server) -> None:
    with connect(f"ws://127.0.0.1:{server.port}/") as page:
        for text in ("one", "two"):
            assert is_ended(server.opens(b"half"))
            page.send(text)
            assert page.recv(30) == text


def test_small_messages_of_a_page_do_not_wait_for_each_other(server: Server) -> None:
    with connect(f"ws://127.0.0.1:{server.port}/"):
        (one,) = server.watched.opened.connections
        assert one.transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_one_connection_too_many_ends_the_one_that_has_owed_longest() -> None:
    with serving(Terms(most=3, most_of_address=3)) as server:
        idle = [server.opens() for _ in range(3)]
        served = server.opens(GET)
        assert answers(served)
        assert is_ended(idle[0])
        assert answers(server.opens(GET))
        assert is_ended(idle[1])
        idle[2].sendall(GET)
        assert answers(idle[2])


def test_a_request_under_way_is_ended_for_nobody() -> None:
    with serving(Terms(most=2, most_of_address=2)) as server:
        server.pages.goes_on.clear()
        busy = [server.opens(GET) for _ in range(2)]
        assert happens(lambda: len(server.pages.read) == 2)
        assert is_ended(server.opens(GET))
        server.pages.goes_on.set()
        assert all(answers(one) for one in busy)
        assert happens(lambda: answers(server.opens(GET)))  # One of them is idle by then, and makes room.


def test_one_address_cannot_take_the_places_of_all() -> None:
    with serving(Terms(most=6, most_of_address=3)) as server:
        other = server.opens(address="127.0.0.2")
        crowd = [server.opens() for _ in range(10)]
        assert all(is_ended(one) for one in crowd[:7])
        other.sendall(GET)
        assert answers(other)
        assert answers(server.opens(GET))


def test_closed_connections_make_room_by_themselves(server: Server) -> None:
    opened = server.opens(GET)
    assert answers(opened)
    opened.close()
    with connect(f"ws://127.0.0.1:{server.port}/") as page:
        page.send("x")
        assert page.recv(30) == "x"
