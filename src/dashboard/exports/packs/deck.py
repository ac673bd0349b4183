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
from pptx.util import Inches, Pt

from dashboard.exports.packs.fitting import size_for

WIDE, HIGH = Inches(13.333), Inches(7.5)
"""The size of slides without a template of one's own."""
MARGIN, TOP, BODY, FOOT = 0.5, 0.35, 2.25, 0.5
"""In inches: the margin, where a title begins, where the body begins, and how high the footer is."""
TITLE_HIGH = 1.0
TITLE_SIZES = (26, 24, 22, 20, 18, 16, 14, 12, 10)
SMALL, TINY = 12, 10
QUIET, WARNING = RGBColor.from_string("556068"), RGBColor.from_string("A13B22")
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
        self.width, self.height = self.file.slide_width / Inches(1), self.file.slide_height / Inches(1)
        self.across = self.width - 2 * MARGIN
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
        # Bold type is wider, and a template may have a wide typeface.
        size = size_for(title, self.across * 0.72, TITLE_HIGH, TITLE_SIZES)
        _write(box, [title], size, bold=True)
        box.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        return slide

    def text(self, slide: Any, place: Place, lines: Sequence[str], size: float, **how: Any) -> None:
        """Write lines into a box."""
        box = slide.shapes.add_textbox(*(Inches(n) for n in place))
        _write(box, [line for line in lines if line], size, **how)


def _write(box: Any, lines: Sequence[str], size: float, bold: bool = False, colour: RGBColor | None = None) -> None:
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Inches(0.05)
    frame.margin_top = frame.margin_bottom = Inches(0.02)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.text, paragraph.alignment = line, PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        if len(lines) > 1:
            paragraph.space_after = Pt(size / 3)
        if colour is not None:
            paragraph.font.color.rgb = colour


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
