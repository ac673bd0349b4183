"""Writes a pack as a report: findings as headings, charts with what they show, tables, and the sources of each."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboard.exports.packs.chart_images import Pictures, describe, on_paper, without_times
from dashboard.exports.packs.content import Listed, Pack
from dashboard.exports.packs.contents_field import add_contents, begin_field, end_field, mark
from dashboard.exports.packs.fitting import TableGrid
from dashboard.exports.packs.outline import Chapter, Heading, Passage, chapters_of, grids_of
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

WIDTH, HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
ACROSS = WIDTH - 2 * MARGIN
HIGHEST = 1.0
"""The height of a picture as a multiple of its width, so that it fits on a page below its heading."""
ROWS = 20
"""The most rows of a table, unless it is whole; the workbook has all."""
SMALL = Pt(10)
"""The smallest type on paper, also of tables; slides, which are seen from afar, have larger ones."""
STYLES = {"Normal": 10.5, "Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "TOC Heading": 16,
          "Caption": 10.5, "List Bullet": 10.5}  # fmt: skip
"""The styles in use, with their sizes in points."""
QUIET, WARNING = RGBColor(0x55, 0x60, 0x68), RGBColor(0xA1, 0x3B, 0x22)
WHITE, INK = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0x24, 0x32, 0x3A)
HEAD, LINE = "1F6F78", "CFD6DA"
TYPEFACE = "Arial"
"""On every machine, or what has its widths; tables have room for the letters of a wider one."""
WIDER, BESIDE = 1.15, 36_000
"""How much wider than estimated a word may be, and the margins beside a cell: with both, DejaVu Sans breaks none."""
INCH, TWIP = 914_400, 635


@given_writable
def report(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as DOCX, on A4; the appendix lies across."""
    document = Document()
    chapters = chapters_of(pack, on_paper(pack.leaves, pictures, HIGHEST), HIGHEST, words)
    _page(document, pack)
    _front(document, pack, chapters, words)
    for chapter in chapters:
        _chapter(document, chapter, words)
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
    for name, size in STYLES.items():
        _set(document.styles[name], size)
    foot = section.footer.paragraphs[0]
    _run(foot, " · ".join((pack.dated, *pack.marks)) + " · ", SMALL, QUIET)
    begin_field(foot, "PAGE")
    _run(foot, "1", SMALL, QUIET)
    end_field(foot)


def _set(style: Any, size: float) -> None:
    """Use a typeface that readers have, and our ink instead of the blue of a new document."""
    style.font.name, style.font.color.rgb, style.font.size = TYPEFACE, INK, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in filter(lambda name: name.endswith("Theme"), list(fonts.attrib)):
        del fonts.attrib[name]
    fonts.set(qn("w:hAnsi"), TYPEFACE)


def _front(document: Any, pack: Pack, chapters: Sequence[Chapter], words: Words) -> None:
    document.add_heading(pack.title, 0)
    for line in (pack.dated, *pack.approved):
        _line(document, line)
    _marks(document, pack.marks)
    for line in pack.method:
        document.add_paragraph(line)
    moved = [Heading(words("pack.moved"), 1, 0)] if pack.moved else []
    for heading in moved:
        _heading(document, heading)
        _points(document, pack.moved)
    document.add_paragraph(words("pack.contents"), style="TOC Heading")
    add_contents(document, [*moved, *(one for chapter in chapters for one in chapter.headings)], ACROSS)


def _chapter(document: Any, chapter: Chapter, words: Words) -> None:
    leaf = chapter.leaf
    if chapter.above:
        _turn(document)
        _heading(document, chapter.above)
    heading = _heading(document, chapter.heading)
    heading.paragraph_format.page_break_before = not leaf.appendix
    for line in (leaf.name, leaf.choice, leaf.rests):
        _kept(_line(document, line))
    _marks(document, leaf.told)
    for number, part in enumerate(chapter.parts, 1):
        _part(document, part, words, last=number == len(chapter.parts))
    for number, line in enumerate(leaf.sources, 1):
        paragraph = _line(document, line)
        # The sources stay together.
        paragraph.paragraph_format.keep_with_next = number < len(leaf.sources)


def _turn(document: Any) -> None:
    """Begin pages that lie across."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = HEIGHT, WIDTH


def _heading(document: Any, heading: Heading) -> Any:
    """Add a heading, and below it what it says shorter."""
    paragraph = document.add_heading(heading.text, heading.level)
    mark(paragraph, heading)
    if heading.below:
        _kept(document.add_paragraph(heading.below))
    return paragraph


def _part(document: Any, part: Passage, words: Words, last: bool) -> None:
    if part.heading:
        _heading(document, part.heading)
    _points(document, part.points)
    if part.block.png:
        paragraph = document.add_paragraph()
        # The last picture stays with the sources.
        paragraph.paragraph_format.keep_with_next = last
        shape = paragraph.add_run().add_picture(BytesIO(part.block.png), width=ACROSS)
        shape._inline.docPr.set("descr", part.alternative)
        shape._inline.docPr.set("name", part.block.subject)
    elif part.block.table:
        _tables(document, part, part.block.table, words)


def _points(document: Any, lines: Sequence[str]) -> None:
    """Add sentences as a list, on one page with what follows."""
    for line in lines:
        _kept(document.add_paragraph(line, style="List Bullet"))


def _tables(document: Any, part: Passage, table: Listed, words: Words) -> None:
    if part.caption:
        _kept(document.add_paragraph(part.caption, style="Caption"))
    width = (HEIGHT - 2 * MARGIN if part.whole else ACROSS) / INCH
    grids = list(grids_of(part, words, SMALL.pt, width, ROWS, WIDER))
    for grid in grids:
        _table(document, grid)
        if grid is not grids[-1]:
            # Without a paragraph between them, two tables are one.
            document.add_paragraph()
    if not part.whole and (left := grids[0].left(table, words, part.where)):
        _run(_kept(document.add_paragraph()), left, SMALL, QUIET)


def _table(document: Any, grid: TableGrid) -> None:
    made = document.add_table(rows=len(grid.rows) + 1, cols=len(grid.heads))
    made.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(BESIDE // TWIP))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # Word reads properties in their order only.
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
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


def _cell(cell: Any, text: str, numeric: bool, head: bool, last: bool) -> None:
    """Fill a cell. The head is coloured, other cells have a line below; the last row stays with what follows."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if numeric else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.keep_with_next = head or last
    _run(paragraph, text, SMALL, WHITE if head else None, bold=head)
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


def _line(document: Any, text: str) -> Any:
    """Add a quiet line, close to the next."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(1)
    _run(paragraph, text, SMALL, QUIET)
    return paragraph


def _marks(document: Any, marks: tuple[str, ...]) -> None:
    if marks:
        _run(_kept(document.add_paragraph()), " ".join(marks), SMALL, WARNING, bold=True)


def _run(paragraph: Any, text: str, size: Any, colour: RGBColor | None = None, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size = size
    run.font.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
    return run
