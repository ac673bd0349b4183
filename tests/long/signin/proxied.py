"""Does sign-in hold behind nginx as it is shipped? Smuggled requests, forged headers, connections, limits."""

import asyncio
import http.client
import random
import re
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

from benchmarks.proxy import NGINX, behind_nginx
from benchmarks.servers import free_port

from dashboard.ui.server.limits import ENVELOPE
from dashboard.ui.versions.imported_files import MOST_BYTES
from tests.long.marked import WHOSE, publish_marked
from tests.long.signin.collector import Collector
from tests.long.signin.signing import cookie, signing_in
from tests.long.trial import Found

TITLE = "sign-in behind nginx"
INSIDE = "GET /api/heatmap.csv HTTP/1.1|HOST|dashboard-person: PERSON||"
PERSON = '{"subject": "x/admin", "name": "Admin", "roles": ["admin"]}'
FORGED = (
    {"dashboard-person": PERSON}, {"Dashboard-Person": PERSON}, {"dashboard_person": PERSON}, {"X-User": "admin"},
    {"X-Forwarded-User": "admin"}, {"X-Forwarded-For": "127.0.0.1"}, {"X-Forwarded-Host": "localhost"},
    {"X-Real-IP": "127.0.0.1"},
    {"X-Original-URL": "/_stcore/health"}, {"X-Rewrite-URL": "/_stcore/health"}, {"X-Forwarded-Prefix": "/signin"},
    {"X-HTTP-Method-Override": "GET"}, {"Forwarded": "for=127.0.0.1"}, {"Connection": "close, dashboard-person"},
    {"X-Forwarded-Proto": "https"}, {"Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings"},
)  # fmt: skip
PATHS = ("/", "/heatmap", "/api/heatmap.csv", "/media/a.csv", "/_stcore/stream", "/_stcore/host-config")
LENGTH, PARTS = "Content-Length: LENGTH", "Transfer-Encoding: chunked"
END = "\r\n\r\n0\r\n\r\n"
SMUGGLED = {
    "length and parts": f"POST / HTTP/1.1|HOST|{LENGTH}|{PARTS}{END}",
    "parts and length": f"POST / HTTP/1.1|HOST|{PARTS}|Content-Length: 4{END}",
    "a blank before the colon": f"POST / HTTP/1.1|HOST|Transfer-Encoding : chunked|{LENGTH}{END}",
    "an odd name of parts": f"POST / HTTP/1.1|HOST|Transfer-Encoding: xchunked|{LENGTH}{END}",
    "two encodings": f"POST / HTTP/1.1|HOST|{PARTS}|Transfer-Encoding: x{END}",
    "two lengths": f"POST / HTTP/1.1|HOST|Content-Length: 0|{LENGTH}||",
    "a length with a sign": "POST / HTTP/1.1|HOST|Content-Length: +0||",
    "a folded line": f"POST / HTTP/1.1|HOST|A: b| {PARTS}|{LENGTH}||",
    "bare ends of lines": "POST / HTTP/1.1\nHOST\nContent-Length: 0\n\n",
    "a carriage return alone": "POST / HTTP/1.1|HOST|A: b\rdashboard-person: PERSON|Content-Length: 0||",
    "a zero": "POST / HTTP/1.1|HOST|A: \x00|Content-Length: 0||",
    "another host in the line": "GET http://127.0.0.1/api/heatmap.csv HTTP/1.1|HOST||",
    "two hosts": "GET /api/heatmap.csv HTTP/1.1|HOST|Host: 127.0.0.1||",
    "an end of a line in the address": "GET /%0d%0aHost:%20x HTTP/1.1|HOST||",
    "an upgrade that is none": "GET /_stcore/stream HTTP/1.1|HOST|Connection: Upgrade|Upgrade: websocket|"
    "Sec-WebSocket-Version: 99|Sec-WebSocket-Key: eA==||",
    "an older version": "GET /api/heatmap.csv HTTP/0.9||",
    "none": "GET /api/heatmap.csv||",
}
"""What comes before the hidden request; a bar ends a line."""
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
FINE = {"200", "206"}


def trial(long: bool, folder: Path) -> Found:
    if NGINX is None:
        return Found((("nginx", "is not installed"),))
    store, _ = publish_marked(folder)
    port = free_port()
    address = f"127.0.0.1:{port}"
    with ExitStack() as stack:
        (own,) = stack.enter_context(signing_in(folder, store, 1, address))
        stack.enter_context(behind_nginx([int(own.partition(":")[2])], folder / "nginx", port))
        parts = (_forged(address), _smuggled(address), asyncio.run(_connected(address)), _limited(address))
    return Found(tuple(one for found, _ in parts for one in found), tuple(one for _, wrong in parts for one in wrong))


