"""What does a chart look like? Its picture as the product draws it, without what changes between runs."""

import re

import pyarrow as pa

from dashboard.charts.look import Spec
from dashboard.exports import picture as drawer
from tests.conftest import ROOT

SHAPES = ROOT / "data" / "map" / "countries-110m.json"
ADDRESS = "/media/shapes.json"
"""The address at which the browser would fetch the shapes."""
FRACTION = re.compile(r"-?\d*\.\d+(?:e[-+]?\d+)?|-?\d+e-\d+")
MADE_NAME = re.compile(r"\b(clip|gradient_|pattern_|view_[0-9a-f]{16}_)(\d+)")
"""Names that count on from picture to picture, or depend on the whole specification."""


class Drawer(drawer.Drawer):
    """Draws while it is open."""

    def draw(self, spec: Spec, table: pa.Table, width: int) -> str:
        """Return a chart's picture with these rows, `width` pixels wide. Raises ValueError if it cannot be drawn."""
        return normal(self.svg(drawer.as_sent(spec, table, width, SHAPES)))


def normal(svg: str) -> str:
    """Return the SVG without what changes between runs and processors: generated names, and last digits."""
    names: dict[str, str] = {}
    numbered = MADE_NAME.sub(lambda found: names.setdefault(found[0], f"{found[1].split('_')[0]}{len(names)}"), svg)
    rounded = re.sub(r"<[^>]*>", lambda tag: FRACTION.sub(_rounded, tag[0]), numbered)
    return rounded.replace("><", ">\n<").replace(">\n</text>", "></text>") + "\n"


def _rounded(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 2) + 0:.2f}".rstrip("0").rstrip(".")
