"""Writes a pack as a report: findings as headings, charts with what they show, tables, and the sources of each."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboard.exports.packs.chart_images import Block, Pictures, blocks_of, describe, without_times
from dashboard.exports.packs.fitting import Leaf, Listed, Pack, grid_of
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

WIDTH, HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
ACROSS = WIDTH - 2 * MARGIN
HIGHEST = 1.25
"""The height of a picture as a multiple of its width, so that it fits on a page below its heading."""
ROWS = 20
"""The most rows of a table; the workbook has all."""
SMALL, TINY = Pt(9), Pt(8)
QUIET, WARNING = RGBColor(0x55, 0x60, 0x68), RGBColor(0xA1, 0x3B, 0x22)
WHITE, INK = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0x24, 0x32, 0x3A)
HEAD, LINE = "1F6F78", "CFD6DA"
TYPEFACE = "Arial"
"""On every machine, or what has its widths."""
INCH = 914_400


@given_writable
def report(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as DOCX, on A4."""
    document = Document()
    _page(document, pack)
    _front(document, pack, words)
    for place, leaf in enumerate(pack.leaves):
        _leaf(document, leaf, list(blocks_of(place, leaf, pictures, HIGHEST)), words)
    describe(document.core_properties, pack.title, pack.made_on)
    stream = BytesIO()
    document.save(stream)
    return without_times(stream.getvalue())


def _page(document: Any, pack: Pack) -> None:
    (section,) = document.sections
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    document.styles["Normal"].font.size = Pt(10.5)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        _set(document.styles[name])
    foot = section.footer.paragraphs[0]
    _run(foot, " · ".join((pack.dated, *pack.marks)) + " · ", TINY, QUIET)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(foot, "", TINY, QUIET)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _set(style: Any) -> None:
    """Use a typeface that readers have, and our ink instead of the blue of a new document."""
    style.font.name, style.font.color.rgb = TYPEFACE, INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in filter(lambda name: name.endswith("Theme"), list(fonts.attrib)):
        del fonts.attrib[name]
    fonts.set(qn("w:hAnsi"), TYPEFACE)


def _front(document: Any, pack: Pack, words: Words) -> None:
    document.add_heading(pack.title, 0)
    _run(document.add_paragraph(), pack.dated, SMALL, QUIET)
    _marks(document, pack.marks)
    for line in pack.method:
        document.add_paragraph(line)
    if pack.moved:
        document.add_heading(words("pack.moved"), 2)
        for line in pack.moved:
            document.add_paragraph(line, style="List Bullet")
    document.add_heading(words("pack.contents"), 2)
    for leaf in pack.leaves:
        paragraph = document.add_paragraph(style="List Number")
        paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, f"{leaf.name}. {leaf.finding}", SMALL)


def _leaf(document: Any, leaf: Leaf, blocks: list[Block], words: Words) -> None:
    document.add_heading(leaf.finding, 1).paragraph_format.page_break_before = True
    for line in (leaf.name, leaf.choice, leaf.rests):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        _run(paragraph, line, SMALL, QUIET)
    _marks(document, leaf.told)
    for number, block in enumerate(blocks, 1):
        if block.png:
            paragraph = document.add_paragraph()
            # The last picture stays with the sources.
            paragraph.paragraph_format.keep_with_next = number == len(blocks)
            shape = paragraph.add_run().add_picture(BytesIO(block.png), width=ACROSS)
            shape._inline.docPr.set("descr", f"{leaf.finding} {block.subject}")
            shape._inline.docPr.set("name", block.subject)
        elif block.table:
            _table(document, block.table, words)
    for number, line in enumerate(leaf.sources, 1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        # The sources stay together.
        _run(_kept(paragraph) if number < len(leaf.sources) else paragraph, line, TINY, QUIET)


def _table(document: Any, table: Listed, words: Words) -> None:
    grid = grid_of(table, words, TINY.pt, ACROSS / INCH).first(ROWS)
    document.add_heading(grid.title, 3)
    made = document.add_table(rows=len(grid.rows) + 1, cols=len(grid.heads))
    made.autofit = False
    widths = [int(width * INCH) for width in grid.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, (row, cells) in enumerate(zip(made.rows, (grid.heads, *grid.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if not number:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width, numeric in zip(row.cells, cells, widths, grid.numeric, strict=True):
            cell.width = width
            _cell(cell, text, numeric, head=not number, last=number == len(grid.rows))
    if left := grid.left(table, words):
        _run(_kept(document.add_paragraph()), left, TINY, QUIET)


def _cell(cell: Any, text: str, numeric: bool, head: bool, last: bool) -> None:
    """Fill a cell. The head is coloured, other cells have a line below; the last row stays with what follows."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if numeric else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.keep_with_next = head or last
    _run(paragraph, text, TINY, WHITE if head else None, bold=head)
    properties = cell._tc.get_or_add_tcPr()
    lines = OxmlElement("w:tcBorders")
    below = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("color", LINE)):
        below.set(qn(f"w:{name}"), value)
    lines.append(below)
    properties.append(lines)
    if head:
        ground = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD)):
            ground.set(qn(f"w:{name}"), value)
        properties.append(ground)


def _kept(paragraph: Any) -> Any:
    """A paragraph that stays on one page with what follows."""
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _marks(document: Any, marks: tuple[str, ...]) -> None:
    if marks:
        _run(document.add_paragraph(), " ".join(marks), SMALL, WARNING, bold=True)


def _run(paragraph: Any, text: str, size: Any, colour: RGBColor | None = None, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size = size
    run.font.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
    return run
