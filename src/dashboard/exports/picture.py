"""A chart of a page as a picture for a slide or a report, with all that must be known of it written round it.

See docs/decisions/0032-a-chart-as-a-picture.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pyarrow as pa

from dashboard.exports.drawing.drawer import Drawer, as_sent

SHAPES = Path("data/map/countries-110m.json")
"""The shapes of countries, for the chart that is a map."""
WIDTH, EDGE = 1200, 28
"""Pixels of the whole picture, and of its margin."""
SCALE = 2
"""So many pixels of a PNG stand for one: sharp on a slide."""
FONT = "'Source Sans 3', 'Source Sans', 'Source Sans Pro', sans-serif"
NARROW, WIDE = frozenset("fijlrtI.,:;·!'()[]/|"), frozenset("mwMW%–—→")
"""Letters that are not as wide as most."""
SPACE = 4
LINE = 1.35
"""Height of a line in that of its letters."""
AT_ONCE = BoundedSemaphore(2)
"""So many pictures are drawn at once: each takes a process with an engine for JavaScript."""
LONGEST = 20.0
"""Seconds after which a picture is given up, so that its place is free for another."""
MADE_WIDTH = re.compile(r"\bwidth=['\"]([\d.]+)")
MADE_HEIGHT = re.compile(r"\bheight=['\"]([\d.]+)")
DRAWN = "<svg"
"""What a piece begins with that is a mark and no text."""


@dataclass(frozen=True)
class Ink:
    """The colours that are written in, and the ground below."""

    ink: str
    quiet: str
    warning: str
    ground: str


@dataclass(frozen=True)
class Chart:
    """A chart as its page shows it: its specification, its rows and its colours."""

    spec: Mapping[str, Any]
    rows: pa.Table
    colours: Ink


@dataclass(frozen=True)
class Told:
    """What is written round a chart, in plain text."""

    title: str
    """What the page found."""
    subject: str
    """What is drawn."""
    marks: tuple[str, ...]
    """What must not be overlooked: that nothing of it is real, that it is imagined."""
    legend: tuple[str, ...]
    """Texts, and before each that explains a mark the mark itself as SVG."""
    choice: str
    source: str


@dataclass(frozen=True)
class _Style:
    size: int
    colour: str
    weight: int = 400


def picture_svg(chart: Chart, told: Told) -> bytes:
    """The picture as SVG, whose texts can be read, searched and changed. Raises ValueError when it cannot be drawn."""
    with AT_ONCE, Drawer(LONGEST) as drawer:
        return _composed(chart, told, drawer).encode()


def picture_png(chart: Chart, told: Told) -> bytes:
    """The same picture as PNG, twice as large. Raises ValueError when it cannot be drawn."""
    with AT_ONCE, Drawer(LONGEST) as drawer:
        return drawer.png(_composed(chart, told, drawer), SCALE)


PICTURES: Mapping[str, Callable[[Chart, Told], bytes]] = {"png": picture_png, "svg": picture_svg}
"""By the end of a file's name."""


def _composed(chart: Chart, told: Told, drawer: Drawer) -> str:
    """Title above, chart, and below it the legend, the choice and the source, each in as many lines as it needs."""
    drawn = drawer.svg(as_sent(chart.spec, chart.rows, WIDTH - 2 * EDGE, SHAPES))
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
        y = _write(parts, pieces, style, y)
    y += 8
    width, height = _size(drawn)
    parts.append(drawn.replace(DRAWN, f'{DRAWN} x="{EDGE}" y="{y:g}"', 1))
    y += height
    for pieces, style in below:
        y = _write(parts, pieces, style, y)
    whole = max(WIDTH, width + 2 * EDGE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{whole:g}" '
        f'height="{y + EDGE / 2:g}" viewBox="0 0 {whole:g} {y + EDGE / 2:g}" font-family="{FONT}">'
        f'<title>{escape(told.title)}</title><rect width="100%" height="100%" fill="{colours.ground}"/>'
        f"{''.join(parts)}</svg>"
    )


def _write(parts: list[str], pieces: Sequence[str], style: _Style, y: float) -> float:
    """Write pieces from `y` down in lines that do not pass the margin; give where the next begins."""
    lines = list(_lines(pieces, style))
    for line in lines:
        y += style.size * LINE
        for x, piece in line:
            if piece.startswith(DRAWN):
                top = y - _size(piece)[1] + style.size * 0.15
                parts.append(piece.replace(DRAWN, f'{DRAWN} x="{x:g}" y="{top:g}"', 1))
            else:
                parts.append(
                    f'<text x="{x:g}" y="{y:g}" font-size="{style.size}" font-weight="{style.weight}" '
                    f'fill="{style.colour}">{escape(piece)}</text>'
                )
    return y + (6 if lines else 0)


def _lines(pieces: Sequence[str], style: _Style) -> Iterator[list[tuple[float, str]]]:
    """Each line as what stands in it, and where; words that follow each other are one text."""
    line: list[tuple[float, str]] = []
    x = float(EDGE)
    for piece in pieces:
        mark = piece.startswith(DRAWN)
        begins = True
        for word in [piece] if mark else piece.split():
            wide = (
                _size(word)[0] + SPACE
                if mark
                else (_letters(word) + 0.21) * style.size * (1.07 if style.weight > 400 else 1)
            )
            # A mark stands on the line of what it means.
            if line and x + wide + (3 * style.size if mark else 0) > WIDTH - EDGE:
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


def _letters(word: str) -> float:
    """How wide a word is in the height of its letters, on the safe side of what the font makes of it."""
    return sum(0.32 if one in NARROW else 0.84 if one in WIDE else 0.62 if one.isupper() else 0.53 for one in word)


def _size(svg: str) -> tuple[float, float]:
    """Width and height that an SVG says it has."""
    head = svg[: svg.index(">")]
    width, height = MADE_WIDTH.search(head), MADE_HEIGHT.search(head)
    if width is None or height is None:
        raise ValueError("the drawing does not say how large it is")
    return float(width[1]), float(height[1])
