"""Does every block of a report stand below its own finding, none twice, with contents that list what is there?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from python_calamine import CalamineWorkbook

from dashboard.exports.packs.chart_images import Picture, Pictures
from dashboard.exports.packs.content import Cell, Leaf, Listed, Pack, ShownChart
from dashboard.exports.packs.fitting import BOLD, MOST_LINES, grid_of, lines_of
from dashboard.exports.packs.html_page import AT_ONCE_ROWS, html_page
from dashboard.exports.packs.outline import LONGEST_HEADING, chapters_of
from dashboard.exports.packs.pack_workbook import pack_workbook
from dashboard.exports.packs.printed import printed
from dashboard.exports.packs.report import WIDER, report
from dashboard.exports.picture import Chart, ChartTexts, Ink, letters
from dashboard.model.words import Words
from dashboard.tasks.pack import PACK_FORMATS
from tests.tasks.packs.artefacts import everything, printed_content, printed_texts, said_in
from tests.tasks.packs.test_layout import CHANGED

pytestmark = pytest.mark.outside
LONG = "Nobody has said who is to see to it that guards are trained before they are sent to a mast. "
GAPS = Listed(
    "Gaps by area",
    ("Gap", "Where", "Owner"),
    tuple((f"{LONG}No {n}", f"Place {n}", f"Owner {n}") for n in range(40)),
    "gaps",
    "Forty gaps have no owner.",
    ("Ten are severe.", "None is new."),
)
MOVED = replace(GAPS, title="What moved", key="moves", finding="", points=(), rows=(("Up", "Chad", "Nobody"),))
SAID_TWICE = "Three of four operations are ready."


def shown(key: str, finding: str, *points: str) -> ShownChart:
    """A chart with a finding of its own."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"name": "rows"},
        "mark": "point",
        "config": {"font": "Arial"},
    }
    told = ChartTexts(finding, f"Subject of {key}", (), (), "All", "A source.")
    return ShownChart(key, Chart(spec, pa.table({"a": [1]}), Ink("#000", "#555", "#a00", "#fff")), told, None, points)


def leaf(name: str, finding: str, *charts: ShownChart, tables: tuple[Listed, ...] = (), behind: bool = False) -> Leaf:
    """A view of a pack."""
    told = ("All countries", "1 of 2 answered", ("A source.",), ("Mark.",))
    return Leaf(
        "risks", (), name, finding, *told, charts, tables, (), None, False, (), "", "Approved by nobody.", behind
    )


FRONT = (
    leaf("Overview", "Respect is at 59.", shown("first", "Chad is lowest.", "It has 28."), shown("same", SAID_TWICE)),
    leaf("Heat map", SAID_TWICE, shown("third", SAID_TWICE), shown("cut", LONG * 3, "Cut in two.")),
    leaf("Gaps", "Gaps come first.", shown("own", SAID_TWICE), tables=(GAPS, MOVED)),
)
BEHIND = leaf("Tables", "Gaps come first.", tables=(replace(GAPS, finding="", points=()),), behind=True)
PACK = Pack(
    "A pack", "Publication 1", ("How numbers are made.",), (BEHIND, *FRONT), date(2026, 1, 1), ("Nothing moved.",)
)


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    """One picture for each chart; that of `cut` is higher than a page."""
    found = {}
    for place, one in enumerate(PACK.leaves):
        for chart in one.charts:
            stream, high = BytesIO(), 900 if chart.key == "cut" else 100
            Image.new("RGB", (400, high), "white").save(stream, "PNG")
            svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="{high}"></svg>'
            found[place, chart.key] = Picture(svg, stream.getvalue(), 400, high)
    return found


def word_headings(content: bytes) -> list[tuple[int, str]]:
    """The headings of a report with their levels."""
    paragraphs = Document(BytesIO(content)).paragraphs
    styled = ((re.fullmatch(r"Heading (\d)", one.style.name), one.text) for one in paragraphs)
    return [(int(level[1]), text) for level, text in styled if level]


