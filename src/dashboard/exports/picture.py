"""Draws a chart as a picture for a slide or a report, with everything a reader needs to know around it.

The specification and rows sent to the browser are drawn to the same SVG anywhere. Vega measures text to lay out a
chart, so the typeface is part of the picture. Only those in `fonts/` are used: Source Sans 3, which Streamlit provides
to the pages as Source Sans. See docs/decisions/0024-files-out.md.
"""

import base64
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import BoundedSemaphore
from types import TracebackType
from typing import IO, Any, Self

import pyarrow as pa
from markupsafe import Markup

from dashboard.exports.writable import given_writable
from dashboard.model.deployment import MAP_FOLDER

FITTED = {"type": "fit", "contains": "padding"}
"""What Streamlit adds to a specification."""
AGAIN = {"resize": True}
"""Vega lays out a chart once; Streamlit's script makes it repeat that, as a legend depends on the width left."""
BELOW = 20
"""Pixels that Streamlit's script leaves free below a chart."""
DRAWING = Path(__file__).with_name("drawing_process.py")
FONTS = Path(__file__).parent / "fonts"
SURROUNDINGS = {"FONTCONFIG_FILE": str(FONTS / "fonts.conf"), "TZ": "UTC", "LC_ALL": "C.UTF-8"}


class Drawer:
    """Draws while it is open, up to a number of seconds. Raises ValueError for anything that cannot be drawn."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, DRAWING, FONTS],
            env=os.environ | SURROUNDINGS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        if self._seconds is not None:
            self._end = threading.Timer(self._seconds, self._process.kill)
            self._end.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
        if self._seconds is not None:
            self._end.cancel()

    def svg(self, spec: Mapping[str, Any]) -> str:
        """Return the SVG of a complete specification, including rows."""
        return self._asked(spec=spec)

    def png(self, svg: str, scale: float) -> bytes:
        """Return the SVG as PNG, enlarged `scale` times."""
        return base64.b64decode(self._asked(svg=svg, scale=scale))

    def script(self) -> str:
        """Return the script that draws specifications in a browser, without fetching anything."""
        return self._asked(script=True)

    def _asked(self, **task: object) -> str:
        asks, answers = _pipes(self._process)
        with suppress(BrokenPipeError):  # Then there is no answer either.
            asks.write(f"{json.dumps(task)}\n")
            asks.flush()
        answer: dict[str, str] = json.loads(answers.readline() or '{"wrong": "the process that draws has ended"}')
        if "wrong" in answer:
            raise ValueError(answer["wrong"])
        return answer["drawn"]


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process that draws was not begun")
    return process.stdin, process.stdout


def as_sent(spec: Mapping[str, Any], table: pa.Table, width: int, shapes: Path) -> dict[str, Any]:
    """Return the specification as the browser draws it: with Streamlit's additions, the rows and the width.

    The only thing it would fetch, the country shapes in a TopoJSON file, is embedded.
    """
    sent = {"autosize": FITTED | AGAIN, **spec}
    sent["padding"] = {"bottom": BELOW, **spec.get("padding", {})}
    sent["config"] = spec["config"] | {"font": spec["config"]["font"].replace("Source Sans,", "'Source Sans 3',")}
    sent["data"] = {"values": [{name: _value(found) for name, found in row.items()} for row in table.to_pylist()]}
    sent["width"] = width
    settled: dict[str, Any] = _settled(sent, width)
    if '"url":' in json.dumps(spec):
        settled["datasets"] = {"shapes": json.loads(shapes.read_text("utf-8"))}
    return settled


def _settled(part: Any, width: int) -> Any:
    """Return part of a specification with its width, and with shapes by name instead of by address."""
    if isinstance(part, str):
        return part.replace("containerSize()[0]", str(width))
    if isinstance(part, list):
        return [_settled(one, width) for one in part]
    if isinstance(part, dict):
        named = {"name" if name == "url" else name: "shapes" if name == "url" else one for name, one in part.items()}
        return {name: _settled(one, width) for name, one in named.items()}
    return part


def _value(found: Any) -> Any:
    """Return a value of a row as JSON: a date as the milliseconds at which it starts."""
    if isinstance(found, date):
        return int(datetime.combine(found, time(), UTC).timestamp() * 1000)
    return found


SHAPES = MAP_FOLDER / "countries-110m.json"
"""The country shapes, for the chart that is a map."""
WIDTH, EDGE = 1200, 28
"""Width of the whole picture, and of its margin, in pixels."""
SCALE = 2
"""PNG pixels per pixel: sharp on a slide."""
FONT = "'Source Sans 3', 'Source Sans', 'Source Sans Pro', sans-serif"
NARROW, WIDE = frozenset("fijlrtI.,:;·!'()[]/|"), frozenset("mwMW%–—→")
"""Characters narrower and wider than most."""
SPACE = 4
LINE = 1.35
"""Line height as a multiple of the font size."""
AT_ONCE = BoundedSemaphore(2)
"""Pictures drawn at once: each needs a process with a JavaScript engine."""
LONGEST = 20.0
"""Seconds after which a picture is abandoned, so that its place is free for another."""
MADE_WIDTH = re.compile(r"\bwidth=['\"]([\d.]+)")
MADE_HEIGHT = re.compile(r"\bheight=['\"]([\d.]+)")
TEXT = Markup(
    '<text x="{x:g}" y="{y:g}" font-size="{style.size}" font-weight="{style.weight}" fill="{style.colour}">{}</text>'
)
DRAWN = "<svg"
"""The start of a piece that is a mark rather than text."""


@dataclass(frozen=True)
class Ink:
    """The text colours and the background."""

    ink: str
    quiet: str
    warning: str
    ground: str


@dataclass(frozen=True)
class Chart:
    """A chart as its page shows it: specification, rows and colours."""

    spec: Mapping[str, Any]
    rows: pa.Table
    colours: Ink


@dataclass(frozen=True)
class ChartTexts:
    """The text around a chart, in plain text."""

    title: str
    """The page's finding."""
    subject: str
    """What is drawn."""
    marks: tuple[str, ...]
    """What must not be overlooked: that the data is illustrative, or from a scenario."""
    legend: tuple[str, ...]
    """Texts, and before each that explains a mark, the mark as SVG."""
    choice: str
    source: str


