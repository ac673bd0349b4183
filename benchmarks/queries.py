"""Where the server time of a run goes - queries, charts, the rest - while one session makes choices without a browser.

Every choice is a new one, so that nothing is answered from what the process remembers of earlier ones.
"""

import asyncio
import json
import random
import sys
from dataclasses import dataclass
from math import inf
from statistics import median

from benchmarks.generate import SEED
from benchmarks.servers import serving
from benchmarks.sessions import Session

PAGES = {"Overview": "", "Heat map": "heatmap", "Risks": "risks", "By right": "rights", "Crosswalk": "crosswalk"}
RUNS = 22
WARM_UP = 2


@dataclass(frozen=True)
class Parts:
    """The median milliseconds of a run spent in queries, in charts, and in all."""

    queries: float
    charts: float
    total: float


class Wanderer(Session):
    """One visitor who chooses another round, then one more risk area, in turn."""

    def choose(self) -> None:
        """A choice that was not made before."""
        name = "round" if len(self.spent) % 2 else "risk_area"
        widget = next(widget for widget in self.options if widget.endswith(f"-{name}"))
        step = len(self.spent) // 2 + 1
        options = self.options[widget]
        self.values[widget] = options[step % len(options)] if name == "round" else options[:step]


def measure(size: str) -> dict[str, Parts]:
    """The parts of a run of each page."""
    found = {}
    with serving("ours", size) as server:
        for title, page in PAGES.items():
            server.timing.unlink(missing_ok=True)
            ready = asyncio.Event()
            ready.set()
            visitor = Wanderer(server.address, random.Random(SEED), page)
            try:
                asyncio.run(visitor.click(RUNS, ready, [0.0]))
            except TimeoutError:
                found[title] = Parts(inf, inf, inf)
                continue
            lines = [json.loads(line) for line in server.timing.read_text("utf-8").splitlines()][1 + WARM_UP :]
            parts = (median(line.get(part, 0.0) for line in lines) for part in ("queries", "charts", "total"))
            found[title] = Parts(*parts)
    return found


if __name__ == "__main__":
    for size in sys.argv[1:] or ["sample"]:
        for page, parts in measure(size).items():
            print(size, page, parts)