Part = tuple[list[tuple[str, str]], list[str]]


def _asked(
    address: str, path: str, headers: dict[str, str], method: str = "GET", source: str = ""
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(address, timeout=60, source_address=(source, 0) if source else None)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def _forged(address: str) -> Part:
    """Headers that name somebody, or pretend to come from elsewhere."""
    wrong, tries = [], 0
    for headers in FORGED:
        for path in PATHS:
            for method in ("GET", "POST", "HEAD"):
                tries += 1
                status, content = _asked(address, path, headers, method)
                if status < 400 or WHOSE.search(content):
                    wrong.append(f"{method} {path} with {headers} is answered with {status}")
    return [("Requests with forged headers, without a session", f"{tries}")], wrong


def _smuggled(address: str) -> Part:
    """A second request hidden in the first one, with nobody's session, or behind that of somebody without a role."""
    wrong, answers = [], 0
    for name, text in SMUGGLED.items():
        for held in ("", f"|Cookie: {cookie('nobody', '', address)}"):
            whole = (text.replace("HOST", f"HOST{held}", 1) + INSIDE).replace("LENGTH", f"{len(INSIDE) + 200}")
            whole = whole.replace("HOST", f"Host: {address}").replace("PERSON", PERSON).replace("|", "\r\n")
            got = _sent(address, whole.encode())
            statuses = [one.decode() for one in STATUS.findall(got)]
            answers += len(statuses)
            if WHOSE.search(got) or (not held and FINE & set(statuses)):
                wrong.append(f"{name}: {statuses}")
    return [("Ways to hide one request in another", f"{2 * len(SMUGGLED)}, answered {answers} times")], wrong


def _sent(address: str, content: bytes) -> bytes:
    """Send bytes, say that nothing more comes, and read what does."""
    host, _, port = address.partition(":")
    got = b""
    with socket.create_connection((host, int(port)), timeout=15) as one, suppress(ConnectionError, TimeoutError):
        one.sendall(content)
        one.shutdown(socket.SHUT_WR)
        while more := one.recv(65536):
            got += more
    return got


async def _connected(address: str) -> Part:
    """Somebody who signed in opens pages through nginx; whoever did not has no connection."""
    wrong, pages = [], 0
    one = Collector(address, {"Cookie": cookie("ama", "admin", address)}, lambda: None, random.Random(1))
    await one.enter()
    for page in ("heatmap", "plan", "country"):
        await one.open(page)
        pages += 1
        for made in one.made_on_request[:1]:
            file = await one.asks_for(made)
            status, content = await asyncio.to_thread(_asked, address, file, dict(one.headers))
            if status != 200 or not content:
                wrong.append(f"{page}: its file is answered with {status}")
    await one.leave()
    wrong += one.wrong + ([] if one.n_named else ["Nobody was shown an operation."])
    for headers in ({}, {"dashboard-person": PERSON}, {"Cookie": "_streamlit_user=forged"}):
        nobody = Collector(address, headers, lambda: frozenset(), random.Random(2))
        try:
            await nobody.enter()
            await asyncio.wait_for(nobody.open("heatmap"), 30)
            wrong.append(f"A connection with {headers} shows a page.")
        except Exception as error:  # noqa: BLE001 - however it is refused
            if "4401" not in str(error):
                wrong.append(f"A connection with {headers} ends with {error}")
        wrong += nobody.wrong
    return [("Pages opened through nginx after sign-in", f"{pages}"), ("Connections of nobody", "3")], wrong


def _limited(address: str) -> Part:
    """The size of an upload, and steps of sign-in: each address has its own share, whatever it claims to be."""
    wrong = []
    large = {"Content-Length": str(MOST_BYTES + ENVELOPE + 1), "Host": address}
    head = "PUT /_stcore/upload_file/a/b HTTP/1.1\r\n" + "".join(f"{name}: {said}\r\n" for name, said in large.items())
    if STATUS.findall(_sent(address, f"{head}\r\n".encode())) != [b"413"]:
        wrong.append("an upload that is too large is not refused by its length")
    claims = [{"X-Forwarded-For": f"10.0.0.{number}"} for number in range(100)]
    first = [_asked(address, "/oauth2callback", headers, source="127.0.0.2")[0] for headers in claims]
    other = _asked(address, "/oauth2callback", {}, source="127.0.0.3")[0]
    if first.count(429) < 10:
        wrong.append(f"{len(first)} steps of one address under many names: {first.count(429)} were refused")
    if other == 429:
        wrong.append("another address is refused too")
    return [
        ("Steps of sign-in of one address under 100 names", f"{first.count(429)} refused; another address: {other}")
    ], wrong
