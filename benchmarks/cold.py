"""Cold start: from starting the process to the first chart in the browser, ours against an empty app, in turn."""

import sys
import time

from playwright.sync_api import Browser

from benchmarks.browser import CHARTS, WINDOW, chromium
from benchmarks.servers import serving

TURNS = 5
KINDS = (("empty", "/"), ("ours", "/heatmap"), ("ours", "/"))


def measure(size: str, turns: int = TURNS) -> dict[str, list[float]]:
    """Return seconds per turn for the empty app, our heat map and our Overview."""
    found: dict[str, list[float]] = {}
    with chromium() as browser:
        for _ in range(turns):
            for name, path in KINDS:
                found.setdefault(name + path, []).append(_once(browser, name, path, size))
    return found


def _once(browser: Browser, name: str, path: str, size: str) -> float:
    context = browser.new_context(viewport=WINDOW)
    started = time.perf_counter()
    with serving(name, size) as server:
        page = context.new_page()
        page.goto(server.address + path, wait_until="commit")
        page.locator(CHARTS).first.wait_for(timeout=60_000)
        spent = time.perf_counter() - started
    context.close()
    return spent


if __name__ == "__main__":
    for kind, seconds in measure(sys.argv[1] if sys.argv[1:] else "sample").items():
        print(kind, [round(one, 2) for one in seconds])