def headings(pictures: Pictures, words: Words, moved: bool = True) -> list[tuple[int, str]]:
    """The headings of the pack, with what has changed first."""
    chapters = chapters_of(PACK, pictures, 1.2, words)
    first = [(1, words("pack.moved"))] if moved else []
    return [*first, *((one.level, one.text) for chapter in chapters for one in chapter.headings)]


def test_every_block_has_its_own_finding_above_it_and_no_heading_stands_twice(pictures: Pictures, words: Words) -> None:
    found = headings(pictures, words, moved=False)
    texts = [text for _, text in found]
    assert len(set(texts)) == len(texts)
    assert all(len(text) <= LONGEST_HEADING for text in texts)
    assert found == [
        (1, "Respect is at 59."), (2, "Chad is lowest."), (2, SAID_TWICE),
        (1, "Heat map"), (2, LONG.strip()),
        (1, "Gaps come first."), (2, "Subject of own"), (2, "Forty gaps have no owner."), (2, "What moved"),
        (1, words("pack.appendix")), (2, "Tables"), (3, "Gaps by area"),
    ]  # fmt: skip
    below = {one.text: one.below for chapter in chapters_of(PACK, pictures, 1.2, words) for one in chapter.headings}
    assert below["Heat map"] == below["Subject of own"] == SAID_TWICE
    assert below[LONG.strip()] == LONG * 3
    assert below["Gaps by area"] == ""


def test_a_view_whose_finding_is_a_heading_already_begins_with_what_it_shows_first(
    pictures: Pictures, words: Words
) -> None:
    again = leaf("Overview", "Respect is at 59.", tables=(GAPS, replace(MOVED, finding="One moved.")))
    chapters = chapters_of(replace(PACK, leaves=(*FRONT[:2], again)), {}, 1.2, words)
    last = chapters[-1]
    assert [(one.level, one.text) for one in last.headings] == [(1, "Forty gaps have no owner."), (2, "One moved.")]
    assert last.heading.below == "Respect is at 59."
    assert [part.points for part in last.parts] == [GAPS.points, ()]


def test_a_picture_cut_in_pieces_says_its_finding_and_its_points_once(pictures: Pictures, words: Words) -> None:
    (parts,) = (one.parts for one in chapters_of(PACK, pictures, 1.2, words) if one.leaf.name == "Heat map")
    pieces = [part for part in parts if part.block.key == "cut"]
    assert len(pieces) == 2
    assert [part.points for part in pieces] == [("Cut in two.",), ()]
    assert [part.heading is not None for part in pieces] == [True, False]
    assert all(part.alternative == f"{LONG * 3} Subject of cut" for part in pieces)


def test_the_rest_of_a_table_is_in_the_appendix_only_if_all_of_it_is_there(pictures: Pictures, words: Words) -> None:
    def rests(pack: Pack) -> list[str]:
        parts = (part for one in chapters_of(pack, pictures, 1.2, words) for part in one.parts)
        return [part.rest.text for part in parts if part.rest]

    assert rests(PACK) == ["Gaps by area"]
    fewer = replace(BEHIND, tables=(replace(GAPS, rows=GAPS.rows[1:]),))
    narrower = replace(BEHIND, tables=(replace(GAPS, heads=GAPS.heads[:2], rows=tuple(r[:2] for r in GAPS.rows)),))
    for behind in (fewer, narrower, replace(BEHIND, tables=(replace(GAPS, title="Others"),))):
        assert rests(replace(PACK, leaves=(behind, *FRONT))) == []


def test_no_cell_has_six_lines_and_in_the_appendix_its_text_is_whole(words: Words) -> None:
    narrow = grid_of(GAPS, words, 10, 1.2)
    assert narrow.rows[0][0].endswith("…")
    for row in narrow.rows:
        cells = zip(row, narrow.widths, strict=True)
        assert max(lines_of(text, 10, width - 0.16) for text, width in cells) <= MOST_LINES
    assert grid_of(GAPS, words, 10, 1.2, whole=True).rows[0][0] == GAPS.rows[0][0]


