"""Are figures exported with their marks, and without anything that a spreadsheet would calculate?"""

import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from dashboard.exports.figures_file import (
    MOST_ROWS,
    FigureColumn,
    FiguresPage,
    FiguresTable,
    write_csv,
    write_json,
    write_parquet,
    write_xlsx,
)
from dashboard.exports.table_workbook import rows_of, write_workbook
from dashboard.model.problem import Problem
from dashboard.model.view_state import OF_FIGURES
from dashboard.model.words import Words

ROWS = pa.table({"text": ["=1+1", "@a", None], "percent": [-4.5, 30.0, None], "codes": [["a", "b"], [], None]})


def made(write: Callable[..., object], *given: Any) -> bytes:
    """The file that is written."""
    with TemporaryDirectory() as folder:
        figures, words, *more = given
        write(figures, words, Path(folder) / "file", *more)
        return (Path(folder) / "file").read_bytes()


def columns_of(rows: pa.Table) -> tuple[FigureColumn, ...]:
    """A meaning for each column."""
    return tuple(FigureColumn(name, "text", "code", f"What {name} means.") for name in rows.column_names)


FIGURES = FiguresTable(
    "heatmap", "heatmap", 7, date(2025, 3, 1), date(2025, 4, 2), True, False, {"country": "GHA,COL", "lang": "en"},
    frozenset({"country"}), {"GHA": "Ghana"},
    (Problem("unknown_code", "link", None, "round", "=2", hint="2025"),),
    columns_of(ROWS), ROWS, approval="not approved",
)  # fmt: skip


def test_a_csv_file_guards_what_looks_like_a_formula_and_ends_each_row_with_its_marks(words: Words) -> None:
    header, first, second, third, end = made(write_csv, FIGURES, words).decode("utf-8-sig").split("\r\n")
    assert (
        header == "text,percent,codes,about_illustrative,about_publication,about_choice,about_problems,about_approval"
    )
    marks = (
        'True,7,"country=GHA,COL&lang=en",'
        '"link, round: “=2” does not exist here, so it was left out. Did you mean 2025?",not approved'
    )
    assert [first, second] == [f"'=1+1,-4.5,a; b,{marks}", f"'@a,30,,{marks}"]
    assert third == f",,,{marks}"
    assert end == ""


def test_json_keeps_texts_as_they_are_and_nothing_as_null(words: Words) -> None:
    found = json.loads(made(write_json, FIGURES, words))
    assert found["rows"][0] == {"text": "=1+1", "percent": -4.5, "codes": ["a", "b"]}
    assert found["rows"][2] == {"text": None, "percent": None, "codes": None}
    assert found["choice"] == {"country": ["GHA", "COL"], "lang": "en"}
    assert (found["problems"][0]["field"], found["problems"][0]["nearest"]) == ("round", "2025")


def test_a_parquet_file_says_unit_and_meaning_of_each_column(words: Words) -> None:
    table = pq.read_table(BytesIO(made(write_parquet, FIGURES, words)))
    assert table.to_pylist() == ROWS.to_pylist()
    assert table.schema.field("codes").metadata[b"meaning"] == b"What codes means."
    assert json.loads(table.schema.metadata[b"about"])["publication"] == 7


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of each sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_keeps_texts_as_texts_numbers_as_numbers_and_nothing_empty(words: Words) -> None:
    rows = ROWS.append_column("on", pa.array([date(2025, 1, 31), None, None]))
    rows = rows.append_column("so", pa.array([True, False, None]))
    content = made(write_xlsx, FiguresTable(**{**vars(FIGURES), "rows": rows, "columns": columns_of(rows)}), words)
    cells = sheets_of(content)[words("xlsx.rows")]
    assert cells == [
        ["text", "percent", "codes", "on", "so"],
        ["=1+1", -4.5, "a; b", date(2025, 1, 31), True],
        ["@a", 30.0, "", "", False],
    ]
    with ZipFile(BytesIO(content)) as file:
        assert "<f>" not in file.read("xl/worksheets/sheet1.xml").decode(), "nothing is worked out"


def test_a_workbook_says_marks_choice_publication_day_and_what_each_column_means(words: Words) -> None:
    about = sheets_of(made(write_xlsx, FIGURES, words))[words("xlsx.about")]
    lines = [tuple(cell for cell in line if cell) for line in about]
    for line in (
        (words("table.heatmap"),),
        (words("shell.illustrative"),),
        (words("filter.country"), "Ghana (GHA); COL"),
        (words("xlsx.published"), "Publication 7, 1 Mar 2025"),
        (words("xlsx.made"), "2 Apr 2025"),
        ("percent", "What percent means.", "code"),
    ):
        assert line in lines
    assert any("“=2” does not exist here" in line[0] for line in lines if line)
    assert (words("safe.label"),) not in lines


@pytest.mark.parametrize("name", OF_FIGURES)
def test_every_field_of_a_choice_has_a_name_and_its_codes_keep_their_own_titles(name: str, words: Words) -> None:
    chosen = FiguresTable(**{**vars(FIGURES), "choice": {name: "respect"}, "titles": {"respect": "A setting"}})
    (line,) = [
        line for line in sheets_of(made(write_xlsx, chosen, words))[words("xlsx.about")] if "(respect)" in line[1]
    ]
    assert line[0] not in ("", name)
    assert line[1] == ("Respect (respect)" if name == "kind" else "A setting (respect)")


