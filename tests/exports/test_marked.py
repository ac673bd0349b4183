"""Is an imported file returned complete, with every problem marked in its place?"""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard.exports.marked_workbook import LONGEST, marked_workbook
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.sheet_cells import SheetGrid
from dashboard.model.words import Words
from tests.conftest import most

SPACES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def grid(*rows: tuple[object, ...], place: str = "a.xlsx[One]", title: str = "One") -> SheetGrid:
    return SheetGrid(place, title, rows, tuple(tuple("" if c is None else str(c) for c in row) for row in rows))


HEADED = grid(
    ("An answer sheet of 2025", "", ""),
    ("Question", "Answer", "Remark"),
    ("T1.a", "maybe", "=1+1"),
    ("T1.b", "yes", ""),
)


def book_of(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(content))


def parts(content: bytes, folder: str) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith(folder):
                yield archive.read(name).decode()


def comments(content: bytes) -> dict[str, str]:
    """The comment of each cell on the first sheet that has any."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("xl/comments1.xml"))  # noqa: S314
    return {
        str(comment.get("ref")): "".join(text.text or "" for text in comment.iterfind(".//m:t", SPACES))
        for comment in root.iterfind(".//m:comment", SPACES)
    }


def fills(content: bytes, sheet: int) -> dict[str, str]:
    """The colour of each filled cell, on the sheet with this number."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
        page = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314
    colours = [fill.find(".//m:fgColor", SPACES) for fill in styles.iterfind("m:fills/m:fill", SPACES)]
    used = [int(xf.get("fillId", "0")) for xf in styles.iterfind("m:cellXfs/m:xf", SPACES)]
    found = {str(cell.get("r")): colours[used[int(cell.get("s", "0"))]] for cell in page.iterfind(".//m:c", SPACES)}
    return {cell: str(colour.get("rgb")) for cell, colour in found.items() if colour is not None}


def test_a_problem_is_marked_in_its_cell_and_the_row_at_its_first(words: Words) -> None:
    off = Problem("off_scale", "a.xlsx[One]", 3, "Answer", "maybe", "yes, no")
    content = marked_workbook([HEADED], [off], words)
    assert comments(content) == {"A3": sentence(off, words), "B3": sentence(off, words)}
    assert set(fills(content, 2)) == {"A3", "B3"}


def test_what_is_only_noticed_looks_otherwise_and_leaves_the_row_alone(words: Words) -> None:
    note = Problem("column_left", "a.xlsx[One]", 2, "Remark", weight=Weight.NOTE)
    off = Problem("off_scale", "a.xlsx[One]", 3, "Answer", "maybe")
    content = marked_workbook([HEADED], [note, off], words)
    found = fills(content, 2)
    assert set(found) == {"C2", "A3", "B3"}
    assert found["C2"] != found["B3"] == found["A3"]


def test_a_problem_of_a_column_that_is_not_there_stands_at_the_first_cell_of_its_row(words: Words) -> None:
    missing = Problem("reason_missing", "a.xlsx[One]", 4, "na_reason", "na")
    content = marked_workbook([HEADED], [missing], words)
    assert set(comments(content)) == {"A4"}


def test_a_problem_of_a_whole_column_stands_at_its_head(words: Words) -> None:
    content = marked_workbook([HEADED], [Problem("and_more", "a.xlsx[One]", column="Answer", value="3")], words)
    assert set(comments(content)) == {"B2"}


def test_several_problems_of_one_cell_are_all_said(words: Words) -> None:
    two = [Problem("off_scale", "a.xlsx[One]", 3, "Answer", "maybe"), Problem("bad_date", "a.xlsx[One]", 3, "Answer")]
    said = comments(marked_workbook([HEADED], two, words))["B3"]
    assert said == "\n".join(sentence(problem, words) for problem in two)


def test_the_list_names_every_problem_and_links_to_its_cell(words: Words) -> None:
    two = [
        Problem("off_scale", "a.xlsx[One]", 3, "Answer", "maybe"),
        Problem("role_missing", "store", weight=Weight.FILE),
    ]
    content = marked_workbook([HEADED], two, words)
    rows = book_of(content).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows[1:]] == [["One B3", sentence(two[0], words)], ["", sentence(two[1], words)]]
    assert [row[2] for row in rows[1:]] == ["the row is left out", "nothing in this load is published"]
    assert re.findall(
        r'<hyperlink ref="(\w+)" location="([^"]+)"', next(parts(content, "xl/worksheets/sheet1.xml"))
    ) == [("A2", "'One'!B3")]


def test_nothing_wrong_says_so(words: Words) -> None:
    rows = book_of(marked_workbook([HEADED], [], words)).get_sheet_by_index(0).to_python()
    assert rows[1][1] == words("mapping.marked_none")


