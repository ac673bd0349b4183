"""Is every request rejected that names another server or comes from another site: pages, files and connections?"""

import pytest
import streamlit as st

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import GoesBy
from dashboard.ui import session
from dashboard.ui.server.routes import Hosts, names_now
from tests.ui.server.conftest import PORT, SELF, Inside, asks

HERE = f"localhost:{PORT}"
KINDS = pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("http", "GET", "/"),
        ("http", "PUT", "/_stcore/upload_file/a/b"),
        ("http", "DELETE", "/_stcore/upload_file/a/b"),
        ("http", "POST", "/vote"),
        ("websocket", "GET", "/_stcore/stream"),
    ],
)
REFUSED = {
    "another name": ([("host", "evil.example")], 421),
    "another name and its page": ([("host", f"evil.example:{PORT}"), ("origin", f"http://evil.example:{PORT}")], 421),
    "no name": ([], 421),
    "two names": ([SELF, SELF], 421),
    "no name that can be": ([("host", "localhost:eighty")], 421),
    "another port": ([("host", "localhost:3000")], 421),
    "a page of another port": ([SELF, ("origin", "http://localhost:3000")], 403),
    "a page of another name": ([SELF, ("origin", f"http://evil.example:{PORT}")], 403),
    "a page of nowhere": ([SELF, ("origin", "null")], 403),
    "two pages": ([SELF, ("origin", f"http://{HERE}"), ("origin", f"http://{HERE}")], 403),
}


@KINDS
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_meant_for_or_comes_from_elsewhere_is_refused(name: str, kind: str, method: str, path: str) -> None:
    headers, status = REFUSED[name]
    inside = Inside()
    got = asks(Hosts(inside, GoesBy(local=True)), path, headers, method, kind=kind)
    assert not inside.scopes
    if kind == "websocket":
        assert got.sent == [{"type": "websocket.close", "code": 1008}]
    else:
        assert (got.status, got.text) == (status, read_words()("door.host" if status == 421 else "door.origin"))


@KINDS
@pytest.mark.parametrize("origin", [None, f"http://{HERE}", f"HTTP://LOCALHOST.:{PORT}"])
def test_what_is_meant_for_this_server_reaches_it_as_streamlit_can_compare_it(
    origin: str | None, kind: str, method: str, path: str
) -> None:
    inside = Inside()
    headers = [("host", f"LocalHost:{PORT}"), *([("origin", origin)] if origin else [])]
    asks(Hosts(inside, GoesBy(local=True)), path, [*headers, ("cookie", "a=b")], method, kind=kind)
    (scope,) = inside.scopes
    expected = {b"host": HERE.encode(), b"cookie": b"a=b"} | ({b"origin": f"http://{HERE}".encode()} if origin else {})
    assert dict(scope["headers"]) == expected
    assert len(scope["headers"]) == len(expected)


@pytest.mark.parametrize(("address", "lets_in"), [("127.0.0.1", False), ("0.0.0.0", True), ("", True)])  # noqa: S104
def test_an_address_of_the_network_is_right_for_a_server_that_listens_to_it(
    address: str, lets_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": address}.get)
    inside = Inside()
    asks(Hosts(inside), headers=[("host", f"192.168.1.5:{PORT}"), ("origin", f"http://192.168.1.5:{PORT}")])
    assert bool(inside.scopes) is lets_in


def test_the_names_that_were_given_are_let_in_and_what_is_none_ends_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_PUBLIC_NAMES", "board.example.org,localhost:9000")
    for host in ("board.example.org", "localhost:9000"):
        inside = Inside()
        asks(Hosts(inside), headers=[("host", host), ("origin", f"https://{host}")])
        assert inside.scopes
    monkeypatch.setenv("DASHBOARD_PUBLIC_NAMES", "board.example.org,http://x")
    with pytest.raises(SystemExit, match="http://x"):
        names_now()


def test_a_server_with_a_name_of_its_own_is_not_this_machines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert session.listens_on() == "localhost"
    monkeypatch.setenv("DASHBOARD_PUBLIC_NAMES", "localhost:9000")
    assert session.listens_on() == "localhost", "a tunnel ends at this machine"
    monkeypatch.setenv("DASHBOARD_PUBLIC_NAMES", "localhost:9000,board.example.org")
    assert session.listens_on() == "board.example.org"