def test_a_workbook_prints_on_pages_that_are_wide_enough_and_say_what_it_is(words: Words) -> None:
    with ZipFile(BytesIO(made(write_xlsx, FIGURES, words))) as file:
        for sheet in ("sheet1", "sheet2"):
            text = file.read(f"xl/worksheets/{sheet}.xml").decode()
            assert 'fitToHeight="0"' in text
            assert words("shell.illustrative") in text.partition("<oddFooter>")[2]
        assert "Print_Titles" in file.read("xl/workbook.xml").decode()


def test_long_texts_wrap_and_numbers_show_two_decimals_where_any_has_one(words: Words) -> None:
    rows = pa.table({"text": ["x" * 400, "b"], "whole": [1.0, 20.0], "part": [0.5, 65.384615]})
    content = made(write_xlsx, FiguresTable(**{**vars(FIGURES), "rows": rows, "columns": columns_of(rows)}), words)
    with ZipFile(BytesIO(content)) as file:
        sheet, styles = (file.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    forms = re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])
    text, whole, part = (forms[int(found)] for found in re.findall(r'<c r="[ABC]3" s="(\d+)"', sheet))
    assert 'formatCode="0.00"' in styles
    assert "applyNumberFormat" in part
    assert "applyNumberFormat" not in whole + text
    assert 'wrapText="1"' in styles
    assert float(re.findall(r'<col min="1" max="1" width="([\d.]+)"', sheet)[0]) < 50
    assert all(said in sheet for said in ('state="frozen"', '<autoFilter ref="A1:C3"'))


def test_a_table_without_rows_keeps_its_columns(words: Words) -> None:
    empty = FiguresTable(**{**vars(FIGURES), "rows": ROWS.slice(0, 0)})
    assert made(write_csv, empty, words).decode("utf-8-sig").count("\r\n") == 1
    assert json.loads(made(write_json, empty, words))["rows"] == []
    assert sheets_of(made(write_xlsx, empty, words))[words("xlsx.rows")] == [ROWS.column_names]


MANY = pa.table({"n": pa.array(range(1, 24), pa.int64()), "text": [f"row {n}" for n in range(1, 24)]})


class InSevens:
    """Rows that are read a few at a time, as those of a large group are."""

    schema = MANY.schema

    def to_batches(self, max_chunksize: int) -> list[pa.RecordBatch]:
        return MANY.to_batches(7)  # type: ignore[no-any-return]


IN_SEVENS = FiguresTable(**{**vars(FIGURES), "rows": InSevens(), "columns": columns_of(MANY)})


def test_each_format_holds_every_part_of_the_rows(words: Words) -> None:
    every = MANY.to_pylist()
    assert json.loads(made(write_json, IN_SEVENS, words))["rows"] == every
    lines = made(write_csv, IN_SEVENS, words).decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == [str(row["n"]) for row in every]
    assert pq.read_table(BytesIO(made(write_parquet, IN_SEVENS, words))).to_pylist() == every
    cells = sheets_of(made(write_xlsx, IN_SEVENS, words))[words("xlsx.rows")]
    assert cells == [["n", "text"], *(list(row.values()) for row in every)]


@pytest.mark.parametrize("most", [1, 6, 7, 8, 22, 23, 24])
def test_the_pages_of_a_json_response_fit_together(most: int, words: Words) -> None:
    rows, first = [], 1
    while first:
        page = FiguresPage(lambda row: f"/api/heatmap?from_row={row}", first, most)
        found = json.loads(made(write_json, IN_SEVENS, words, page))
        assert found["n_rows"] == 23
        assert 0 < len(found["rows"]) <= most
        rows += found["rows"]
        first = int(found["next"].rpartition("=")[2]) if found["next"] else 0
    assert rows == MANY.to_pylist()


def test_a_json_response_has_fifty_thousand_rows_unless_the_whole_is_wanted(words: Words) -> None:
    rows = pa.table({"n": pa.array(range(MOST_ROWS + 1), pa.int64())})
    many = FiguresTable(**{**vars(FIGURES), "rows": rows, "columns": columns_of(rows)})
    first, last = (
        json.loads(made(write_json, many, words, FiguresPage(str, *start))) for start in ((), (MOST_ROWS + 1,))
    )
    assert (len(first["rows"]), first["next"], first["n_rows"]) == (50_000, "50001", 50_001)
    assert (last["rows"], last["next"]) == ([{"n": 50_000}], None)
    whole = json.loads(made(write_json, many, words))
    assert (len(whole["rows"]), whole["next"]) == (50_001, None)


def test_rows_that_do_not_fit_into_a_sheet_are_in_the_next(words: Words, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "rows.xlsx", ("Rows", "About"), MANY.schema, rows_of(MANY.to_batches(7)), [("Title",)], most=10
    )
    sheets = sheets_of((tmp_path / "rows.xlsx").read_bytes())
    assert list(sheets) == ["Rows", "Rows 2", "Rows 3", "About"]
    heads, rows = {tuple(cells[0]) for cells in list(sheets.values())[:3]}, [*sheets.values()][:3]
    assert heads == {("n", "text")}
    assert [row[0] for cells in rows for row in cells[1:]] == list(range(1, 24))


def test_a_day_is_a_day_even_where_the_first_rows_have_none(words: Words) -> None:
    rows = pa.table({"on": pa.array([*[None] * 10_000, date(2025, 1, 31)], pa.date32())})
    many = FiguresTable(**{**vars(FIGURES), "rows": rows, "columns": columns_of(rows)})
    assert sheets_of(made(write_xlsx, many, words))[words("xlsx.rows")][-1] == [date(2025, 1, 31)]
