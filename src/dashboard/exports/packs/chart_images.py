"""Draws charts for documents, without the text that a document itself writes around them, and cuts them to its pages.

Office files are archives, which hold the time of writing; here they are given a fixed one, so that the same pack
becomes the same bytes.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from itertools import pairwise
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from PIL import Image, ImageChops

from dashboard.exports.packs.content import Leaf, Listed, ShownChart
from dashboard.exports.packs.fitting import shortened
from dashboard.exports.picture import AT_ONCE, LONGEST, SCALE, Drawer, composed

WIDTH = 900
"""Pixels: narrower than a picture alone, so that its letters can be read on a slide and on paper."""
NARROWEST, WIDEST = 760, 1180
"""The same on a slide: at the widest, the smallest letters, 12 pixels, are 9 points on a slide of the usual size."""
NARROW = (578, 690, 790)
"""Widths tried on paper: at the first one, the smallest letters are 10 points across a page of A4; at `WIDTH`, 6."""
FULL_WIDTH = ("heatmap_chart",)
"""Charts whose words would touch the edges of their cells if they were narrower."""
SHARP = 1.6
"""PNG pixels per pixel on a slide: as many as a projector has."""
KEPT = 8
"""Pixels of an empty edge that stay."""
MOST_HEADS = 3
"""Heads are repeated if a page would hold so many of them."""
NEAR = 5
"""A cut is made in the last fifth of a piece."""
NAMED = re.compile(r'(\bid="|url\(#|href="#)')
TEXT = re.compile(r">([^<>]+)<")
PLOT = re.compile(
    r'<svg x="[\d.]+" y="(?P<above>[\d.]+)"[^>]*>'
    r'<g [^>]*translate\([\d.]+,(?P<heads>[\d.]+)\)"><g class="mark-group role-frame'
)
"""Where a chart begins in a picture, and where its plot begins in the chart."""


class NotDrawnError(ValueError):
    """A chart that cannot be drawn."""


@dataclass(frozen=True)
class Picture:
    """A chart as SVG and as PNG, with the size of the PNG; `head` is the height of what is above its plot."""

    svg: str
    png: bytes
    width: int
    height: int
    head: int = 0

    def cut(self, ratio: float) -> tuple[bytes, ...]:
        """The PNG in pieces from top to bottom, none higher than `ratio` times its width, cut between its rows.

        What is above the plot is repeated on every piece, if it leaves room for rows.
        """
        most = int(self.width * ratio)
        if self.height <= most:
            return (self.png,)
        head = self.head if self.head * MOST_HEADS < most else 0
        with Image.open(BytesIO(self.png)) as whole:
            # The more a line of pixels varies, the more is drawn on it.
            drawn = np.asarray(whole.convert("L"), float).std(axis=1)
            cuts = [0]
            while (left := self.height - cuts[-1] + (above := head if cuts[-1] else 0)) > most:
                pieces = ceil((left - head) / (most - head))
                lowest = cuts[-1] - above + ceil((left + (pieces - 1) * head) / pieces)
                near = drawn[lowest - most // NEAR : lowest]
                cuts.append(lowest - int(np.argmin(near[::-1])) - 1)
            return tuple(_piece(whole, top, bottom, head) for top, bottom in pairwise([*cuts, self.height]))

    def trimmed(self) -> "Picture":
        """The same without its empty edges."""
        with Image.open(BytesIO(self.png)) as whole:
            drawn = whole.convert("RGB")
            empty = Image.new("RGB", drawn.size, drawn.getpixel((0, 0)))
            box = ImageChops.difference(drawn, empty).getbbox()
            if box is None:
                return self
            left, top = (max(0, one - KEPT) for one in box[:2])
            right, bottom = (min(one + KEPT, edge) for one, edge in zip(box[2:], drawn.size, strict=True))
            png = _saved(whole.crop((left, top, right, bottom)))
            return Picture(self.svg, png, right - left, bottom - top, max(0, self.head - top))

    @property
    def words(self) -> frozenset[str]:
        """Every word that is drawn."""
        return frozenset(" ".join(TEXT.findall(self.svg)).split())

    def inline(self, name: str) -> str:
        """The SVG for a page that holds others, with ids of its own."""
        return NAMED.sub(rf"\g<1>{name}-", self.svg)


Pictures = Mapping[tuple[int, str], Picture]
"""By the place of their view in the pack, and the key of their chart."""


def _piece(whole: Image.Image, top: int, bottom: int, head: int) -> bytes:
    """The lines of a picture from `top` to `bottom`, below its head if they are not its first."""
    if not top or not head:
        return _saved(whole.crop((0, top, whole.width, bottom)))
    piece = Image.new(whole.mode, (whole.width, head + bottom - top))
    piece.paste(whole.crop((0, 0, whole.width, head)))
    piece.paste(whole.crop((0, top, whole.width, bottom)), (0, head))
    return _saved(piece)


def _saved(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def pictures_of(leaves: Sequence[Leaf], progress: Callable[[float], None]) -> Pictures:
    """Draw every chart that has rows. Raises NotDrawnError if that fails. `progress` is told the share drawn."""
    shown = [(place, one) for place, leaf in enumerate(leaves) for one in leaf.charts if one.chart.rows.num_rows]
    drawn: dict[tuple[int, str], Picture] = {}
    with AT_ONCE, Drawer(LONGEST * max(1, len(shown))) as drawer:
        for number, (place, one) in enumerate(shown):
            progress(number / len(shown))
            drawn[place, one.key] = _drawn(one, drawer)
    return drawn


def fitted(leaves: Sequence[Leaf], pictures: Pictures, ratio: float) -> Pictures:
    """Draw the same charts for slides, which say themselves what is drawn. Raises NotDrawnError if one cannot be drawn.

    They fill a box whose height is `ratio` times its width.
    """
    with AT_ONCE, Drawer(LONGEST * max(1, len(pictures))) as drawer:
        return {
            (place, one.key): _drawn(_bare(one), drawer, _width(pictures[place, one.key], ratio), SHARP).trimmed()
            for place, leaf in enumerate(leaves)
            for one in leaf.charts
            if (place, one.key) in pictures
        }


def on_paper(leaves: Sequence[Leaf], pictures: Pictures, ratio: float) -> Pictures:
    """Draw the same charts for paper: as narrow as they can be without a word less, so that their letters are large.

    None becomes higher than `ratio` times its width by that. Raises NotDrawnError if one cannot be drawn.
    """
    with AT_ONCE, Drawer(LONGEST * len(NARROW) * max(1, len(pictures))) as drawer:
        return {
            (place, one.key): _narrow(one, pictures[place, one.key], drawer, ratio)
            for place, leaf in enumerate(leaves)
            for one in leaf.charts
            if (place, one.key) in pictures
        }


def _narrow(one: ShownChart, wide: Picture, drawer: Drawer, ratio: float) -> Picture:
    drawn = (_drawn(one, drawer, width) for width in (() if one.key in FULL_WIDTH else NARROW))
    fit = (one for one in drawn if wide.words <= one.words and one.height <= one.width * ratio)
    return next(fit, wide)


def _bare(one: ShownChart) -> ShownChart:
    """The chart with its legend only, close below it."""
    spec = {**one.chart.spec, "padding": {**one.chart.spec.get("padding", {}), "bottom": 0}}
    return replace(one, chart=replace(one.chart, spec=spec), told=replace(one.told, subject=""))


def _width(picture: Picture, ratio: float) -> int:
    """The width at which a chart of this height fills the box, in pixels."""
    return round(min(WIDEST, max(NARROWEST, picture.height / SCALE / ratio)))


def _drawn(one: ShownChart, drawer: Drawer, width: int = WIDTH, scale: float = SCALE) -> Picture:
    try:
        svg = composed(one.chart, replace(one.told, title="", marks=(), choice="", source=""), drawer, width)
        png = drawer.png(svg, scale)
    except ValueError as error:
        raise NotDrawnError(str(error)) from error
    plot = PLOT.search(svg)
    head = (float(plot["above"]) + float(plot["heads"])) * scale if plot else 0
    with Image.open(BytesIO(png)) as opened:
        return Picture(svg, png, *opened.size, round(head))


@dataclass(frozen=True)
class Block:
    """A picture with what it shows, or a table, below its own finding.

    `rows` are those of the picture, `key` names its chart.
    """

    subject: str
    finding: str = ""
    points: tuple[str, ...] = ()
    png: bytes = b""
    table: Listed | None = None
    rows: Listed | None = None
    key: str = ""


def blocks_of(place: int, leaf: Leaf, pictures: Pictures, ratio: float) -> Iterator[Block]:
    """Yield what the view at this place of a pack shows; no picture is higher than `ratio` times its width."""
    for one in leaf.charts:
        picture = pictures.get((place, one.key))
        if picture:
            own = Block(one.told.subject, one.told.title, one.points, rows=one.table, key=one.key)
            yield from (replace(own, png=png) for png in picture.cut(ratio))
        elif one.table and one.table.rows:
            yield Block(one.told.subject, one.told.title, one.points, table=one.table, key=one.key)
    for table in leaf.tables:
        yield Block(table.title, table.finding or leaf.finding, table.points, table=table)


LONGEST_PROPERTY = 255
"""The most characters of a property of an Office document."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can hold."""


def without_times(archive: bytes) -> bytes:
    """Return the archive with the same parts in the same order, all of one fixed time."""
    stream = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(stream, "w", ZIP_DEFLATED) as fixed:
        for name in given.namelist():
            part = ZipInfo(name, EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            fixed.writestr(part, given.read(name))
    return stream.getvalue()


def describe(properties: Any, title: str, made_on: date) -> None:
    """Set the properties of an Office document: its title and day, and nobody's name."""
    moment = datetime.combine(made_on, time())
    properties.title = shortened(title, LONGEST_PROPERTY)
    properties.created = properties.modified = moment
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.subject = properties.category = ""
    properties.revision = 1
