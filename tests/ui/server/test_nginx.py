"""Does the shipped nginx configuration pass on what the dashboard needs, and each visitor to one process?

Real nginx, before small servers that say what they were asked.
"""

import gzip
import json
import re
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from select import select

import benchmarks.proxy
import pytest
from benchmarks.proxy import NGINX, SHIPPED, behind_nginx, configured
from benchmarks.servers import free_port

from dashboard.ui.server.limits import ENVELOPE
from dashboard.ui.versions.imported_files import MOST_BYTES
from tests.waiting import LONGEST

pytestmark = [pytest.mark.outside, pytest.mark.skipif(NGINX is None, reason="nginx is not installed")]
COOKIE = re.compile(r"(dashboard_visitor=[0-9a-f]{32}); Path=/; HttpOnly; SameSite=Lax")


class Process(ThreadingHTTPServer):
    """A process that answers with its number, and the headers it was sent; only it has `/media/<number>`."""

    def __init__(self, number: int) -> None:
        super().__init__(("127.0.0.1", 0), Said)
        self.number = number
        self.n_connected = 0
        self.waits, self.goes_on = threading.Semaphore(0), threading.Event()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        self.n_connected += 1
        return super().get_request()


class Said(BaseHTTPRequestHandler):
    server: Process

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/wait":
            self.server.waits.release()
            self.server.goes_on.wait(LONGEST)
        held = ("/media/", "/_stcore/upload_file/")
        missing = self.path.startswith(held) and not self.path.endswith(f"/{self.server.number}")
        self.send_response(404 if missing or self.path == "/none" else 200)
        text = json.dumps({"by": self.server.number, "headers": dict(self.headers), "filler": "x" * 2000}).encode()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_PUT = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def processes(n: int = 2) -> Iterator[list[Process]]:
    found = [Process(number) for number in range(n)]
    for one in found:
        threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield found
    finally:
        for one in found:
            one.shutdown()
            one.server_close()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx before two processes."""
    with (
        processes() as both,
        behind_nginx([one.server_port for one in both], tmp_path_factory.mktemp("nginx") / "conf") as address,
    ):
        yield address


class Answer:
    """What was answered, and what the process says it was asked."""

    def __init__(
        self, address: str, path: str, headers: Mapping[str, str], method: str = "GET", body: bytes | None = None
    ) -> None:
        connection = HTTPConnection(address)
        connection.request(method, path, body, dict(headers))
        got = connection.getresponse()
        content = got.read()
        connection.close()
        self.status, self.headers = got.status, got.headers
        self.packed = got.headers.get("Content-Encoding") == "gzip"
        said = json.loads(gzip.decompress(content) if self.packed else content)
        self.by, self.asked = said["by"], {name.lower(): value for name, value in said["headers"].items()}


def ask(address: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    return Answer(address, path, {name.replace("_", "-"): value for name, value in headers.items()}, method, body)


def test_a_visitor_stays_with_the_process_of_the_first_answer_and_visitors_are_spread(proxy: str) -> None:
    found = set()
    for _ in range(12):
        first = ask(proxy)
        cookie = COOKIE.fullmatch(first.headers["Set-Cookie"])
        assert cookie is not None
        later = [ask(proxy, "/heatmap?round=2025", Cookie=f"a=b; {cookie[1]}") for _ in range(3)]
        assert {one.by for one in later} == {first.by}
        assert not any("Set-Cookie" in one.headers for one in later)
        found.add(first.by)
    assert found == {0, 1}


def test_a_browser_cannot_say_where_it_comes_from(proxy: str) -> None:
    asked = Answer(proxy, "/", {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "https"}).asked
    assert (asked["x-forwarded-for"], asked["x-forwarded-proto"]) == ("127.0.0.1", "http")
    assert ask(proxy, Host="dashboard.example.org:8443").asked["host"] == "dashboard.example.org:8443"


def test_a_connection_of_a_page_is_passed_on_and_no_other_request_claims_to_be_one(proxy: str) -> None:
    asked = ask(proxy, "/_stcore/stream", Connection="Upgrade", Upgrade="websocket").asked
    assert (asked["connection"].lower(), asked["upgrade"]) == ("upgrade", "websocket")
    plain = ask(proxy).asked
    assert "upgrade" not in plain
    assert plain.get("connection", "close") == "close"


def test_compressing_is_left_to_nginx(proxy: str) -> None:
    got = ask(proxy, Accept_Encoding="gzip")
    assert got.packed
    assert "accept-encoding" not in got.asked
    assert not ask(proxy).packed


def test_what_one_session_holds_is_found_in_its_process(proxy: str) -> None:
    for visitor in range(8):
        cookie = f"dashboard_visitor={visitor}"
        for number in (0, 1):
            assert ask(proxy, f"/media/{number}", Cookie=cookie).by == number
            sent = ask(proxy, f"/_stcore/upload_file/me/{number}", "PUT", b"x" * 200_000, Cookie=cookie)
            assert (sent.status, sent.by) == (200, number)
    assert ask(proxy, "/none").status == 404
    assert ask(proxy, "/media/2").status == 404


@contextmanager
def shipped(folder: Path, **changed: str) -> Iterator[tuple[Process, str]]:
    """nginx before one process, with other values of some directives of the shipped file."""
    text = SHIPPED.read_text("utf-8")
    for name, value in changed.items():
        text, n = re.subn(rf"(?m)^( +{name}( \w+)?) \d+s?;$", rf"\1 {value};", text)
        assert n == 1, name
    with pytest.MonkeyPatch.context() as patched, processes(1) as (one,):
        (folder / "shipped.conf").write_text(text, "utf-8")
        patched.setattr(benchmarks.proxy, "SHIPPED", folder / "shipped.conf")
        with behind_nginx([one.server_port], folder / "conf") as address:
            yield one, address


HALVES = {
    "nothing": b"",
    "a line": b"GET / HT",
    "a header": b"GET / HTTP/1.1\r\nHost: x\r\nA: ",
    "a body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf",
    "a body in parts": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
}


def test_half_sent_requests_end_and_reach_no_process(tmp_path: Path) -> None:
    with shipped(tmp_path, client_header_timeout="1s", client_body_timeout="1s") as (process, address):
        host, _, port = address.partition(":")
        before = process.n_connected
        opened = {name: socket.create_connection((host, int(port)), timeout=LONGEST) for name in (*HALVES, "a trickle")}
        for name, half in HALVES.items():
            opened[name].sendall(half)
        with suppress(ConnectionError):
            for letter in b"GET / HTTP/1.1\r\nA: " + b"x" * 1000:
                opened["a trickle"].sendall(bytes([letter]))
                select([opened["a trickle"]], [], [], 0.05)
        for one in opened.values():
            until_closed(one)
        assert process.n_connected == before
        assert ask(address).by == 0


def until_closed(one: socket.socket) -> None:
    """Read what comes until a connection is closed. Raises TimeoutError if it stays open."""
    with one, suppress(ConnectionError):
        while one.recv(4096):
            pass


def test_one_address_takes_only_so_many_connections(tmp_path: Path) -> None:
    with shipped(tmp_path, limit_conn="2") as (process, address):
        waiting = [HTTPConnection(address) for _ in range(2)]
        for one in waiting:
            one.request("GET", "/wait")
            assert process.waits.acquire(timeout=LONGEST)
        third = HTTPConnection(address)
        third.request("GET", "/")
        assert third.getresponse().status == 429
        process.goes_on.set()
        assert [one.getresponse().status for one in waiting] == [200, 200]
        for one in (*waiting, third):
            one.close()


def test_half_sent_requests_are_ended_after_ten_seconds() -> None:
    text = SHIPPED.read_text("utf-8")
    assert re.findall(r"client_(?:header|body)_timeout (\w+);", text) == ["10s", "10s"]


def test_uploads_may_be_as_large_as_the_dashboard_takes_them() -> None:
    assert re.findall(r"client_max_body_size (\d+);", SHIPPED.read_text("utf-8")) == [str(MOST_BYTES + ENVELOPE)]


def test_if_a_process_ends_its_visitors_go_on_at_another(tmp_path: Path) -> None:
    with processes() as both, behind_nginx([one.server_port for one in both], tmp_path / "conf") as address:
        cookies = [f"dashboard_visitor={visitor}" for visitor in range(16)]
        before = [ask(address, Cookie=cookie).by for cookie in cookies]
        assert set(before) == {0, 1}
        both[0].shutdown()
        both[0].server_close()
        assert [ask(address, Cookie=cookie).by for cookie in cookies] == [1] * 16


def test_the_examples_are_whole_before_there_is_a_certificate_and_after(tmp_path: Path) -> None:
    example = (SHIPPED.parent / "listen.conf").read_text("utf-8")
    folder = "/etc/letsencrypt/live/dashboard.example.org/"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    files = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subprocess.run([*made, *files], check=True, capture_output=True)
    # As `docs/install.md` says, and at ports that are free.
    secure = re.sub(r"(?m)^#(listen|ssl|if)", r"\1", example).replace(folder, f"{tmp_path}/")
    assert secure.count("#") == 1
    for name, listen in (("before", example), ("after", secure)):
        text = listen.replace("listen 80;", f"listen {free_port()};").replace("listen 443", f"listen {free_port()}")
        command = configured(tmp_path / name, [1], text)
        tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tested.returncode == 0, tested.stderr
    listed = (SHIPPED.parent / "upstream.conf").read_text("utf-8")
    assert re.findall(r"(?m)^server (\S+) max_fails=1 fail_timeout=5s;$", listed) == [
        "127.0.0.1:8501",
        "127.0.0.1:8502",
    ]
