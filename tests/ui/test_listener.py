"""Does the second server listen where it should, one at a time, and leave nothing behind when closed?"""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.ui import listener
from dashboard.ui.listener import OpenListener, close_listener, open_listener, opened
from tests.servers import free_port
from tests.ui.server.test_at_once import delays
from tests.waiting import LONGEST

HERE = "127.0.0.1"
HOUR = timedelta(hours=1)


def made(address: str, port: int, is_closed: Callable[[], bool]) -> ASGIApp:
    """Return an application that answers with the address it was given, or that it is closed."""

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("closed" if is_closed() else f"{address} {port}")(scope, receive, send)

    return told


def answer(found: OpenListener) -> str:
    connection = HTTPConnection(found.address, found.port, timeout=30)
    connection.request("GET", "/")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test a port of its own, which stays only as long as a test says."""
    monkeypatch.setattr(listener, "PORTS", (free_port(),))
    monkeypatch.setattr(listener, "LINGERS", 0)
    yield
    close_listener()


def test_closed_it_says_so_until_its_port_goes_and_the_next_has_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "LINGERS", LONGEST)
    assert opened() is None
    found = open_listener(made, HERE, HOUR)
    assert opened() is found
    assert found.port in listener.PORTS
    assert answer(found) == f"{HERE} {found.port}"
    assert timedelta() < found.term.until - datetime.now().astimezone() <= HOUR
    close_listener()
    close_listener()
    assert opened() is None
    assert answer(found) == "closed"
    again = open_listener(made, HERE, HOUR)
    assert not found.thread.is_alive()
    assert again.port == found.port, "a rule of a firewall holds for the next room too"
    assert answer(again) == f"{HERE} {again.port}"
    monkeypatch.setattr(listener, "LINGERS", 0)
    close_listener()
    again.thread.join(LONGEST)
    with pytest.raises(ConnectionRefusedError):
        answer(again)


def test_what_it_answers_leaves_at_once() -> None:
    found = open_listener(made, HERE, HOUR)
    connection = HTTPConnection(found.address, found.port, timeout=30)
    connection.request("GET", "/")
    connection.getresponse().read()
    assert not delays(found.server)
    connection.close()


def test_one_that_has_ended_by_itself_leaves_its_port_to_the_next() -> None:
    first = open_listener(made, HERE, HOUR)
    first.server.should_exit = True
    first.thread.join(30)
    second = open_listener(made, HERE, HOUR)
    assert second is not first
    assert answer(second) == f"{HERE} {first.port}"


def test_if_a_port_is_taken_another_is_used() -> None:
    with socket.socket() as other:
        other.bind((HERE, listener.PORTS[0]))
        other.listen()
        found = open_listener(made, HERE, HOUR)
        assert found.port not in listener.PORTS
        assert answer(found) == f"{HERE} {found.port}"


def test_who_opens_a_second_one_gets_the_first() -> None:
    first = open_listener(made, HERE, HOUR)
    assert open_listener(made, "127.0.0.2", HOUR) is first


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Return the time of day in a list, for a test to set. The monotonic clock runs on."""
    told = [datetime.now().astimezone()]
    monkeypatch.setattr(listener, "_now", lambda: told[-1])
    return told


def test_it_ends_by_itself_when_its_time_is_over(clock: list[datetime]) -> None:
    found = open_listener(made, HERE, HOUR)
    clock.append(found.term.until - timedelta(seconds=1))
    assert opened() is found
    clock.append(found.term.until)
    assert opened() is None
    found.thread.join(30)
    assert not found.thread.is_alive()
    with pytest.raises(ConnectionRefusedError):
        answer(found)


def test_a_machine_that_has_slept_says_that_it_is_closed_even_before_its_port_goes(
    clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener._Server, "on_tick", uvicorn.Server.on_tick)
    found = open_listener(made, HERE, HOUR)
    clock.append(found.term.until)
    assert found.thread.is_alive()
    assert answer(found) == "closed"
    again = open_listener(made, HERE, HOUR)
    assert again is not found
    assert again.port == found.port, "what was over is closed first"


def test_a_clock_that_is_set_back_lengthens_nothing(clock: list[datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    found = open_listener(made, HERE, HOUR)
    clock.append(clock[0] - HOUR)
    monkeypatch.setattr(listener, "monotonic", lambda: found.term.longest)
    found.thread.join(30)
    assert not found.thread.is_alive()


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> list[socket.socket]:
    """Collect every socket that was bound."""
    found: list[socket.socket] = []
    real = listener._bound

    def noted(address: str) -> socket.socket:
        found.append(real(address))
        return found[-1]

    monkeypatch.setattr(listener, "_bound", noted)
    return found


async def _fails(server: uvicorn.Server, sockets: object = None) -> None:
    raise OSError("no more files")


def _cannot(*given: object) -> ASGIApp:
    raise RuntimeError("can't start new thread")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    ("where", "name", "fails"), [(uvicorn.Server, "startup", _fails), (threading.Thread, "start", _cannot)]
)
def test_one_that_cannot_begin_says_so_and_leaves_no_port_open(
    where: type, name: str, fails: object, bound: list[socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(where, name, fails)
        with pytest.raises(OSError, match=r"."):
            open_listener(made, HERE, HOUR)
    assert [one.fileno() for one in bound] == [-1]
    assert opened() is None
    assert answer(open_listener(made, HERE, HOUR)), "the next one does"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_one_that_breaks_later_leaves_no_port_open(bound: list[socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    found = open_listener(made, HERE, HOUR)
    monkeypatch.setattr(listener._Server, "on_tick", _fails)
    found.thread.join(30)
    assert [one.fileno() for one in bound] == [-1]
    assert opened() is None


def test_an_application_that_cannot_be_made_leaves_no_port_open(bound: list[socket.socket]) -> None:
    with pytest.raises(RuntimeError):
        open_listener(_cannot, HERE, HOUR)
    assert [one.fileno() for one in bound] == [-1]


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(OSError, match=r"."):
        open_listener(made, "198.51.100.1", HOUR)
    assert opened() is None


def test_nobody_says_by_a_header_from_where_they_come() -> None:
    async def told(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await PlainTextResponse(str(scope["client"][0]))(scope, receive, send)

    found = open_listener(lambda *_: told, HERE, HOUR)
    connection = HTTPConnection(found.address, found.port, timeout=30)
    connection.request("GET", "/", headers={"X-Forwarded-For": "10.9.9.9"})
    assert connection.getresponse().read().decode() == HERE
    connection.close()
