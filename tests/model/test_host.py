"""Is a host read as browsers and name servers read it, and does a server know which names are its own?"""

import pytest

from dashboard.model.deployment import (
    GoesBy,
    Host,
    is_same_host,
    machine_names,
    read_host,
    read_host_names,
    read_origin,
)

PORT = 8501
LOCAL = GoesBy(local=True)
OPEN = GoesBy(
    False, machine_names("Desk.Example.org"), read_host_names("board.example.org, tunnel.example.org:9000")[0]
)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("localhost:8501", Host("localhost", 8501)),
        ("LocalHost.:8501", Host("localhost", 8501)),
        ("10.0.0.7", Host("10.0.0.7")),
        ("[::1]:8501", Host("::1", 8501)),
        ("[0:0:0:0:0:0:0:1]", Host("::1")),
        ("a_b.example", Host("a_b.example")),
    ],
)
def test_one_host_is_one_however_it_is_written(text: str, host: Host) -> None:
    assert read_host(text) == host
    assert read_host(str(host)) == host


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ":8501", "localhost:", "localhost:0", "localhost:65536", "localhost:08501",
        "localhost:8501:1", "local host", "localhost/", "user@localhost", "user:word@localhost:8501",
        "localhost:8501#", "localhost?x", "%6cocalhost", ".", "..", "localhost..", ".localhost", "[::1",
        "::1", "::1:8501", "[localhost]", "[127.0.0.1]", "[::g]", "[fe80::1%eth0]", "localhost:8501\n",
        "localhost\t", "localhost,evil.example", "ｌｏｃａｌｈｏｓｔ", "localhost:８５０１", "-", "local-", "*",
    ],
)  # fmt: skip
def test_what_is_no_host_is_none(text: str) -> None:
    assert read_host(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("http://localhost:8501", ("http", Host("localhost", 8501))),
        ("HTTPS://Board.example.org", ("https", Host("board.example.org"))),
        ("null", None),
        ("http://", None),
        ("localhost:8501", None),
        ("file://localhost:8501", None),
        ("http://localhost:8501/", None),
        ("http://evil.example@localhost:8501", None),
        ("http://localhost:8501 http://evil.example", None),
    ],
)
def test_an_origin_is_scheme_and_host_and_nothing_else(text: str, found: object) -> None:
    assert read_origin(text) == found


@pytest.mark.parametrize(
    ("origin", "host", "alike"),
    [
        ("http://localhost:8501", "localhost:8501", True),
        ("http://localhost:3000", "localhost:8501", False),
        ("http://localhost", "localhost:8501", False),
        ("http://127.0.0.1:8501", "localhost:8501", False),
        ("https://board.example.org", "board.example.org", True),
        ("https://board.example.org:443", "board.example.org", True),
        ("https://board.example.org", "board.example.org:80", False),
        ("http://[::1]:8501", "[0::1]:8501", True),
    ],
)
def test_a_page_and_its_server_have_name_and_port_in_common(origin: str, host: str, alike: bool) -> None:
    page, server = read_origin(origin), read_host(host)
    assert page is not None
    assert server is not None
    assert is_same_host(page, server) is alike


@pytest.mark.parametrize(
    ("text", "local", "to_all"),
    [
        ("localhost:8501", True, True),
        ("127.0.0.1:8501", True, True),
        ("127.0.0.2:8501", True, True),
        ("[::1]:8501", True, True),
        ("localhost:8502", False, False),
        ("localhost", False, False),
        ("evil.example:8501", False, False),
        ("localhost.evil.example:8501", False, False),
        ("127.0.0.1.evil.example:8501", False, False),
        ("2130706433:8501", False, False),
        ("192.168.1.5:8501", False, True),
        ("[fd00::5]:8501", False, True),
        ("192.168.1.5:8502", False, False),
        ("desk:8501", False, True),
        ("desk.local:8501", False, True),
        ("desk.example.org:8501", False, True),
        ("desk.example:8501", False, False),
        ("board.example.org", False, True),
        ("board.example.org:443", False, True),
        ("board.example.org:8501", False, True),
        ("board.example.org:9000", False, False),
        ("x.board.example.org", False, False),
        ("tunnel.example.org:9000", False, True),
        ("tunnel.example.org", False, False),
    ],
)
def test_a_server_goes_by_its_addresses_its_names_and_those_it_was_given(text: str, local: bool, to_all: bool) -> None:
    host = read_host(text)
    assert host is not None
    assert (LOCAL.knows(host, PORT, "http"), OPEN.knows(host, PORT, "http")) == (local, to_all)


def test_a_port_that_is_not_named_is_that_of_the_scheme() -> None:
    assert LOCAL.knows(Host("localhost"), 80, "http")
    assert LOCAL.knows(Host("localhost"), 443, "https")
    assert not LOCAL.knows(Host("localhost"), 443, "http")


def test_a_tunnel_is_a_local_name_with_a_port() -> None:
    tunnelled = GoesBy(True, public=(Host("localhost", 9000),))
    assert tunnelled.knows(Host("localhost", 9000), PORT, "http")
    assert tunnelled.knows(Host("localhost", PORT), PORT, "http")
    assert not tunnelled.knows(Host("localhost", 9001), PORT, "http")


def test_a_machine_without_a_name_has_none() -> None:
    assert machine_names("") == frozenset()
    assert machine_names("desk") == {"desk", "desk.local"}


def test_what_was_given_as_a_name_and_is_none_is_told() -> None:
    assert read_host_names("") == ((), ())
    assert read_host_names("a.example, http://b.example/, ,c.example:9") == (
        (Host("a.example"), Host("c.example", 9)),
        ("http://b.example/",),
    )
