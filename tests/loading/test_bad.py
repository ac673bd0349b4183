"""What is said about a broken file? `tests/bad` has one file per mistake, each with the sentences it should give.

Sheets and Parquet files are made here, by name; their sentences are in `tests/bad` like the others. A file that is odd
but valid gives none: its `.txt` is empty.
"""

import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from dashboard.loading.frameworks import read_library
from dashboard.loading.staging import make_staging
from dashboard.loading.table_files import stage
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words
from dashboard.store.publishing.publish import check
from tests.conftest import TINY, TODAY, rest_thorough

BAD = Path(__file__).parents[1] / "bad"
HEAD = ("round", "operation", "criterion", "status", "evidence", "answered_on")
ROW = ("R2", "a-op", "T1.a", "yes", "seen", "2025-03-01")
Sheet = list[tuple[object, ...]]


def book(path: Path, sheets: dict[str, Sheet], after: Callable[[xlsxwriter.Workbook], object] = id) -> None:
    """A workbook of sheets, one value per cell; dates become date cells."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell)
                    else:
                        sheet.write(number, column, cell)
        after(workbook)


def merged(workbook: xlsxwriter.Workbook) -> None:
    workbook.worksheets()[0].merge_range("A3:A4", "R2")


def blank_but_coloured(workbook: xlsxwriter.Workbook) -> None:
    colour = workbook.add_format({"bg_color": "yellow"})
    for row in (2, 3, 5, 6):
        for column in range(len(HEAD)):
            workbook.worksheets()[0].write_blank(row, column, None, colour)
    workbook.add_chartsheet("Chart")


def formula(workbook: xlsxwriter.Workbook) -> None:
    # The calculated result is used; the text of a formula is not a value.
    workbook.worksheets()[0].write_formula(1, 3, '="y"&"es"', None, "yes")
    workbook.worksheets()[0].write_string(2, 3, "=D2")


def parquet(path: Path) -> None:
    table = pa.table({name: [value] for name, value in zip(HEAD[:5], ROW[:5], strict=True)})
    pq.write_table(table.append_column("answered_on", [[datetime(2025, 3, 1)]]), path)


def cut(path: Path, make: Callable[[Path], object]) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def noise(path: Path) -> None:
    path.write_bytes(Random(1).randbytes(2000))


def begins(start: bytes) -> Callable[[Path], object]:
    """A file of some kind that only begins like a real one."""
    return lambda path: path.write_bytes(start + Random(1).randbytes(2000))


def older(part: str) -> Callable[[Path], object]:
    """An Office file from before 2007, or an encrypted one of today; with a part of this name."""
    return begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + part.encode("utf-16-le"))


def packed(*names: str) -> Callable[[Path], object]:
    def made(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, "<x/>")

    return made


def table_text(path: Path) -> None:
    path.write_text("\n".join(",".join(map(str, row)) for row in (HEAD, ROW)), "utf-8")


WRONG: Sheet = [("colour", "size"), ("red", 3)]
MADE: dict[str, Callable[[Path], object]] = {
    "merged_cells.xlsx": lambda path: book(path, {"Answers": [HEAD, ROW, ROW, ROW]}, merged),
    "wrong_sheet.xlsx": lambda path: book(path, {"Toys": WRONG}),
    "right_sheet_among_others_good.xlsx": lambda path: book(
        path, {"Read me": [("How to fill this in",)], "Answers": [HEAD, ROW], "Toys": WRONG}
    ),
    "misspelt_sheet_beside_another.xlsx": lambda path: book(
        path, {"Answers": [HEAD, ROW], "More": [("round", "operation", "criterium", "status"), ROW[:4]]}
    ),
    "formula_good.xlsx": lambda path: book(path, {"Answers": [HEAD, ROW, ROW]}, formula),
    "dates_good.xlsx": lambda path: book(path, {"Answers": [HEAD, (*ROW[:5], date(2025, 3, 1))]}),
    "blank_rows_good.xlsx": lambda path: book(path, {"Answers": [HEAD, ROW, (), (), ROW]}, blank_but_coloured),
    "no_cells.xlsx": lambda path: book(path, {"Answers": []}),
    "head_alone.xlsx": lambda path: book(path, {"Answers": [HEAD]}),
    "cut_off_xlsx.xlsx": lambda path: cut(path, MADE["dates_good.xlsx"]),
    "noise_xlsx.xlsx": noise,
    "picture.png": begins(b"\x89PNG\r\n\x1a\n"),
    "picture_inside.xlsx": begins(b"\x89PNG\r\n\x1a\n"),
    "photo.heic": begins(b"\0\0\0\x18ftypheic"),
    "pdf_inside.csv": begins(b"%PDF-1.7\n"),
    "password.xlsx": older("EncryptedPackage"),
    "older_workbook_inside.xlsx": older("Workbook"),
    "cut_off_xls.xls": older("Workbook"),
    "older_document.doc": older("WordDocument"),
    "opendocument_inside.csv": packed("content.xml"),
    "opendocument_text.ods": packed("mimetype", "content.xml"),
    "document.docx": packed("[Content_Types].xml", "word/document.xml"),
    "archive.zip": packed("answers.csv"),
    "text_inside.xlsx": table_text,
    "workbook_inside.csv": lambda path: book(path, {"Answers": [HEAD, ROW]}),
    "parquet_inside.csv": parquet,
    "good_parquet.parquet": parquet,
    "cut_off_parquet.parquet": lambda path: cut(path, parquet),
    "noise_parquet.parquet": noise,
}
FILES = sorted({path.name for path in BAD.iterdir() if path.suffix != ".txt"} | MADE.keys())
SOME = FILES[::4]
"""Those whose sentences are looked at in `make test` too."""


def problems_of(name: str, folder: Path) -> list[Problem]:
    """The problems of the file with this name, placed in an empty folder."""
    if name.startswith("tour_"):
        return tour_problems(name, folder)
    if name.endswith(".yaml"):
        root = folder / "frameworks"
        shutil.copytree(TINY / "frameworks" / "shared", root / "shared")
        (root / "toy").mkdir()
        shutil.copyfile(BAD / name, root / "toy" / "framework.yaml")
        return read_library([root])[1]
    path = folder / name
    if name in MADE:
        MADE[name](path)
    else:
        shutil.copyfile(BAD / name, path)
    with duckdb.connect() as connection:
        make_staging(connection)
        return stage(connection, path, name)[1]


def tour_problems(name: str, folder: Path) -> list[Problem]:
    """The problems of a tour beside the toy group, whose codes it uses."""
    group = Path(shutil.copytree(TINY, folder / "toys"))
    (group / "frameworks" / "tours").mkdir()
    shutil.copyfile(BAD / name, group / "frameworks" / "tours" / name)
    return list(check(folder / "store", [group], TODAY))


@pytest.mark.parametrize("name", rest_thorough(SOME + [name for name in FILES if name not in SOME], now=len(SOME)))
def test_a_broken_file_earns_its_sentences(name: str, tmp_path: Path, words: Words) -> None:
    said = "".join(f"{sentence(problem, words)}\n" for problem in problems_of(name, tmp_path))
    assert said == (BAD / name).with_suffix(".txt").read_text("utf-8")


def test_every_file_has_its_sentences_and_every_sentence_its_file() -> None:
    stems = [Path(name).stem for name in FILES]
    assert len(stems) == len(set(stems))
    assert set(stems) == {path.stem for path in BAD.glob("*.txt")}


@pytest.mark.parametrize("name", [name for name in FILES if "good" in name])
def test_an_odd_but_good_file_gives_its_rows(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name in MADE:
        MADE[name](path)
    else:
        shutil.copyfile(BAD / name, path)
    with duckdb.connect() as connection:
        make_staging(connection)
        staged, _ = stage(connection, path, name)
        assert [table.kind for table in staged] == ["answers"]
        found = connection.execute(
            "SELECT round, operation, criterion, status, CAST(answered_on AS DATE) FROM staged_answers LIMIT 1"
        ).fetchall()
    assert found[0][:4] == ROW[:4]
    assert found[0][4] in (None, date(2025, 3, 1))


def test_a_row_below_blank_ones_is_told_by_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    row = ",".join(map(str, ROW))
    path.write_text("\n".join([",".join(HEAD), row, "", row, "", "", row, ""]), "utf-8")
    with duckdb.connect() as connection:
        make_staging(connection)
        (table,), _ = stage(connection, path, path.name)
    assert [table.row(table.first + n) for n in range(table.rows)] == [2, 4, 7]


def test_a_refused_file_adds_no_row(tmp_path: Path) -> None:
    refused = 0
    for name in FILES:
        if name.endswith(".yaml"):
            continue
        path = tmp_path / name
        MADE[name](path) if name in MADE else shutil.copyfile(BAD / name, path)
        with duckdb.connect() as connection:
            make_staging(connection)
            staged, problems = stage(connection, path, name)
            if any(problem.weight is Weight.FILE for problem in problems):
                refused += 1
                assert staged == []
    assert refused > 10


def test_names_with_signs_of_a_pattern_are_names(tmp_path: Path) -> None:
    # A browser names the second copy of a download `answers[1].csv`; `answers1.csv` beside it is another file.
    head = ",".join(HEAD[:4])
    (tmp_path / "a1.csv").write_text(f"{head}\nwrong,wrong,wrong,wrong\n")
    (tmp_path / "a[1].csv").write_text(f"{head}\n{','.join(ROW[:4])}\n")
    with duckdb.connect() as connection:
        make_staging(connection)
        stage(connection, tmp_path / "a[1].csv", "a[1].csv")
        assert connection.execute("SELECT round FROM staged_answers").fetchall() == [("R2",)]


def test_beyond_a_thousand_torn_rows_they_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "torn.csv"
    path.write_text(f"{','.join(HEAD[:4])}\n" + "R2,a-op\n" * 1500 + f"{','.join(ROW[:4])}\n")
    with duckdb.connect() as connection:
        make_staging(connection)
        (staged,), problems = stage(connection, path, "torn.csv")
    assert len(problems) == 1001
    assert (problems[-1].kind, problems[-1].value) == ("and_more", "500")
    assert staged.row(staged.first) == 1502


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(40))
def test_a_sheet_with_flipped_bytes_is_reported_and_never_raises(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "flipped.xlsx"
    MADE["dates_good.xlsx"](path)
    chance, content = Random(seed), bytearray(path.read_bytes())
    for _ in range(12):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(bytes(content))
    with duckdb.connect() as connection:
        make_staging(connection)
        staged, problems = stage(connection, path, "flipped.xlsx")
    assert staged or problems
