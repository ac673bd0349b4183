"""Are the addresses at which phones reach a machine its private ones, without repeats, the likeliest first?"""

import socket
import sys

import pytest

from dashboard.tasks import server
from dashboard.tasks.server import is_of_network, local_addresses


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.3", "172.16.4.4", "169.254.7.7"])
def test_private_addresses_are_of_a_network(address: str) -> None:
    assert is_of_network(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "8.8.8.8", "fd00::2", "localhost", ""])  # noqa: S104
def test_others_are_not(address: str) -> None:
    assert not is_of_network(address)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHBOARD_ROOM_HOST", raising=False)
    monkeypatch.setattr(server, "own_address", lambda: "192.168.1.5")
    monkeypatch.setattr(server, "_of_interfaces", lambda: iter(("127.0.0.1", "10.0.0.3", "192.168.1.5")))
    monkeypatch.setattr(server, "_of_name", lambda: ("8.8.8.8", "10.0.0.3"))


@pytest.mark.usefixtures("found")
def test_each_address_is_named_once_and_first_the_one_that_reaches_others() -> None:
    assert local_addresses() == ("192.168.1.5", "10.0.0.3")


@pytest.mark.usefixtures("found")
def test_what_the_operator_names_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_ROOM_HOST", "laptop.lan")
    assert local_addresses() == ("laptop.lan",)


@pytest.mark.usefixtures("found")
def test_a_machine_on_no_network_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "own_address", lambda: "localhost")
    monkeypatch.setattr(server, "_of_interfaces", lambda: iter(("127.0.0.1",)))
    monkeypatch.setattr(server, "_of_name", lambda: ())
    assert local_addresses() == ()


@pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that is asked")
def test_the_system_is_asked_for_the_address_of_each_interface() -> None:
    assert "127.0.0.1" in tuple(server._of_interfaces())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows answers for its own name by itself")
def test_no_name_server_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*given: object) -> None:
        pytest.fail("on a network without a name server this takes many seconds")

    for name in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getaddrinfo", "getfqdn"):
        monkeypatch.setattr(socket, name, asked)
    monkeypatch.delenv("DASHBOARD_ROOM_HOST", raising=False)
    assert all(is_of_network(address) for address in local_addresses())
