"""Writes a pack as slides, in the layout of a template: real text, pictures of charts, and native tables.

Places are in inches. The notes of a slide hold the rows of its chart. See docs/decisions/0024-files-out.md.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.exports.packs.chart_images import Block, Pictures, blocks_of, describe, fitted, without_times
from dashboard.exports.packs.fitting import (
    BETWEEN_ROWS,
    BOLD,
    INSIDE,
    THEIRS,
    UNKNOWN,
    Leaf,
    Listed,
    Pack,
    TableGrid,
    grid_of,
    height_of,
    said,
    size_for,
)
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

WIDE, HIGH = Inches(13.333), Inches(7.5)
"""The size of slides without a template of one's own."""
MARGIN, TOP, BODY, FOOT = 0.5, 0.25, 1.72, 0.45
"""In inches: the margin, where a title begins, where the body begins, and how high the footer is."""
TITLE_HIGH = 0.85
TITLE_SIZES = (24, 22, 20, 18, 16, 14, 12, 10)
SMALL, TINY = 12, 10
QUIET, WARNING = RGBColor.from_string("556068"), RGBColor.from_string("A13B22")
HEAD, BAND, INK, WHITE = (RGBColor.from_string(colour) for colour in ("1F6F78", "F1F4F5", "24323A", "FFFFFF"))
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of a table without any colours or lines of its own."""
TYPEFACE, EVERYWHERE = b'typeface="Calibri"', b'typeface="Arial"'
"""Without a template: Arial, or what has its widths, is on every machine."""
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


Place = tuple[float, float, float, float]
"""Left, top, width and height."""


class Deck:
    """Slides of one size, in the layout of a template."""

    def __init__(self, template: bytes | None) -> None:
        self.file = Presentation(BytesIO(template) if template else None)
        self.wider = UNKNOWN if template else THEIRS
        if template:
            _empty(self.file)
        else:
            self.file.slide_width, self.file.slide_height = WIDE, HIGH
            _everywhere(self.file)
        self.width, self.height = self.file.slide_width / Inches(1), self.file.slide_height / Inches(1)
        self.across = self.width - 2 * MARGIN
        self.high = self.height - BODY - FOOT
        self.layout = sorted(self.file.slide_layouts, key=_fitness)[0]

    def add(self, title: str) -> Any:
        """Add a slide with this title."""
        slide = self.file.slides.add_slide(self.layout)
        for placeholder in list(slide.placeholders):
            if placeholder.placeholder_format.idx:
                placeholder._element.getparent().remove(placeholder._element)
        box = slide.shapes.title
        if box is None:
            box = slide.shapes.add_textbox(0, 0, 0, 0)
        box.left, box.top, box.width, box.height = (Inches(n) for n in (MARGIN, TOP, self.across, TITLE_HIGH))
        size = self.size(title, self.across / BOLD, TITLE_HIGH, TITLE_SIZES)
        _fill(box, [title], size, bold=True)
        box.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        return slide

    def size(self, text: str, width: float, height: float, sizes: Sequence[float]) -> float:
        """The largest of the sizes at which a text fits into a box in inches."""
        return size_for(text, width / self.wider, height, sizes)

    def below_title(self, slide: Any, line: str, subject: str) -> None:
        """Say below the title what a slide rests on, and what it shows."""
        top = TOP + TITLE_HIGH + 0.02
        for text, sizes in ((line, (SMALL, 11, 10, 9, 8)), (subject, (14, 13, SMALL, 11, 10))):
            size = self.size(text, self.across - 0.1, 0.3, sizes)
            self.text(slide, (MARGIN, top, self.across, 0.28), [text], size, colour=QUIET)
            top += 0.27

    def text(self, slide: Any, place: Place, lines: Sequence[str], size: float, **how: Any) -> None:
        """Write lines into a box."""
        box = slide.shapes.add_textbox(*(Inches(n) for n in place))
        _fill(box, [line for line in lines if line], size, **how)

    def table(self, slide: Any, grid: TableGrid, top: float) -> None:
        """Write a grid as a native table."""
        heights = list(grid.heights())
        box = (Inches(n) for n in (MARGIN, top, self.across, sum(heights)))
        shape = slide.shapes.add_table(len(grid.rows) + 1, len(grid.heads), *box)
        shape.name = grid.title
        shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN
        for column, width in zip(shape.table.columns, grid.widths, strict=True):
            column.width = Inches(width)
        for number, (row, texts, height) in enumerate(
            zip(shape.table.rows, (grid.heads, *grid.rows), heights, strict=True)
        ):
            row.height = Inches(height)
            ink, ground = (INK, BAND if number % 2 == 0 else WHITE) if number else (WHITE, HEAD)
            for cell, text, numeric in zip(row.cells, texts, grid.numeric, strict=True):
                cell.fill.solid()
                cell.fill.fore_color.rgb = ground
                cell.margin_left, cell.margin_right = Inches(INSIDE / 2), Inches(INSIDE if numeric else INSIDE / 2)
                cell.margin_top = cell.margin_bottom = Inches(BETWEEN_ROWS / 2)
                _write(cell.text_frame, [text], grid.size, bold=not number, colour=ink, right=numeric)

    def left(self, slide: Any, line: str) -> None:
        """Say below the body what there is no room for."""
        self.text(slide, (MARGIN, self.height - FOOT - 0.25, self.across, 0.25), [line], TINY, colour=QUIET)


def _fill(box: Any, lines: Sequence[str], size: float, **how: Any) -> None:
    """Write lines into a box with narrow margins."""
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Inches(0.05)
    frame.margin_top = frame.margin_bottom = Inches(0.02)
    _write(frame, lines, size, **how)


def _write(
    frame: Any, lines: Sequence[str], size: float, bold: bool = False, colour: RGBColor | None = None,
    right: bool = False,
) -> None:  # fmt: skip
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.text, paragraph.alignment = line, PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        if len(lines) > 1:
            paragraph.space_after = Pt(size / 3)
        if colour is not None:
            paragraph.font.color.rgb = colour


def _everywhere(file: Any) -> None:
    """Use a typeface that readers have."""
    theme = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(TYPEFACE, EVERYWHERE)


def _empty(file: Any) -> None:
    """Remove the slides of a template."""
    ids = file.slides._sldIdLst
    for one in list(ids):
        file.part.drop_rel(one.rId)
        ids.remove(one)


def _fitness(layout: Any) -> tuple[bool, int]:
    """What to sort layouts by, so that one with a title and little else comes first."""
    kinds = [one.placeholder_format.type for one in layout.placeholders]
    return not any(kind in TITLES for kind in kinds), len(kinds)


def is_template(content: bytes) -> bool:
    """Whether a file is a PPTX with a layout for slides."""
    try:
        return len(Presentation(BytesIO(content)).slide_layouts) > 0
    except (BadZipFile, KeyError, ValueError, PythonPptxError):
        return False


MOST_SHRUNK = 1.2
"""How many times higher than the body of a slide a chart may be, before it is cut instead of made smaller."""
SIZES = (14, 13, 12, 11, 10)
"""Type sizes of tables, in points: the largest at which all rows fit, or else the smallest."""
FRONT_SIZES = (14, 13, 12, 11, 10, 9, 8)
MOST_IN_NOTES = 200
"""The most rows of a table in the notes of a slide."""
FOOT_LEFT, FOOT_RIGHT, FOOT_HIGH, FOOT_SIZES = 0.55, 0.45, 0.3, (9, 8, 7)
"""The shares of a footer for what a slide rests on and for its marks, its height in inches, and its sizes of type."""


@given_writable
def slides(pack: Pack, pictures: Pictures, words: Words, template: bytes | None = None) -> bytes:
    """Return the pack as PPTX, in the size and layout of a template."""
    deck = Deck(template)
    ratio = deck.high / deck.across
    drawn = fitted(pack.leaves, pictures, ratio)
    _front(deck, pack, words)
    for place, leaf in enumerate(pack.leaves):
        bodies = list(blocks_of(place, leaf, drawn, ratio * MOST_SHRUNK)) or [Block(leaf.name)]
        for number, body in enumerate(bodies, 1):
            more = f" ({number}/{len(bodies)})" if len(bodies) > 1 else ""
            _leaf(deck, pack, leaf, body, more, words)
    for number, slide in enumerate(deck.file.slides, 1):
        top = deck.height - FOOT + 0.05
        deck.text(slide, (deck.width - MARGIN - 0.5, top, 0.5, 0.3), [str(number)], TINY, colour=QUIET, right=True)
    describe(deck.file.core_properties, pack.title, pack.made_on)
    stream = BytesIO()
    deck.file.save(stream)
    return without_times(stream.getvalue())


def _front(deck: Deck, pack: Pack, words: Words) -> None:
    """Add the first slide: which publication, how numbers are made, what has changed, and the views; more if needed."""
    slide = deck.add(pack.title)
    deck.below_title(slide, pack.dated, "")
    size = deck.size(" ".join((*pack.method, *pack.moved)), deck.across - 0.3, deck.high * 0.65, FRONT_SIZES)
    top = BODY
    for lines, bold in (
        (pack.method, False),
        ((words("pack.moved"),) if pack.moved else (), True),
        (pack.moved, False),
    ):
        high = sum(height_of(line, size * deck.wider, deck.across - 0.2) + size / 3 / 72 for line in lines)
        if lines:
            deck.text(slide, (MARGIN, top, deck.across, high), lines, size, bold=bold)
        top += high
    _footer(deck, slide, pack.dated, " ".join(pack.marks))
    _contents(deck, slide, pack, words, top + 0.15)


def _contents(deck: Deck, slide: Any, pack: Pack, words: Words, top: float) -> None:
    """List the views below `top`, or on slides of their own if there are too many."""
    rows = tuple((number, leaf.name, leaf.finding) for number, leaf in enumerate(pack.leaves, 1))
    heads = ("", words("pack.head_view"), words("pack.head_finding"))
    listed = Listed(words("pack.contents"), heads, rows)
    grid = _largest(deck, listed, words, deck.height - FOOT - top)
    if len(grid.rows) == len(rows):
        deck.table(slide, grid, top)
        return
    while rows:
        grid = _largest(deck, Listed(listed.title, heads, rows), words, deck.high)
        slide = deck.add(listed.title)
        deck.table(slide, grid, BODY)
        _footer(deck, slide, pack.dated, " ".join(pack.marks))
        rows = rows[len(grid.rows) :]


def _largest(deck: Deck, table: Listed, words: Words, high: float) -> TableGrid:
    """As many rows of a table as fit on a slide, in the largest type that has room for all."""
    for size in SIZES:
        grid = grid_of(table, words, size, deck.across, deck.wider)
        if not grid.n_left and grid.that_fit(high) == len(grid.rows):
            return grid
    return grid.first(max(1, grid.that_fit(high)))


def _leaf(deck: Deck, pack: Pack, leaf: Leaf, body: Block, more: str, words: Words) -> None:
    slide = deck.add(f"{leaf.finding}{more}")
    line = f"{leaf.choice} · {leaf.rests}" if leaf.rests else leaf.choice
    deck.below_title(slide, line, body.subject if body.png or body.table else "")
    if body.png:
        _picture(deck, slide, body, f"{leaf.finding} {body.subject}")
    elif body.table is not None:
        _table(deck, slide, body.table, words)
    _footer(deck, slide, _sources(deck, leaf, words), _told(deck, leaf, words))
    slide.notes_slide.notes_text_frame.text = "\n".join(_notes(leaf, body, words))


def _picture(deck: Deck, slide: Any, body: Block, alternative: str) -> None:
    """Place a picture as large as fits, and say what it shows."""
    high, wide = Inches(deck.high), Inches(deck.across)
    shape = slide.shapes.add_picture(BytesIO(body.png), Inches(MARGIN), Inches(BODY), width=wide)
    if shape.height > high:
        shape.width, shape.height = Emu(int(shape.width * high / shape.height)), high
    shape.left = Emu(int((Inches(deck.width) - shape.width) / 2))
    shape._element.nvPicPr.cNvPr.set("descr", alternative)
    shape.name = body.subject


def _table(deck: Deck, slide: Any, table: Listed, words: Words) -> None:
    """Write the rows that fit as a native table, and what there is besides."""
    grid = _largest(deck, table, words, deck.high - 0.25)
    deck.table(slide, grid, BODY)
    if left := grid.left(table, words):
        deck.left(slide, left)


def _notes(leaf: Leaf, body: Block, words: Words) -> Iterator[str]:
    """Yield the lines of the notes: the finding, the rows, then the sources."""
    yield from (leaf.finding, leaf.choice, leaf.rests, *leaf.told, "")
    listed = body.table or body.rows
    if listed:
        rows = listed.rows[:MOST_IN_NOTES]
        yield from (listed.title, " | ".join(listed.heads))
        yield from (" | ".join(said(cell, words) for cell in row) for row in rows)
        if left := len(listed.rows) - len(rows):
            yield words.count("pack.more_rows", left)
        yield ""
    yield from leaf.sources


def _sources(deck: Deck, leaf: Leaf, words: Words) -> str:
    """As many sources, each with its licence, as fit into the footer; the notes hold all."""
    return _fitting(deck, leaf.sources, 1, deck.across * FOOT_LEFT - 0.1, partial(words.count, "pack.more_sources"))


def _told(deck: Deck, leaf: Leaf, words: Words) -> str:
    """The marks of a view, and as much of what it does not show as fits into the footer; the notes hold all."""
    more = partial(words.count, "pack.more_left_out")
    return _fitting(deck, leaf.told, len(leaf.marks), (deck.across * FOOT_RIGHT - 0.5) / BOLD, more)


def _fitting(deck: Deck, lines: Sequence[str], least: int, width: float, more: Callable[[int], str]) -> str:
    """As many lines as fit into the footer in its smallest type, `least` in any case, and how many more there are."""
    for n in range(len(lines), least, -1):
        line = " ".join((*lines[:n], *([more(len(lines) - n)] if lines[n:] else [])))
        if height_of(line, FOOT_SIZES[-1] * deck.wider, width) <= FOOT_HIGH:
            return line
    return " ".join((*lines[:least], *([more(len(lines) - least)] if lines[least:] else [])))


def _footer(deck: Deck, slide: Any, rests: str, marks: str) -> None:
    """Say at the end of a slide which publication it is and what it rests on, and what must not be overlooked."""
    top, left, right = deck.height - FOOT + 0.05, deck.across * FOOT_LEFT, deck.across * FOOT_RIGHT - 0.5
    size = deck.size(rests, left - 0.1, FOOT_HIGH, FOOT_SIZES)
    deck.text(slide, (MARGIN, top, left, 0.3), [rests], size, colour=QUIET)
    size = deck.size(marks, right / BOLD, 0.23, (SMALL, 11, 10, *FOOT_SIZES))
    deck.text(slide, (MARGIN + left, top, right, 0.3), [marks], size, bold=True, colour=WARNING, right=True)