def test_columns_are_narrower_before_one_is_left_out(words: Words) -> None:
    heads = ("What needs a decision", "Where", "Owner (role)", "Due first", "Decision asked for")
    row = (LONG[:76], "Chad, DR Congo, Guatemala", "Head of human resources", "overdue since 15 Oct 2025", LONG)
    grid = grid_of(Listed("Decisions", heads, (row,)), words, 10, 6.69, WIDER)
    assert grid.heads == heads
    assert sum(grid.widths) == pytest.approx(6.69)


def test_a_report_has_headings_and_contents_that_list_them_and_update(pictures: Pictures, words: Words) -> None:
    content = report(PACK, pictures, words)
    found = word_headings(content)
    assert found == headings(pictures, words)
    document = Document(BytesIO(content))
    entries = [(int(one.style.name[-1]), one.text) for one in document.paragraphs if one.style.name.startswith("toc ")]
    assert entries == [(level, text) for level, text in found if level <= 2]
    body = document.element.body
    assert [one.text for one in body.iter(qn("w:instrText"))] == ['TOC \\o "1-2" \\h \\z']
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert document.settings.element.find(qn("w:updateFields")) is not None
    aims = {one.get(qn("w:name")): _text(one.getparent()) for one in body.iter(qn("w:bookmarkStart"))}
    links = [(one.get(qn("w:anchor")), _text(one)) for one in body.iter(qn("w:hyperlink"))]
    assert [aims[aim] for aim, _ in links] == [text for _, text in links] == [text for _, text in entries]


def _text(element: Any) -> str:
    return "".join(one.text for one in element.iter(qn("w:t")))


def test_nothing_in_a_report_is_under_ten_points(pictures: Pictures, words: Words) -> None:
    document = Document(BytesIO(report(PACK, pictures, words)))
    sizes = {int(one.get(qn("w:val"))) / 2 for one in document.element.body.iter(qn("w:sz"))}
    sizes |= {int(one.get(qn("w:val"))) / 2 for one in document.sections[0].footer._element.iter(qn("w:sz"))}
    used = {one.style.name for one in document.paragraphs}
    sizes |= {style.font.size.pt for style in document.styles if style.name in used and style.font.size}
    assert sizes
    assert min(sizes) >= 10


def test_a_table_is_shortened_in_front_and_whole_in_the_appendix(pictures: Pictures, words: Words) -> None:
    document = Document(BytesIO(report(PACK, pictures, words)))
    front, _, behind = document.tables
    assert len(front.rows) < len(behind.rows) == len(GAPS.rows) + 1
    assert [[cell.text for cell in row.cells] for row in behind.rows][1:] == [list(row) for row in GAPS.rows]
    left = words.count("pack.more_rows_appendix", len(GAPS.rows) + 1 - len(front.rows))
    assert left in [one.text for one in document.paragraphs]


DEJAVU = {True: 1.24, False: 1.19}
"""How much wider than our estimate words of DejaVu Sans are, in bold type and in plain."""


def test_no_word_of_a_report_is_broken_in_a_wider_typeface(pictures: Pictures, words: Words) -> None:
    asked = replace(CHANGED, rows=CHANGED.rows[:3])
    pack = replace(
        PACK, leaves=(leaf("Changes", "Some.", tables=(asked,)), leaf("All", "All.", tables=(asked,), behind=True))
    )
    tables = Document(BytesIO(report(pack, {}, words))).tables
    assert len(tables) > 1
    for table in tables:
        names = [one.tag for one in table._tbl.tblPr]
        assert names.index(qn("w:tblLayout")) < names.index(qn("w:tblCellMar")) < names.index(qn("w:tblLook"))
        (margin,) = {int(one.get(qn("w:w"))) / 1440 for one in table._tbl.tblPr.find(qn("w:tblCellMar"))}
        for number, row in enumerate(table.rows):
            factor = DEJAVU[not number] * (1 if number else BOLD)
            for cell in row.cells:
                longest = max(letters(word) for word in cell.text.split())
                assert longest * factor * 10 / 72 <= cell.width / 914_400 - 2 * margin, cell.text


