"""A deck of slides in the layout of a template: titles, lines and native tables, with room for any typeface.

Places are in inches.
"""

from collections.abc import Sequence
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
from pptx.util import Inches, Pt

from dashboard.exports.packs.fitting import (
    BETWEEN_ROWS,
    BOLD,
    INSIDE,
    POINTS,
    UNKNOWN,
    TableGrid,
    lines_of,
    size_for,
    titled,
    within_lines,
)
from dashboard.exports.picture import LINE

WIDE, HIGH = Inches(13.333), Inches(7.5)
"""The size of slides without a template of one's own."""
MARGIN, TOP, FOOT = 0.5, 0.17, 0.5
"""In inches: the margin, where a title begins, and how high the footer is."""
TITLE_HIGH, TITLE_SIZES, TITLE_LINES = 0.8, (24, 22, 20), 2
SIZES = (14, 13, 12)
"""Type sizes of everything but titles, in points: the largest at which all fits, or else the smallest."""
SMALL = SIZES[-1]
QUIET, WARNING = RGBColor.from_string("556068"), RGBColor.from_string("A13B22")
HEAD, BAND, INK, WHITE = (RGBColor.from_string(colour) for colour in ("1F6F78", "F1F4F5", "24323A", "FFFFFF"))
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of a table without any colours or lines of its own."""
TYPEFACE, EVERYWHERE = b'typeface="Calibri"', b'typeface="Arial"'
"""Without a template: Arial, or what a machine has instead; there is room for the widest, DejaVu Sans."""
NUMBERED = " (10 of 10)"
"""What may be added to a title."""
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


Place = tuple[float, float, float, float]
"""Left, top, width and height."""


class Deck:
    """Slides of one size, in the layout of a template."""

    def __init__(self, template: bytes | None) -> None:
        self.file = Presentation(BytesIO(template) if template else None)
        if template:
            _empty(self.file)
        else:
            self.file.slide_width, self.file.slide_height = WIDE, HIGH
            _everywhere(self.file)
        self.width, self.height = self.file.slide_width / Inches(1), self.file.slide_height / Inches(1)
        self.across, self.bottom = self.width - 2 * MARGIN, self.height - FOOT
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
        size = size_for(title, self.across / BOLD / UNKNOWN, TITLE_HIGH, TITLE_SIZES)
        _fill(box, [title], size, bold=True)
        box.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        return slide

    def titled(self, finding: str) -> tuple[str, str]:
        """What of a finding fits into the lines of a title, and the rest; the whole of it, if that is a beginning."""
        title, rest = titled(finding, lambda text: self.fits(text + NUMBERED))
        width = self.across / BOLD / UNKNOWN * (1 - 1 / len(NUMBERED))
        return title or within_lines(finding, TITLE_SIZES[-1], width, TITLE_LINES), rest

    def fits(self, title: str) -> bool:
        """Whether a title needs no more lines than there are for it."""
        return lines_of(title, TITLE_SIZES[-1], self.across / BOLD / UNKNOWN) <= TITLE_LINES

    def lines(self, slide: Any, top: float, lines: Sequence[str], size: float, **how: Any) -> float:
        """Write lines over the whole width; returns where they end."""
        lines = [line for line in lines if line]
        if not lines:
            return top
        high = self.height_of(lines, size)
        self.text(slide, (MARGIN, top, self.across, high), lines, size, **how)
        return top + high

    def height_of(self, lines: Sequence[str], size: float) -> float:
        """How high lines over the whole width are, with what is between them."""
        between = size / 3 / POINTS if len(lines) > 1 else 0.0
        n_lines = sum(lines_of(line, size * UNKNOWN, self.across - 0.2) for line in lines)
        return n_lines * size * LINE / POINTS + between * len(lines)

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
