"""What does a chart look like? Its specification and its rows as the browser gets them, drawn to the same SVG anywhere.

Vega measures texts to lay a chart out, so the letters are part of the picture. They are those of `fonts/` alone:
Source Sans 3, which the pages have from Streamlit under the name of Source Sans.
"""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import altair as alt
import pyarrow as pa

from dashboard.charts.look import Spec
from tests.conftest import ROOT

SHAPES = ROOT / "data" / "map" / "countries-110m.json"
ADDRESS = "/media/shapes.json"
"""Where the browser would fetch the shapes."""
FITTED = {"type": "fit", "contains": "padding"}
"""What Streamlit adds to a specification."""
AGAIN = {"resize": True}
"""Vega lays a chart out once; Streamlit's script has it do so again, since a legend follows the width that is left."""
BELOW = 20
"""Pixels that Streamlit's script leaves free below a chart."""
DRAWING = Path(__file__).parent / "drawing.py"
FONTS = Path(__file__).parent / "fonts"
SURROUNDINGS = {"FONTCONFIG_FILE": str(FONTS / "fonts.conf"), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
FRACTION = re.compile(r"-?\d*\.\d+(?:e[-+]?\d+)?|-?\d+e-\d+")
MADE_NAME = re.compile(r"\b(clip|gradient_|pattern_|view_[0-9a-f]{16}_)(\d+)")
"""Names that count on from picture to picture, or are made of the whole specification."""


class Drawer:
    """Draws as long as it is open."""

    def __enter__(self) -> "Drawer":
        self._process = subprocess.Popen(
            [sys.executable, DRAWING, FONTS],
            env=os.environ | SURROUNDINGS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def draw(self, spec: Spec, table: pa.Table, width: int) -> str:
        """The picture of a chart over its rows, so many pixels wide. Raises ValueError when it cannot be drawn."""
        asked, answers = _pipes(self._process)
        asked.write(f"{as_sent(spec, table, width)}\n")
        asked.flush()
        answer = json.loads(answers.readline() or '{"wrong": "the process that draws has ended"}')
        if "wrong" in answer:
            raise ValueError(answer["wrong"])
        return normal(answer["svg"])


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin
    assert process.stdout
    return process.stdin, process.stdout


def as_sent(spec: Spec, table: pa.Table, width: int) -> str:
    """The specification as JSON, as the browser draws it: with Streamlit's additions, the rows, shapes and width."""
    sent = {"$schema": alt.SCHEMA_URL, "autosize": FITTED | AGAIN, **spec}
    sent["padding"] = {"bottom": BELOW, **spec.get("padding", {})}
    sent["config"] = spec["config"] | {"font": spec["config"]["font"].replace("Source Sans,", "'Source Sans 3',")}
    sent["data"] = {"values": [{name: _value(found) for name, found in row.items()} for row in table.to_pylist()]}
    sent["width"] = width
    text = json.dumps(sent).replace("containerSize()[0]", str(width))
    named = text.replace(f'"url": "{ADDRESS}"', '"name": "shapes"')
    return named if named == text else f'{named[:-1]}, "datasets": {{"shapes": {_shapes()}}}}}'


def _value(found: Any) -> Any:
    """A value of a row as JSON: a day as the milliseconds at which it begins."""
    if isinstance(found, date):
        return int(datetime.combine(found, time(), UTC).timestamp() * 1000)
    return found


@cache
def _shapes() -> str:
    return json.dumps(json.loads(SHAPES.read_text("utf-8")))


def normal(svg: str) -> str:
    """The SVG without what changes from run to run and from processor to processor: made names, and last digits."""
    names: dict[str, str] = {}
    numbered = MADE_NAME.sub(lambda found: names.setdefault(found[0], f"{found[1].split('_')[0]}{len(names)}"), svg)
    rounded = re.sub(r"<[^>]*>", lambda tag: FRACTION.sub(_rounded, tag[0]), numbered)
    return rounded.replace("><", ">\n<").replace(">\n</text>", "></text>") + "\n"


def _rounded(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 2) + 0:.2f}".rstrip("0").rstrip(".")