def test_a_table_wider_than_a_page_has_all_its_columns_in_the_appendix(words: Words) -> None:
    heads = tuple(f"Head {n}" for n in range(20))
    rows = (tuple(f"Cell {n}" for n in range(20)), ("One", *[None] * 18, "x" * 120))
    wide = replace(PACK, leaves=(leaf("Wide", "All of it.", tables=(Listed("Wide one", heads, rows),), behind=True),))
    tables = Document(BytesIO(report(wide, {}, words))).tables
    texts = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert set(heads) | set(rows[0]) | {"x" * 120} <= texts
    assert len(tables) > 2
    assert [row.cells[0].text for row in tables[0].rows] == [words("pack.row"), "1", "2"]


def _said() -> Iterator[str]:
    for one in PACK.leaves:
        yield from (one.finding, *one.told, *one.sources)
        for chart in one.charts:
            yield from (chart.told.title, *chart.points)
        for table in one.tables:
            yield from (table.finding, *table.points)
    yield from (*PACK.approved, *PACK.moved)


@pytest.fixture(scope="module")
def pdf(pictures: Pictures, words: Words) -> bytes:
    return printed(PACK, pictures, words)


def test_a_print_is_tagged_and_has_the_headings_as_bookmarks(pdf: bytes, pictures: Pictures, words: Words) -> None:
    assert b"/MarkInfo<</Marked true" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert sorted(_bookmarks(pdf)) == sorted(text for _, text in headings(pictures, words))
    described = {_decoded(text) for text in re.findall(rb"/S/Figure/P \d+ 0 R/Alt(\(.*?\)|<[0-9A-F]+>)", pdf)}
    assert described == {f"{one.told.title} {one.told.subject}" for view in PACK.leaves for one in view.charts}


def _bookmarks(pdf: bytes) -> list[str]:
    """The titles of the outline of a PDF."""
    return [_decoded(text) for text in re.findall(rb"/Title(\(.*?\)|<[0-9A-F]+>)/Dest", pdf)]


def _decoded(text: bytes) -> str:
    if text.startswith(b"<"):
        return bytes.fromhex(text[1:-1].decode()).decode("utf-16")
    return text[1:-1].decode("ascii")


def test_letters_that_no_typeface_has_hinder_no_print(words: Words) -> None:
    odd = "\U0001f600 \u4e2d\u6587"
    told = replace(PACK, leaves=(leaf(odd, f"A finding with {odd}."),))
    assert b"/MarkInfo<</Marked true" in printed(told, {}, words)


