"""Does the second server listen where it is told, one at a time, and is nothing left of it once it is closed?"""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.client import HTTPConnection

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from dashboard.ui import listener
from dashboard.ui.listener import OpenListener, close_listener, open_listener, opened
from tests.servers import free_port

HERE = "127.0.0.1"
HOUR = timedelta(hours=1)


def made(address: str, port: int) -> ASGIApp:
    """Says where it was told that it listens."""
    return PlainTextResponse(f"{address} {port}")


def answer(found: OpenListener) -> str:
    connection = HTTPConnection(found.address, found.port, timeout=30)
    connection.request("GET", "/")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(listener, "PORTS", (free_port(),))
    yield
    close_listener()


def test_it_answers_until_it_is_closed_and_its_port_is_free_at_once() -> None:
    assert opened() is None
    found = open_listener(made, HERE, HOUR)
    assert opened() is found
    assert found.port in listener.PORTS
    assert answer(found) == f"{HERE} {found.port}"
    assert timedelta() < found.until - datetime.now().astimezone() <= HOUR
    close_listener()
    assert opened() is None
    assert not found.thread.is_alive()
    with pytest.raises(ConnectionRefusedError):
        answer(found)
    again = open_listener(made, HERE, HOUR)
    assert again.port == found.port, "a rule of a firewall holds for the next room too"
    close_listener()
    close_listener()


def test_one_that_has_ended_by_itself_leaves_its_port_to_the_next() -> None:
    first = open_listener(made, HERE, HOUR)
    first.server.should_exit = True
    first.thread.join(30)
    second = open_listener(made, HERE, HOUR)
    assert second is not first
    assert answer(second) == f"{HERE} {first.port}"


def test_where_a_port_is_taken_another_one_is() -> None:
    with socket.socket() as other:
        other.bind((HERE, listener.PORTS[0]))
        other.listen()
        found = open_listener(made, HERE, HOUR)
        assert found.port not in listener.PORTS
        assert answer(found) == f"{HERE} {found.port}"


def test_who_opens_a_second_one_gets_the_first() -> None:
    first = open_listener(made, HERE, HOUR)
    assert open_listener(made, "127.0.0.2", HOUR) is first


def test_it_closes_when_its_time_is_over() -> None:
    found = open_listener(made, HERE, timedelta())
    found.timer.join(30)
    assert not found.thread.is_alive()
    assert opened() is None


def test_the_time_of_one_that_was_closed_does_not_end_the_next() -> None:
    first = open_listener(made, HERE, HOUR)
    close_listener()
    second = open_listener(made, HERE, HOUR)
    first.timer.function(*first.timer.args)
    assert opened() is second
    assert answer(second)


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(OSError, match=r"."):
        open_listener(made, "198.51.100.1", HOUR)
    assert opened() is None


def test_nobody_says_by_a_header_from_where_they_come() -> None:
    async def told(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await PlainTextResponse(str(scope["client"][0]))(scope, receive, send)

    found = open_listener(lambda address, port: told, HERE, HOUR)
    connection = HTTPConnection(found.address, found.port, timeout=30)
    connection.request("GET", "/", headers={"X-Forwarded-For": "10.9.9.9"})
    assert connection.getresponse().read().decode() == HERE
    connection.close()
