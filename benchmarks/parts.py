"""What do the parts of a page cost the browser on a click? The floor page alone, and with one kind of element added."""

import sys
from statistics import median

from benchmarks.browser import Subject, measure

PARTS = {
    "14 closed menus": "menus 14",
    "14 buttons": "buttons 14",
    "14 short texts": "texts 14",
    "as much as stands above our pages": "frame",
    "a chart of ten bars": "bars",
    "the cells of the heat map, two marks each": "chart",
    "as many elements as the Heat map, with its cells": "heatmap",
    "as many elements as the Overview, with its chart": "overview",
}
"""As many menus as our pages have in navigation and filters."""


def measured(size: str) -> dict[str, float]:
    """Return median milliseconds from a click to the last redraw, the pages in turn; the floor alone first."""
    subjects = [Subject("floor", "floor"), *(Subject(name, "parts", part=part) for name, part in PARTS.items())]
    return {name: median(one.clicks) for name, one in measure(size, subjects).items() if one.clicks}


if __name__ == "__main__":
    for found, spent in measured(sys.argv[1] if sys.argv[1:] else "sample").items():
        print(f"{found}: {spent:.0f} ms")