class _Page(HTMLParser):
    """Gathers the headings of a page with their ids, and the links that go to them."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.headings: dict[str, tuple[int, str]] = {}
        self.links: list[tuple[str, str]] = []
        self.loaded: list[str] = []
        self._open = ""
        self._to = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.loaded += [given[name] for name in ("src", "href") if not given.get(name, "#").startswith(("#", "data:"))]
        if re.fullmatch("h[2-6]", tag):
            self._open = given["id"]
            self.headings[self._open] = (int(tag[1]) - 1, "")
        elif tag == "a":
            self._to = given["href"].removeprefix("#")

    def handle_endtag(self, tag: str) -> None:
        self._open, self._to = ("" if tag[0] == "h" else self._open), ("" if tag == "a" else self._to)

    def handle_data(self, data: str) -> None:
        if self._open:
            level, text = self.headings[self._open]
            self.headings[self._open] = (level, text + data)
        if self._to:
            self.links.append((self._to, data))


def test_a_page_links_to_each_heading_and_loads_nothing(pictures: Pictures, words: Words) -> None:
    content = html_page(PACK, pictures, words)
    page = _Page(content)
    contents = (1, words("pack.contents"))
    found = headings(pictures, words)
    assert sorted(page.headings.values()) == sorted([*found, contents])
    entries = [(page.headings[to][1], text) for to, text in page.links]
    assert all(there == text for there, text in entries[:-1])
    assert [text for _, text in entries[:-1]] == [text for _, text in found[1:]]
    assert entries[-1] == ("Gaps by area", words.count("pack.more_rows_appendix", len(GAPS.rows) - AT_ONCE_ROWS))
    assert page.loaded == []
    assert content.index(b"<svg") < content.index(b"<script")


def test_a_workbook_lists_every_finding_with_its_view_and_has_a_sheet_for_each_list(words: Words) -> None:
    workbook = CalamineWorkbook.from_filelike(BytesIO(pack_workbook(PACK, {}, words)))
    assert workbook.sheet_names == [words("pack.contents"), "1 Gaps by area", "2 What moved", words("xlsx.about")]
    listed = [tuple(row[:3]) for row in workbook.get_sheet_by_index(0).to_python()]
    assert ("Gaps", "Forty gaps have no owner.", "Ten are severe.\nNone is new.") in listed
    assert ("Gaps", "Gaps come first.", "") in listed
    assert all((name, "", "") in listed for name in workbook.sheet_names[1:-1])
    sheet = [tuple(row) for row in workbook.get_sheet_by_name("1 Gaps by area").to_python()]
    top = sheet.index(GAPS.heads)
    assert sheet[top + 1 : top + 1 + len(GAPS.rows)] == list(GAPS.rows)
    assert [row[0] for row in sheet[:3]] == ["Gaps come first.", "All countries", "1 of 2 answered"]


def test_a_list_keeps_its_heads_in_sight_whatever_its_sources(words: Words) -> None:
    row: tuple[Cell, ...] = (40, date(2026, 1, 2), 0.25)
    table = Listed("Many", ("Count", "Day", "Share"), (row, (None, None, None)), "many")
    told = replace(leaf("Many", "Many things.", tables=(table,)), sources=tuple(f"Source {n}." for n in range(60)))
    content = pack_workbook(replace(PACK, leaves=(told,)), {}, words)
    with ZipFile(BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    (frozen,) = map(int, re.findall(r'<pane ySplit="(\d+)"', sheet))
    assert frozen <= 8
    assert all(float(width) >= 9 for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet))
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("1 Many").to_python()
    assert rows[frozen - 1] == list(table.heads)
    assert rows[frozen] == list(row)
    assert [one[0] for one in rows[-60:]] == list(told.sources)


HOSTILE = ("<script>alert(1)</script>", "=1+1", "{{ 7 * 7 }}", "{% raw %}", '#import "x"', "w" * 300)


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "xlsx"])
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_people_type_stays_text(kind: str, text: str, words: Words) -> None:
    table = Listed(text, (text, "Where"), ((text, text),), "gaps", text, (text,))
    told = replace(leaf(text, text, tables=(table,)), choice=text, sources=(text,), left_out=(text,), marks=(text,))
    pack = Pack(text, text, (text,), (told, replace(told, appendix=True)), date(2026, 1, 1), (text,))
    texts = _texts(kind, pack, {}, words)
    n = sum(text in one for one in texts)
    assert n >= 12
    assert not any("49" in one for one in texts)
    content = PACK_FORMATS[kind](pack, {}, words)
    assert kind != "pdf" or content.startswith(b"%PDF")
    assert kind != "html" or b"<script" not in content
    assert kind != "xlsx" or "<f>" not in everything(content)


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "xlsx"])
def test_each_format_says_every_finding_and_every_point(kind: str, pictures: Pictures, words: Words) -> None:
    texts = "\n".join(_texts(kind, PACK, pictures, words))
    assert [text for text in _said() if text.strip() not in texts] == []


def _texts(kind: str, pack: Pack, pictures: Pictures, words: Words) -> list[str]:
    if kind == "pdf":
        return list(printed_texts(printed_content(pack, pictures, words)))
    return said_in(kind, PACK_FORMATS[kind](pack, pictures, words), words)
