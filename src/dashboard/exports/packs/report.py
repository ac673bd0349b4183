"""A pack as a report: findings as headings, charts with what they show, tables, and the sources of each."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboard.exports.packs.blocks import Block, blocks_of
from dashboard.exports.packs.fitting import narrowed, said, widths_of
from dashboard.exports.packs.fixed import describe, without_times
from dashboard.exports.packs.leaf import Leaf, Listed, Pack
from dashboard.exports.packs.pictures import Pictures
from dashboard.model.words import Words

WIDTH, HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
ACROSS = WIDTH - 2 * MARGIN
HIGHEST = 1.25
"""The height of a picture as a multiple of its width, so that it fits on a page below its heading."""
COLUMNS, ROWS = 5, 20
"""The most columns and rows of a table; the workbook has all."""
SMALL, TINY = Pt(9), Pt(8)
QUIET, WARNING = RGBColor(0x55, 0x60, 0x68), RGBColor(0xA1, 0x3B, 0x22)
GRID = "Table Grid"


def report(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as DOCX, on A4."""
    document = Document()
    _page(document, pack)
    _front(document, pack, words)
    for place, leaf in enumerate(pack.leaves):
        document.add_page_break()
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
    foot = section.footer.paragraphs[0]
    _run(foot, " · ".join((pack.dated, *pack.marks)) + " · ", TINY, QUIET)
    run = foot.add_run()
    run.font.size = TINY
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


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
    document.add_heading(leaf.finding, 1)
    for line in (leaf.name, leaf.choice, leaf.rests):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        _run(paragraph, line, SMALL, QUIET)
    _marks(document, leaf.marks)
    for block in blocks:
        if block.png:
            shape = document.add_picture(BytesIO(block.png), width=ACROSS)
            shape._inline.docPr.set("descr", f"{leaf.finding} {block.subject}")
            shape._inline.docPr.set("name", block.subject)
        elif block.table:
            _table(document, block.table, words)
    for line in leaf.sources:
        _run(document.add_paragraph(), line, TINY, QUIET)


def _table(document: Any, table: Listed, words: Words) -> None:
    chosen = narrowed(table, COLUMNS)
    document.add_heading(table.title, 3)
    grid = document.add_table(rows=1, cols=len(chosen.heads), style=GRID)
    grid.autofit = False
    shown = chosen.rows[:ROWS]
    for _ in shown:
        grid.add_row()
    texts = [chosen.heads, *([said(cell, words) for cell in row] for row in shown)]
    widths = [int(width * 914_400) for width in widths_of(chosen, words, ACROSS / 914_400)]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for number, (row, cells) in enumerate(zip(grid.rows, texts, strict=True)):
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            _run(cell.paragraphs[0], text, TINY, bold=not number)
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    if left := len(chosen.rows) - len(shown):
        _run(document.add_paragraph(), words.count("pack.more_rows", left), TINY, QUIET)


def _marks(document: Any, marks: tuple[str, ...]) -> None:
    if marks:
        _run(document.add_paragraph(), " ".join(marks), SMALL, WARNING, bold=True)


def _run(paragraph: Any, text: str, size: Any, colour: RGBColor | None = None, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = size
    run.font.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
