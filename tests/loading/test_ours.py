"""Is a table with our headings loaded as it is only if its words are ours too?"""

import csv
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dashboard.loading.mapping.sheet_files import goes_as_it_is, is_ours, read_grids
from dashboard.model.mapping import Names
from dashboard.model.problem import Problem
from dashboard.model.sheet_cells import SheetGrid
from dashboard.store.published_codes import names_of
from dashboard.store.reader import Published
from tests.conftest import ROOT
from tests.loading.foreign import Rows, guessed, write_book, write_csv
from tests.standards import as_sheets, shipped, write_sheets

HEADINGS = ["Operation", "Round", "Criterion", "Status"]
OURS = ["gha-op", "2025", "CRBP-02.a", "implemented"]
DATED = [*HEADINGS, "answered_on"]


@pytest.fixture(scope="module")
def names(published: Published) -> Names:
    return names_of(published)


def read(path: Path) -> tuple[SheetGrid, ...]:
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem), grids
    return grids


def in_every_format(folder: Path, names: Names, rows: Rows) -> set[bool]:
    """Whether a table goes as it is, asked of each format it may be saved in."""
    text = write_csv(folder / "a.csv", rows)
    duckdb.sql(f"COPY (FROM read_csv('{text}', all_varchar = true, header = true)) TO '{folder / 'a.parquet'}'")
    book = write_book(folder / "a.xlsx", {"One": rows})
    assert not goes_as_it_is(book, names), "no more than its beginning is looked at"
    return {goes_as_it_is(text, names), goes_as_it_is(folder / "a.parquet", names), is_ours(read(book), names)}


@pytest.mark.parametrize(
    "rows",
    [
        [HEADINGS, OURS],
        [HEADINGS, OURS, ["tcd-op", " 2024 ", "CRBP-02.b", "unanswered"]],
        # The checks report unknown codes: another file of the same load may add them.
        [HEADINGS, ["new-op", "2031", "CRBP-99.z", "partly"]],
        [DATED, [*OURS, "2025-04-03"], [*OURS, "whenever"]],
        [["country", "title", "region"], ["Ghana", "Ghana", "Africa"]],
    ],
)
def test_a_table_in_our_words_goes_as_it_is(tmp_path: Path, names: Names, rows: Rows) -> None:
    assert in_every_format(tmp_path, names, rows) == {True}


@pytest.mark.parametrize(
    "rows",
    [
        [HEADINGS, OURS, ["gha-op", "2025", "CRBP-02.a", "Yes"]],
        [HEADINGS, ["gha-op", "2025", "CRBP-02.a", "Implemented"]],
        [HEADINGS, ["gha-op", "2025", "CRBP-02.a", "whatever"]],
        [HEADINGS, ["Savandina Ghana", "2025", "CRBP-02.a", "implemented"]],
        [HEADINGS, ["Ghana", "2025", "CRBP-02.a", "implemented"]],
        [HEADINGS, ["gha-op", "Round 2025", "CRBP-02.a", "implemented"]],
        [HEADINGS, ["gha-op", "2025", "crbp-02.A", "implemented"]],
        [DATED, [*OURS, "3 April 2025"]],
    ],
)
def test_a_table_in_other_words_is_mapped(tmp_path: Path, names: Names, rows: Rows) -> None:
    assert in_every_format(tmp_path, names, rows) == {False}


def test_titles_in_any_case_need_no_check(tmp_path: Path, names: Names) -> None:
    rows = [HEADINGS, ["savandina GHANA", "Round 2025", "crbp-02.A", "Partly"], ["gha-op", "2025", "CRBP-02.b", "No"]]
    guess = guessed(write_csv(tmp_path / "a.csv", rows), names)
    assert not guess.doubtful
    assert guess.mapping.columns == {heading.lower(): heading for heading in HEADINGS}
    assert guess.mapping.values == {
        "round": {"Round 2025": "2025"},
        "operation": {"savandina GHANA": "gha-op"},
        "criterion": {"crbp-02.A": "CRBP-02.a"},
        "status": {"Partly": "partly", "No": "not_implemented"},
    }


def test_our_headings_are_trusted(tmp_path: Path, names: Names) -> None:
    rows = [[*HEADINGS, "Answer", "Comments"], *([*OURS[:3], f"word {n}", "yes", "x"] for n in range(9))]
    guess = guessed(write_csv(tmp_path / "a.csv", rows), names)
    assert guess.mapping.columns["status"] == "Status"
    assert guess.mapping.columns["note"] == "Comments"
    assert guess.left == ("Answer",)


@pytest.mark.parametrize("file", ["answers/2025.csv", "ratings/risks.csv", "ratings/opportunities.csv", "actions.csv"])
def test_the_sample_goes_as_it_is(names: Names, file: str) -> None:
    assert goes_as_it_is(ROOT / "data" / file, names)


def test_a_former_id_is_ours(tmp_path: Path, names: Names) -> None:
    former = replace(names, former={"criterion": frozenset({"OLD-2a"})})
    assert not goes_as_it_is(write_csv(tmp_path / "b.csv", [HEADINGS, ["gha-op", "2025", "OLD-2a", "Yes"]]), former)
    assert goes_as_it_is(write_csv(tmp_path / "a.csv", [HEADINGS, ["gha-op", "2025", "OLD-2a", "unanswered"]]), former)


def test_where_nothing_is_published_our_headings_are_enough(tmp_path: Path) -> None:
    assert goes_as_it_is(write_csv(tmp_path / "a.csv", [HEADINGS, ["a", "b", "c", "Yes"]]), Names())


def test_unreadable_rows_below_our_headings_are_reported_on_loading(tmp_path: Path, names: Names) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfRound;Operation;Criterion;Status\n\xff\xfe")
    assert goes_as_it_is(tmp_path / "a.csv", names)
    wide = "x" * (csv.field_size_limit() + 1)
    (tmp_path / "b.csv").write_text(f'round,operation,criterion,status\n2025,gha-op,x,"{wide}"\n')
    assert goes_as_it_is(tmp_path / "b.csv", names)


@pytest.mark.parametrize(
    ("name", "content"),
    [("b.csv", b"a,b\n"), ("b.parquet", b"x"), ("b.xlsx", b"x"), ("c.csv", b"\xff\xfea"), ("d.csv", b"")],
)
def test_a_file_without_our_headings_is_mapped(tmp_path: Path, names: Names, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert not goes_as_it_is(tmp_path / name, names)
    assert not goes_as_it_is(tmp_path / "none.csv", names)


def test_a_workbook_of_several_of_our_tables_goes_as_it_is(tmp_path: Path, names: Names) -> None:
    sheets = {"One": [HEADINGS, [*OURS[:3], "Yes"]], "Two": [["country", "title", "region"], ["XXX", "X", ""]]}
    assert is_ours(read(write_book(tmp_path / "a.xlsx", sheets)), names)
    assert not is_ours(
        read(write_book(tmp_path / "a.xlsx", {"One": sheets["One"], "Read me": [["Hello", "you"]]})), names
    )
    assert is_ours(read(write_sheets(tmp_path / "toy.xlsx", as_sheets(shipped("toy")))), names)
