"""Slides of one size, in the layout of a template: titles, texts and footers at their places, in inches."""

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

from dashboard.exports.packs.fitting import size_for
from dashboard.exports.packs.grid import BETWEEN_ROWS, BOLD, INSIDE, THEIRS, UNKNOWN, Grid

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

    def table(self, slide: Any, grid: Grid, top: float) -> None:
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
