"""What does a chart look like in a document? A picture without the text that the document itself writes around it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from math import ceil

import numpy as np
from PIL import Image

from dashboard.exports.drawing.drawer import Drawer
from dashboard.exports.packs.leaf import Leaf, Shown
from dashboard.exports.picture import AT_ONCE, LONGEST, SCALE, composed

WIDTH = 900
"""Pixels: narrower than a picture alone, so that its letters can be read on a slide and on paper."""
NEAR = 5
"""A cut is made in the last fifth of a piece."""
NAMED = re.compile(r'(\bid="|url\(#|href="#)')


@dataclass(frozen=True)
class Picture:
    """A chart as SVG and as PNG, with the size of the PNG."""

    svg: str
    png: bytes
    width: int
    height: int

    def cut(self, ratio: float) -> tuple[bytes, ...]:
        """The PNG in pieces from top to bottom, none higher than `ratio` times its width, cut between its rows."""
        most = int(self.width * ratio)
        if self.height <= most:
            return (self.png,)
        with Image.open(BytesIO(self.png)) as whole:
            # The more a line of pixels varies, the more is drawn on it.
            drawn = np.asarray(whole.convert("L"), float).std(axis=1)
            cuts = [0]
            while (left := self.height - cuts[-1]) > most:
                lowest = cuts[-1] + ceil(left / ceil(left / most))
                near = drawn[lowest - most // NEAR : lowest]
                cuts.append(lowest - int(np.argmin(near[::-1])) - 1)
            return tuple(_piece(whole, top, bottom) for top, bottom in pairwise([*cuts, self.height]))

    def inline(self, name: str) -> str:
        """The SVG for a page that holds others, with ids of its own."""
        return NAMED.sub(rf"\g<1>{name}-", self.svg)


Pictures = Mapping[tuple[int, str], Picture]
"""By the place of their view in the pack, and the key of their chart."""


def _piece(whole: Image.Image, top: int, bottom: int) -> bytes:
    stream = BytesIO()
    whole.crop((0, top, whole.width, bottom)).save(stream, "PNG")
    return stream.getvalue()


def pictures_of(leaves: Sequence[Leaf], progress: Callable[[float], None]) -> Pictures:
    """Draw every chart that has rows. Raises ValueError if one cannot be drawn. `progress` is told the share drawn."""
    shown = [(place, one) for place, leaf in enumerate(leaves) for one in leaf.charts if one.chart.rows.num_rows]
    drawn: dict[tuple[int, str], Picture] = {}
    with AT_ONCE, Drawer(LONGEST * max(1, len(shown))) as drawer:
        for number, (place, one) in enumerate(shown):
            progress(number / len(shown))
            drawn[place, one.key] = _drawn(one, drawer)
    return drawn


def _drawn(one: Shown, drawer: Drawer) -> Picture:
    svg = composed(one.chart, replace(one.told, title="", marks=(), choice="", source=""), drawer, WIDTH)
    png = drawer.png(svg, SCALE)
    with Image.open(BytesIO(png)) as opened:
        return Picture(svg, png, *opened.size)
