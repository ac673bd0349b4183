"""What is sent to the browser when a filter changes? Bytes over the websocket, and files fetched besides.

The map draws countries from a file of shapes. Included in the chart, they would be sent with every run; referenced by
the chart, they are fetched when it is first drawn and never on a filter change.
"""

import sys
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Page

from benchmarks.browser import OVER, WINDOW, YARDSTICK, chromium, click
from benchmarks.generate import ROOT
from benchmarks.servers import serving

PAGES = {
    "our Heat map": "/heatmap",
    "our Risks, map of settings": "/risks?part=settings",
    "our world map": "/heatmap?show_as=map",
}
SHAPES = ROOT / "data" / "map" / "countries-110m.json"
CLICKS = 8


@dataclass(frozen=True)
class Sent:
    """Median websocket bytes for one filter change, and the files fetched during all changes together."""

    frames: float
    files: int
    opening: float
    """Websocket bytes until the page was complete."""


def measure(size: str) -> dict[str, Sent]:
    """Measure each page in turn: opened once, then one filter after the other changed."""
    found = {}
    with serving("ours", size) as server, chromium() as browser:
        for name, path in PAGES.items():
            page = browser.new_context(viewport=WINDOW).new_page()
            page.add_init_script(YARDSTICK)
            received: list[int] = []
            files: list[str] = []
            _listen(page, received, files)
            page.goto(server.address + path)
            page.locator(".vega-embed svg path").first.wait_for()
            page.wait_for_function(OVER)
            opening, spent = sum(received), []
            files.clear()
            for number in range(CLICKS):
                received.clear()
                click(page, "ours", number)
                spent.append(sum(received))
            found[name] = Sent(median(spent), len(files), opening)
            page.context.close()
    return found


def shapes() -> int:
    """Return the bytes of the shapes, which every run would also send if the chart contained them."""
    return SHAPES.stat().st_size


def _listen(page: Page, received: list[int], files: list[str]) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    # A binary frame arrives as base64: four characters for three bytes.
    session.on(
        "Network.webSocketFrameReceived", lambda event: received.append(len(event["response"]["payloadData"]) * 3 // 4)
    )
    page.on("request", lambda request: files.append(request.url))


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ["sample"]:
        for name, sent in measure(chosen).items():
            print(chosen, name, sent, shapes())
