"""Are texts that look like formulas exported without harm, and read back unchanged?"""

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from dashboard.loading.staging import make_staging
from dashboard.loading.table_files import stage
from dashboard.model.records import RECORDS, as_csv
from dashboard.model.sheet_cells import BLANKS, guarded, unguarded
from tests.conftest import most

BELOW_ZERO = re.compile(r"-[0-9]+(\.[0-9]+)?")
SIGNS = "=+-@\t\r\n＝＋－＠−"
LISTED = RECORDS["actions"]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*SIGNS, "'", "''", " ", "\u00a0", '"', ",", ";", "-5", "=1+1", "\r\n", "x"]),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
    ),
    max_size=4,
).map("".join)


def staged(path: Path, column: str) -> list[str | None]:
    """What the loader reads in one column of a file, row by row."""
    with duckdb.connect() as connection:
        make_staging(connection)
        tables, problems = stage(connection, path, path.name)
        assert ([table.kind for table in tables], problems) == ([LISTED.form], [])
        return [
            text
            for (text,) in connection.execute(
                f"SELECT {column} FROM staged_{LISTED.form} ORDER BY rowid"  # noqa: S608
            ).fetchall()
        ]


def row(text: str) -> dict[str, str]:
    return {
        "action": "A-1",
        "operation": "a-op",
        "text": "x",
        "owner_role": text,
        "due_on": "2026-01-01",
        "reason": text,
    }


def alone(text: str) -> str | None:
    """A text as the loader stores it."""
    return text.strip(BLANKS) or None


@settings(max_examples=most(60))
@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "'=1", "''=1", " =1", "' =1", "'tis", "-5", "'-5", "- 5"])
def test_what_is_exported_as_csv_reads_back_the_same_and_begins_with_no_sign(texts: list[str]) -> None:
    written = as_csv(LISTED, map(row, texts))
    for cells in list(csv.reader(StringIO(written, newline="")))[1:]:
        for cell in cells:
            assert cell[:1] not in [*SIGNS] or BELOW_ZERO.fullmatch(cell), cell
    with TemporaryDirectory() as folder:
        path = Path(folder) / "actions.csv"
        path.write_text("\ufeff" + written, "utf-8", newline="")
        assert staged(path, "reason") == [alone(text) for text in texts]


@settings(max_examples=most(30))
@given(st.lists(TEXTS.filter(lambda text: text.isprintable()), min_size=1, max_size=5))
@example(["=1+1", "'=1", "''=1", "{=1}", "-5", "http://example.org"])
def test_what_was_exported_and_saved_as_a_workbook_reads_back_the_same(texts: list[str]) -> None:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([{name: name for name in row("")}, *map(row, texts)]):
            for position, cell in enumerate(cells.values()):
                sheet.write_string(number, position, guarded(cell))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "actions.xlsx"
        path.write_bytes(stream.getvalue())
        assert staged(path, "reason") == [text.strip() or None for text in texts]


def test_a_guard_is_taken_away_in_every_format(tmp_path: Path) -> None:
    cells = {name: [f"'{text}" if name == "reason" else text] for name, text in row("=1+1").items()}
    parquet.write_table(pa.table(cells), tmp_path / "a.parquet")
    assert staged(tmp_path / "a.parquet", "reason") == ["=1+1"]


@given(TEXTS)
def test_a_guard_taken_away_leaves_the_text(text: str) -> None:
    assert unguarded(guarded(text)) == text.strip(BLANKS)


@pytest.mark.parametrize("number", ["-5", "-0.5", "-12.75", "5", "1e3"])
def test_a_number_stays_a_number(number: str) -> None:
    assert guarded(number) == number


@pytest.mark.parametrize("text", ["-5+3", "-A1", "+5", "-", "-5\n", "--5", "-.5", "-5;", "-\u0665"])
def test_what_only_begins_like_a_number_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"