@dataclass(frozen=True)
class _Style:
    size: int
    colour: str
    weight: int = 400


def picture_svg(chart: Chart, told: ChartTexts) -> bytes:
    """Return the picture as SVG with real text. Raises ValueError if it cannot be drawn."""
    with AT_ONCE, Drawer(LONGEST) as drawer:
        return composed(chart, told, drawer).encode()


def picture_png(chart: Chart, told: ChartTexts) -> bytes:
    """Return the same picture as PNG, twice as large. Raises ValueError if it cannot be drawn."""
    with AT_ONCE, Drawer(LONGEST) as drawer:
        return drawer.png(composed(chart, told, drawer), SCALE)


PICTURES: Mapping[str, Callable[[Chart, ChartTexts], bytes]] = {"png": picture_png, "svg": picture_svg}
"""By file extension."""


@given_writable
def composed(chart: Chart, told: ChartTexts, drawer: Drawer, across: int = WIDTH) -> str:
    """Lay out title, chart, legend, filters and source from top to bottom, each in as many lines as it needs."""
    drawn = drawer.svg(as_sent(chart.spec, chart.rows, across - 2 * EDGE, SHAPES))
    colours, y = chart.colours, float(EDGE)
    parts: list[str] = []
    above: list[tuple[tuple[str, ...], _Style]] = [
        ((told.title,), _Style(24, colours.ink, 700)),
        ((told.subject,), _Style(15, colours.quiet)),
        *(((mark,), _Style(14, colours.warning, 700)) for mark in told.marks),
    ]
    below: list[tuple[tuple[str, ...], _Style]] = [
        (told.legend, _Style(14, colours.ink)),
        ((told.choice,), _Style(13, colours.quiet)),
        ((told.source,), _Style(13, colours.quiet)),
    ]
    for pieces, style in above:
        y = _write(parts, pieces, style, y, across)
    y += 8
    width, height = _size(drawn)
    parts.append(drawn.replace(DRAWN, f'{DRAWN} x="{EDGE}" y="{y:g}"', 1))
    y += height
    for pieces, style in below:
        y = _write(parts, pieces, style, y, across)
    whole, title = max(across, width + 2 * EDGE), Markup("<title>{}</title>").format(told.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{whole:g}" '
        f'height="{y + EDGE / 2:g}" viewBox="0 0 {whole:g} {y + EDGE / 2:g}" font-family="{FONT}">'
        f'{title}<rect width="100%" height="100%" fill="{colours.ground}"/>'
        f"{''.join(parts)}</svg>"
    )


def _write(parts: list[str], pieces: Sequence[str], style: _Style, y: float, across: int) -> float:
    """Write pieces from `y` down in lines within the margins; return where the next ones start."""
    lines = list(_lines(pieces, style, across))
    for line in lines:
        y += style.size * LINE
        for x, piece in line:
            if piece.startswith(DRAWN):
                top = y - _size(piece)[1] + style.size * 0.15
                parts.append(piece.replace(DRAWN, f'{DRAWN} x="{x:g}" y="{top:g}"', 1))
            else:
                parts.append(TEXT.format(piece, x=x, y=y, style=style))
    return y + (6 if lines else 0)


def _lines(pieces: Sequence[str], style: _Style, across: int) -> Iterator[list[tuple[float, str]]]:
    """Yield the pieces of each line with their positions; consecutive words form one text."""
    line: list[tuple[float, str]] = []
    x = float(EDGE)
    for piece in pieces:
        mark = piece.startswith(DRAWN)
        begins = True
        for word in [piece] if mark else piece.split():
            wide = (
                _size(word)[0] + SPACE
                if mark
                else (letters(word) + 0.21) * style.size * (1.07 if style.weight > 400 else 1)
            )
            # A mark stays on the same line as its meaning.
            if line and x + wide + (3 * style.size if mark else 0) > across - EDGE:
                yield line
                line, x, begins = [], float(EDGE), True
            if mark or begins:
                line.append((x, word))
            else:
                at, text = line[-1]
                line[-1] = (at, f"{text} {word}")
            begins, x = False, x + wide
        x += 0 if mark else 2 * SPACE
    if line:
        yield line


def letters(word: str) -> float:
    """Return an upper estimate of a word's width, as a multiple of the font size."""
    return sum(0.32 if one in NARROW else 0.84 if one in WIDE else 0.62 if one.isupper() else 0.53 for one in word)


def _size(svg: str) -> tuple[float, float]:
    """Return the width and height that an SVG declares."""
    head = svg[: svg.index(">")]
    width, height = MADE_WIDTH.search(head), MADE_HEIGHT.search(head)
    if width is None or height is None:
        raise ValueError("the drawing does not say how large it is")
    return float(width[1]), float(height[1])
