"""Over a slow link, with and without compression: how long until the first chart, and until a click is drawn?

The link is a relay between browser and server that limits bytes per second and delays each by half a round trip.
Chromium's own throttling does not apply to websockets.
"""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from benchmarks.browser import CHARTS, OVER, WINDOW, YARDSTICK, chromium, click
from benchmarks.servers import free_port, serving
from dashboard.store.locking import PUBLIC_NAMES

BYTES_A_SECOND = 1_500_000 / 8
ROUND_TRIP = 0.15
PIECE = 4096
CLICKS = 6
FIRST_MS = 300_000
WAYS = {"nothing": (False, False), "files": (True, False), "files and connection": (True, True)}
"""What is compressed: files in transit, and websocket messages."""


@dataclass(frozen=True)
class Slow:
    """Seconds until the first chart of the heat map is drawn with an empty cache, and for a click (median)."""

    first: float
    click: float


class _Link:
    """One direction of the link, whose bandwidth is shared by everything that passes."""

    def __init__(self) -> None:
        self.free_at = 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while piece := await reader.read(PIECE):
                self.free_at = max(self.free_at, loop.time()) + len(piece) / BYTES_A_SECOND
                await asyncio.sleep(self.free_at - loop.time())
                loop.call_later(ROUND_TRIP / 2, writer.write, piece)
            await asyncio.sleep(ROUND_TRIP)
            writer.close()


@contextmanager
def slow_link(address: str, port: int) -> Iterator[str]:
    """Yield the address of a relay at `port` to a server, which must accept that name as its own."""
    target = urlsplit(address)
    loop = asyncio.new_event_loop()
    down, up = _Link(), _Link()

    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind, before = await asyncio.open_connection(target.hostname, target.port)
        await asyncio.gather(up.carry(reader, before), down.carry(behind, writer))

    server = loop.run_until_complete(asyncio.start_server(joined, "127.0.0.1", port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def measure(size: str) -> dict[str, Slow]:
    """Measure the heat map over the link, opened with an empty cache, then one filter after the other."""
    found = {}
    for name, (files, connection) in WAYS.items():
        port = free_port()
        environment = {
            PUBLIC_NAMES: f"127.0.0.1:{port}",
            "STREAMLIT_SERVER_ENABLE_WEBSOCKET_COMPRESSION": str(connection).lower(),
        }
        with (
            serving("ours", size, environment) as server,
            slow_link(server.address, port) as address,
            chromium() as browser,
        ):
            plain = None if files else {"Accept-Encoding": "identity"}
            page = browser.new_context(viewport=WINDOW, extra_http_headers=plain).new_page()
            page.set_default_timeout(FIRST_MS)
            page.add_init_script(YARDSTICK)
            page.goto(f"{address}/heatmap", timeout=FIRST_MS)
            page.locator(CHARTS).first.wait_for()
            first = page.evaluate("performance.now()") / 1000
            page.wait_for_function(OVER)
            spent = [click(page, "ours", number) for number in range(CLICKS)]
            found[name] = Slow(first, median(one for one in spent if one is not None) / 1000)
    return found


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ["sample"]:
        for name, slow in measure(chosen).items():
            print(chosen, name, slow)
