"""Which pairs of Host and Origin get in? Tested over plain sockets, at the page, the connection and the upload."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from dashboard.tasks.server import own_address
from tests.long.trial import Found
from tests.servers import STREAMLIT, free_port, started

TITLE = "hosts and origins"
EVIL, NAME, KEY = "evil.example", "board.example.org", "ABCDEFGHJKLM"
XSRF = "2|00000000|00000000000000000000000000000000|1700000000"
"""As Streamlit parses it: with it, only the host checks can stop an upload, until it names no session."""
UPGRADE = (
    "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: " + "A" * 22 + "=="
)
DOORS = {
    "page": ("GET /heatmap HTTP/1.1", "connection: close", b" 200 "),
    "connection": ("GET /_stcore/stream HTTP/1.1", UPGRADE, b" 101 "),
    "upload": (
        "PUT /_stcore/upload_file/nobody/1 HTTP/1.1",
        f"connection: close\r\nx-xsrftoken: {XSRF}\r\ncontent-length: 0",
        b" 404 ",
    ),
}
"""By entry point: the request, its headers, and what the response contains if it got in."""


@dataclass(frozen=True)
class Server:
    """A running server: its port, the names it answers to, and similar ones that it must not answer to."""

    port: int
    own: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """The hosts and the origins of one request, and whether it should be let in."""

    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    right: bool


def trial(long: bool, folder: Path) -> Found:
    """Short: twenty pairs at a server for this machine only. Long: hundreds, and a public server and a room as well."""
    tried = dict.fromkeys(DOORS, 0)
    due, let_in, refused, wrong = 0, 0, 0, []
    with ExitStack() as stack:
        for server in _servers(stack, folder, long):
            pairs = [*_pairs(server), *(_more(server) if long else ())]
            for door in DOORS:
                for pair in pairs:
                    tried[door] += 1
                    came_in = _comes_in(server.port, door, pair)
                    due += pair.right
                    let_in += came_in and not pair.right
                    refused += pair.right and not came_in
                    if came_in is not pair.right:
                        wrong.append(f"{door}: {pair} was {'let in' if came_in else 'refused'}.")
    figures = [(f"Requests tried at the {door}", count) for door, count in tried.items()]
    figures += [("Of these, to be let in", due), ("Wrongly let in", let_in), ("Wrongly refused", refused)]
    return Found(tuple((name, f"{count:,}") for name, count in figures), tuple(wrong))


def _servers(stack: ExitStack, folder: Path, long: bool) -> Iterator[Server]:
    """The kinds of server, one after the other; each runs until the trial ends."""
    store = {"DASHBOARD_STORE": str(folder / "store"), "DASHBOARD_PUBLIC_NAMES": ""}
    port = free_port()
    stack.enter_context(started(*STREAMLIT, "app.py", "--server.port", str(port), **store))
    here: tuple[str, ...] = (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}")
    yield Server(port, here, (f"{own_address()}:{port}", NAME, f"{NAME}:{port}", f"{socket.gethostname()}:{port}"))
    if not long:
        return
    port = free_port()
    named = ("--address", "0.0.0.0", "--port", str(port), "--public-name", NAME, "--trials")  # noqa: S104
    stack.enter_context(started("dashboard", "serve", *named, until="Ctrl+C", **store))
    here = (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", f"192.168.7.7:{port}", f"[fd00::7]:{port}")
    machine = f"{socket.gethostname().lower()}:{port}"
    yield Server(port, (*here, machine, NAME, f"{NAME}:{port}", f"{NAME}:443"), (f"x.{NAME}", f"{NAME}:{port + 1}"))
    port = free_port()
    key = {"DASHBOARD_ROOM_KEY": KEY, "DASHBOARD_PUBLIC_NAMES": "laptop.lan"}
    options = ("--server.port", str(port), "--server.address", "0.0.0.0")  # noqa: S104
    stack.enter_context(started(*STREAMLIT, "room.py", *options, **{**store, **key}))
    yield Server(
        port, (f"localhost:{port}", f"10.1.2.3:{port}", f"laptop.lan:{port}"), (NAME, f"laptop.lan:{port + 1}")
    )


def _pairs(server: Server) -> list[Pair]:
    """Twenty: every name with no origin and its own, another name, another port, another page."""
    port, first, other = server.port, server.own[0], server.own[1]
    right = [Pair((own,), origins, True) for own in server.own[:3] for origins in ((), (f"http://{own}",))]
    wrong = [
        ((EVIL,), ()),
        ((f"{EVIL}:{port}",), (f"http://{EVIL}:{port}",)),
        ((f"{EVIL}:{port}",), (f"http://{first}",)),
        ((f"localhost.{EVIL}:{port}",), ()),
        ((f"localhost:{port + 1}",), ()),
        ((f"localhost:{port}x",), ()),
        ((), ()),
        ((first,), ("http://localhost:3000",)),
        ((first,), (f"http://{EVIL}:{port}",)),
        ((first,), (f"http://{other}",)),
        ((first,), ("null",)),
        ((first,), (f"http://{first}@{EVIL}",)),
        ((first,), (f"http://{first}/",)),
        ((first,), (f"http://{first}", f"http://{EVIL}")),
    ]
    return [*right, *(Pair(hosts, origins, False) for hosts, origins in wrong)]


def _more(server: Server) -> Iterator[Pair]:
    """Every name in every spelling, with every origin that is its own and every one that is not."""
    for own in server.own:
        for host in _written(own):
            yield Pair((host,), (), True)
            for origin in _written(own):
                scheme = "https" if _usual(own) else "http"
                yield Pair((host,), (f"{scheme}://{origin}",), True)
        for origin in _foreign(server, own):
            yield Pair((own,), (origin,), False)
        yield Pair((own, own), (), False)
        yield Pair((own, EVIL), (), False)
        yield Pair((EVIL, own), (), False)
        yield Pair((own,), (f"http://{own}",) * 2, False)
    for host in (*server.others, *_odd(server.port)):
        for origins in ((), (f"http://{host}",), (f"http://{server.own[0]}",), ("null",)):
            yield Pair((host,), origins, False)


def _usual(host: str) -> bool:
    """Whether this host names no port, or that of https."""
    return host.endswith(":443") or (":" not in host)


def _written(host: str) -> Iterator[str]:
    """Every spelling of one host."""
    name, colon, port = host.rpartition(":") if host[-1:].isdigit() and ":" in host else (host, "", "")
    yield host
    yield host.upper()
    if name.startswith("["):
        yield f"[{ip_address(name[1:-1]).exploded}]{colon}{port}"
    else:
        yield f"{name}.{colon}{port}"


def _foreign(server: Server, own: str) -> Iterator[str]:
    """Origins that do not belong to this host, though they try to look like it."""
    port, name = server.port, own.rpartition(":")[0] or own
    yield from (
        f"http://{name}:{port + 1}", f"http://{name}:3000", f"http://{EVIL}", f"http://{EVIL}:{port}",
        f"http://{own}@{EVIL}", f"http://{EVIL}@{own}", f"http://user:{own}@{own}", f"http://{own}.{EVIL}",
        f"http://{EVIL}/{own}", f"http://{EVIL}#{own}", f"http://{EVIL}?{own}", f"http://{own}#",
        f"http://{own}/x", f"http:/{own}", f"//{own}", own, f"ws://{own}", f"file://{own}", f"data://{own}",
        f"javascript://{own}", f"http://{own},http://{EVIL}", f"http://{EVIL} http://{own}",
        f"http://{own} http://{EVIL}", "http://", "null", "*", "about:blank", "file://", f"http://%6c{own}",
        f"http://{own}%00", f"http://{own}\\@{EVIL}", f"http://x{own}", f"http://{own}0",
        f"http://{name}..:{port}", f"chrome-extension://{own}", f"http://{own}:1",
    )  # fmt: skip
    yield from (f"http://{other}" for other in server.own if other.rpartition(":")[0] != name and other != name)


def _odd(port: int) -> Iterator[str]:
    """Hosts that are malformed, or belong to somebody else."""
    yield from (
        "", " ", ".", ":", f":{port}", "localhost:", "localhost:0", "localhost:-1", "localhost:99999",
        "localhost:1e3", f"localhost:0{port}", f"localhost:{port}:{port}", f"localhost:{port}/",
        f"localhost:{port}?x", "localhost:#", f"user@localhost:{port}", f"user:x@localhost:{port}",
        f"localhost:{port}@{EVIL}", f"{EVIL}#@localhost:{port}", f"%6cocalhost:{port}", f"local%00host:{port}",
        f"localhost%20:{port}", f"loc alhost:{port}", f"localhost\\:{port}", f"[::1:{port}", f"::1:{port}",
        f"[::1]{port}", f"[localhost]:{port}", f"[127.0.0.1]:{port}", f"[::1%25lo]:{port}", f"127.1:{port}",
        f"0x7f.0.0.1:{port}", f"0177.0.0.1:{port}", f"2130706433:{port}", f"127.0.0.1.{EVIL}:{port}",
        f"localhost.{EVIL}:{port}", f"xlocalhost:{port}", f"localhost-{EVIL}:{port}",
        f"localhost,{EVIL}:{port}", f"x.localhost:{port}", f"localhost..:{port}", f".localhost:{port}",
        f"http://localhost:{port}", f"*:{port}", f"ｌocalhost:{port}", f"locаlhost:{port}",
        f"{'a' * 5000}.example:{port}", f"xn--lcalhost-d2a:{port}", f"_:{port}",
    )  # fmt: skip


def _comes_in(port: int, door: str, pair: Pair) -> bool:
    """Whether a request got past the host checks."""
    line, headers, proof = DOORS[door]
    named = [f"host: {host}" for host in pair.hosts] + [f"origin: {origin}" for origin in pair.origins]
    cookies = f"cookie: _streamlit_xsrf={XSRF}; room_key={KEY}"
    request = "\r\n".join([line, *named, cookies, headers, "", ""])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.encode())
        answer = b""
        while proof not in answer and (piece := connection.recv(65536)):
            answer += piece
    return proof in answer
