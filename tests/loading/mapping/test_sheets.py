"""Are the sheets of other people's files found, however they were saved?"""

from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from dashboard.loading.mapping.sheet_files import every_grid, read_grids
from dashboard.model.problem import Problem
from dashboard.model.sheet_cells import SheetGrid
from tests.loading.foreign import write_book, write_csv

ROWS = [["Título", ""], ["País", "Respuesta"], ["Chad", "Sí, en parte"]]


def read(path: Path) -> tuple[SheetGrid, ...]:
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem), grids
    return grids


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_text_file_is_read_in_any_encoding_and_with_any_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    (grid,) = read(write_csv(tmp_path / "a.csv", ROWS, delimiter, encoding))
    assert (grid.place, grid.title) == ("a.csv", "")
    assert [list(row) for row in grid.texts] == ROWS


def test_titles_with_commas_do_not_decide_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Ghana, Chad, Bolivia, all, of, them\nA;B\n1;2\n3;4\n")
    assert read(path)[0].texts[2] == ("1", "2")


def test_a_cell_with_line_breaks_is_one_cell(tmp_path: Path) -> None:
    (grid,) = read(write_csv(tmp_path / "a.csv", [["A", "B"], ["one\ntwo\u2028three", "x"]]))
    assert [row[1] for row in grid.texts] == ["B", "x"]


def test_a_workbook_gives_every_sheet_with_its_own_kinds_of_cells(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"One": [["A", "B"], [1, date(2025, 4, 3)], [2.5, True]], "Empty": []})
    (grid,) = read(path)
    assert (grid.place, grid.title) == ("a.xlsx[One]", "One")
    assert grid.texts == (("A", "B"), ("1", "2025-04-03"), ("2.5", "TRUE"))
    assert grid.cells[1] == (1.0, date(2025, 4, 3))
    every = every_grid(path, path.name)
    assert not isinstance(every, Problem)
    assert [grid.title for grid in every] == ["One", "Empty"]


def test_a_cell_merged_down_was_said_of_each_row(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet("One")
        page.write_row(0, 0, ["Country", "Q", "A"])
        page.merge_range(1, 0, 2, 0, "Ghana")
        page.merge_range(3, 0, 3, 2, "A title across")
        page.write_row(1, 1, ["1", "yes"])
        page.write_row(2, 1, ["2", "no"])
    (grid,) = read(tmp_path / "a.xlsx")
    assert [row[0] for row in grid.texts] == ["Country", "Ghana", "Ghana", "A title across"]
    assert grid.texts[3] == ("A title across", "", "")
    assert grid.cells[2][0] == ""


def test_a_parquet_file_has_its_columns_as_header(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT 'Chad' AS \"País\", 3 AS n, NULL AS x) TO '{path}'")
    assert read(path)[0].texts == (("País", "n", "x"), ("Chad", "3", ""))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.numbers", b"x", "format"),
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\n,,\n", "empty_file"),
        ("a.xlsx", b"no book", "text_inside"),
        ("a.parquet", b"no table", "text_inside"),
        ("a.csv", b'a,"' + b"x" * 200_000 + b'"\n1,2\n', "unreadable"),
    ],
)
def test_what_cannot_be_read_is_reported(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = read_grids(tmp_path / name, name)
    assert isinstance(found, Problem)
    assert found.kind == kind


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    found = read_grids(tmp_path / "none.csv", "none.csv")
    assert isinstance(found, Problem)
    assert found.kind == "unreadable"