def test_our_columns_are_found_below_a_header_in_capitals_and_with_spaces(words: Words) -> None:
    table = grid(("Round", "Answered on"), ("R2", "tomorrow"), place="a.csv", title="")
    content = marked_workbook([table], [Problem("bad_date", "a.csv", 2, "answered_on", "tomorrow")], words)
    assert set(comments(content)) == {"A2", "B2"}
    assert book_of(content).sheet_names == [words("mapping.marked_list"), "a"]


def test_a_title_that_is_called_like_a_column_is_no_header(words: Words) -> None:
    table = grid(("Ghana", "", ""), ("Question", "Ghana", "Chad"), ("T1", "hm", ""), place="a.csv", title="")
    content = marked_workbook([table], [Problem("off_scale", "a.csv", 3, "Ghana", "hm")], words)
    assert set(comments(content)) == {"A3", "B3"}


def test_sheets_keep_their_order_and_names_and_values_their_kinds(words: Words) -> None:
    table = grid(("n", 1, 2.5, True, date(2025, 4, 3), datetime(2025, 4, 3, 14, 30), None, "", "0012"))
    other = grid(("x",), place="a.xlsx[Problems]", title="Problems")
    empty = SheetGrid("a.xlsx[Empty]", "Empty", (), ())
    book = book_of(marked_workbook([table, other, empty], [], words))
    assert book.sheet_names == ["Problems", "One", "Problems (2)", "Empty"]
    assert book.get_sheet_by_name("One").to_python() == [
        ["n", 1.0, 2.5, True, date(2025, 4, 3), datetime(2025, 4, 3, 14, 30), "", "", "0012"]
    ]


def test_names_that_no_sheet_can_have_are_made_fit(words: Words) -> None:
    long, odd = "x" * 40, "folder/a:b?*[1]'.csv"
    sheets = [
        grid(("x",), place=place, title=title)
        for place, title in ((f"{long}.csv", ""), (f"{long}y.csv", ""), (odd, ""))
    ]
    assert book_of(marked_workbook(sheets, [], words)).sheet_names[1:] == ["x" * 31, "x" * 27 + " (2)", "a b   1"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_text_like_a_formula_is_text(words: Words, text: str) -> None:
    problem = Problem("off_scale", text, 1, text, text)
    content = marked_workbook([grid((text, "x"))], [problem], words)
    assert not any("<f>" in page or "<f " in page for page in parts(content, "xl/worksheets/sheet"))
    assert book_of(content).get_sheet_by_name("One").to_python()[0][0] == text
    assert 'quotePrefix="1"' in next(parts(content, "xl/styles.xml"))


def test_a_text_that_no_cell_can_hold_is_cut(words: Words) -> None:
    content = marked_workbook([grid(("x" * (LONGEST + 5),))], [], words)
    assert book_of(content).get_sheet_by_name("One").to_python() == [["x" * LONGEST]]


def test_a_problem_below_the_last_row_is_marked_there(words: Words) -> None:
    content = marked_workbook([HEADED], [Problem("torn_row", "a.xlsx[One]", 9)], words)
    assert set(comments(content)) == {"A9"}


def test_the_same_content_gives_the_same_bytes(words: Words) -> None:
    problems = [Problem("off_scale", "a.xlsx[One]", 3, "Answer", "maybe")]
    assert marked_workbook([HEADED], problems, words) == marked_workbook([HEADED], problems, words)


CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=20)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2).map(tuple), max_size=6),
    st.lists(
        st.builds(
            Problem,
            st.sampled_from(["off_scale", "and_more", "column_left"]),
            st.sampled_from(["a.xlsx[One]", "b"]),
            st.none() | st.integers(1, 9),
            st.none() | st.text(max_size=5),
            st.text(max_size=9),
            weight=st.sampled_from(Weight),
        ),
        max_size=5,
    ),
)
@settings(max_examples=most(100))
def test_anything_imported_comes_back(words: Words, rows: list[tuple[object, ...]], problems: list[Problem]) -> None:
    book = book_of(marked_workbook([grid(*rows)], problems, words))
    back = book.get_sheet_by_name("One").to_python(skip_empty_area=False)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            whole = isinstance(cell, int) and abs(cell) < 2**49
            written = isinstance(cell, str) and cell.isprintable() and cell
            if whole or written:
                assert back[row][column] == cell
    assert len(book.get_sheet_by_index(0).to_python()) == max(len(problems), 1) + 1


@pytest.mark.outside
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_works_nothing_out(words: Words, tmp_path: Path) -> None:
    path = tmp_path / "marked.xlsx"
    path.write_bytes(marked_workbook([HEADED], [Problem("off_scale", "a.xlsx[One]", 3, "Answer", "maybe")], words))
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", as_csv, "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "marked-One.csv").read_text("utf-8").splitlines()[1:3] == [
        "Question,Answer,Remark",
        "T1.a,maybe,=1+1",
    ]
