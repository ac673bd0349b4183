"""Does everything imported, however broken, end in sentences and leave what is published unchanged?"""

import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import csv, parquet

from dashboard.loading.staging import make_staging
from dashboard.loading.table_files import stage
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words
from dashboard.store.history import history
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from tests.conftest import TODAY, WRITER, copy_of, most, some_of
from tests.store.publishing.test_publish import EVERY_ANSWER, asked

TIMES = most(1000)
FORMATS = ("csv", "xlsx", "parquet")
TABLE = b"""round,operation,criterion,status,evidence,note,answered_by_role,answered_on,na_reason
R1,toy-hq,T1.a,yes,seen,,Board secretary,2024-02-01,
R1,a-op,T1.b,mostly,none,"said, ""so"" twice",Shop manager,2024-02-02,
R2,a-op,T1.b,na,none,,Shop manager,2025-02-02,The shop lends nothing.
R2,b-op,T2.a,no,self_declared,caf\xc3\xa9,Shop manager,2025-02-03,
"""
ODD = [
    b"",
    b"\0",
    b"\n",
    b'"',
    b",",
    b"=1+1",
    b"\xff",
    b"\xef\xbb\xbf",
    b"'",
    b"9" * 40,
    b"-",
    b"R2",
    b"\r",
    b"<",
    b"2025-13",
]
BEGINS = [b"", b"PK\x03\x04", b"PAR1", b"round,operation,criterion,status\n", b"\xef\xbb\xbf", b"\xff\xfe"]
ENDS = [b"", b"PAR1", b"PK\x05\x06" + b"\0" * 18]
CELLS = [1e308, float("nan"), True, "=1/0", "=A1", "'=x", "\t", "x" * 9000, -5, 45000.5, None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound table in every format."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "x.csv").write_bytes(TABLE)
    days = csv.ConvertOptions(column_types={"answered_on": pa.string()})
    table = csv.read_csv(folder / "x.csv", convert_options=days)
    parquet.write_table(table, folder / "x.parquet")
    with xlsxwriter.Workbook(folder / "x.xlsx") as book:
        sheet = book.add_worksheet("Answers")
        for number, row in enumerate([table.column_names, *(list(row.values()) for row in table.to_pylist())]):
            for position, cell in enumerate(row):
                sheet.write_string(number, position, str(cell or ""))
    return {suffix: (folder / f"x.{suffix}").read_bytes() for suffix in FORMATS}


@pytest.fixture
def door() -> Iterator[duckdb.DuckDBPyConnection]:
    """Where files are staged, one after the other."""
    with duckdb.connect() as connection:
        make_staging(connection)
        yield connection


def mutated(chance: random.Random, content: bytes) -> bytes:
    """A few bytes changed, removed, inserted or doubled, or the end cut off."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(made) + 1), chance.randint(1, 12)
        match chance.randrange(6):
            case 0:
                made[at : at + length] = chance.randbytes(length)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = chance.choice(ODD)
            case 3:
                made[at:at] = made[at : at + 20 * length]
            case 4:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                del made[at + chance.randrange(len(made) + 1) :]
    return bytes(made)


def odd_workbook(chance: random.Random, path: Path) -> bytes:
    """A valid workbook with cells of any kind anywhere."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": True, "nan_inf_to_errors": True}) as book:
        for title in chance.sample(["Answers", "Notes", "=x", "A B", "é"], chance.randint(1, 3)):
            sheet = book.add_worksheet(title)
            for number, line in enumerate(TABLE.decode().splitlines()):
                for position, cell in enumerate(line.split(",")):
                    odd = chance.choice(CELLS)
                    sheet.write(number, position, odd if number and chance.random() < 0.1 else cell)
    return path.read_bytes()


def random_bytes(chance: random.Random) -> bytes:
    return chance.choice(BEGINS) + chance.randbytes(chance.choice([0, 1, 7, 100, 3000])) + chance.choice(ENDS)


def handed_in(sound: dict[str, bytes], folder: Path) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(20)
    for number in range(TIMES):
        yield FORMATS[number % 3], random_bytes(chance)
    for number in range(TIMES):
        suffix = FORMATS[number % 3]
        if suffix == "xlsx" and number % 2:
            yield suffix, odd_workbook(chance, folder / "made.xlsx")
        else:
            yield suffix, mutated(chance, sound[suffix])


def staged(door: duckdb.DuckDBPyConnection, path: Path) -> list[Problem]:
    """The problems found while staging; a file that is accepted has none of weight FILE."""
    tables, problems = stage(door, path, path.name)
    stops = any(problem.weight is Weight.FILE for problem in problems)
    assert bool(tables) != stops, (tables, problems)
    return problems


@pytest.mark.thorough
@pytest.mark.share
def test_anything_imported_ends_in_sentences(
    store: Path, door: duckdb.DuckDBPyConnection, sound: dict[str, bytes], tmp_path: Path, words: Words
) -> None:
    before = asked(store, EVERY_ANSWER)
    entering: list[Path] = []
    for number, (suffix, content) in enumerate(handed_in(sound, tmp_path)):
        path = tmp_path / f"{number}.{suffix}"
        path.write_bytes(content)
        problems = staged(door, path)
        assert all(len(sentence(problem, words)) < 1000 for problem in problems)
        if not any(problem.weight is Weight.FILE for problem in problems):
            entering.append(path)
    assert len(entering) > TIMES // 5
    for start in range(0, len(entering), 100):
        found = check(store, entering[start : start + 100], TODAY)
        assert found
        assert not any(problem.kind == "not_written" for problem in found), found
    assert asked(store, EVERY_ANSWER) == before
    assert publish(Load(store, entering[:200], WRITER, TODAY)).revision is not None
    assert len(list(history(store))) == 2


@pytest.mark.thorough
@pytest.mark.share
@pytest.mark.parametrize("suffix", FORMATS)
def test_an_upload_cut_off_anywhere_is_reported_or_read_as_far_as_it_goes(
    suffix: str, door: duckdb.DuckDBPyConnection, sound: dict[str, bytes], store: Path, tmp_path: Path
) -> None:
    content = sound[suffix]
    path = tmp_path / f"x.{suffix}"
    for length in some_of(range(0, len(content), max(1, len(content) // 150))):
        path.write_bytes(content[:length])
        problems = staged(door, path)
        # A text file does not mark its end. The other formats do, and nothing of them is accepted.
        assert suffix == "csv" or any(problem.weight is Weight.FILE for problem in problems), length
    path.write_bytes(content[: len(content) // 2])
    copy = copy_of(store, tmp_path / "copy")
    outcome = publish(Load(copy, [path], WRITER, TODAY))
    assert (outcome.revision is None) == (suffix != "csv")
    assert len(list(history(copy))) == 1 + (suffix == "csv")
