"""Is anything larger than allowed reported in one sentence, before it costs much, and anything just below it read?"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from dashboard.loading.file_contents import unfit
from dashboard.loading.mapping.apply import apply
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.loading.process_limits import impose, limits_of_process, within_limits
from dashboard.loading.staging import make_staging
from dashboard.loading.standard_file import read_standard
from dashboard.loading.table_files import stage
from dashboard.model.mapping import Across, SheetMapping
from dashboard.model.problem import MB, PAGE, Limits, Problem
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.tasks.sheet_reading import open_sheet
from tests.conftest import ROOT, TINY, TODAY, WRITER
from tests.loading.foreign import write_book, write_csv

HEAD = ["round", "operation", "criterion", "status"]
ROWS = [["R2", "b-op", "T1.a", "yes"], ["R2", "b-op", "T1.b", "no"], ["R2", "b-op", "T2.a", "mostly"]]
FORMATS = ("csv", "xlsx", "parquet")


@pytest.fixture(autouse=True)
def unlimited() -> Iterator[None]:
    """Limits belong to a process: this one has none before and after."""
    assert limits_of_process() == Limits()
    yield
    impose(Limits())


def written(path: Path, head: list[str], rows: list[list[str]]) -> Path:
    """The rows in the format of the name."""
    table = [head, *rows]
    match path.suffix:
        case ".csv":
            return write_csv(path, table)
        case ".xlsx":
            return write_book(path, {"One": table})
        case _:
            columns = {name: [row[position] for row in rows] for position, name in enumerate(head)}
            parquet.write_table(pa.table(columns), path)
            return path


def kinds(path: Path) -> list[str]:
    """The problems while staging if nothing was accepted, or `read`."""
    with duckdb.connect() as connection:
        make_staging(connection)
        tables, problems = stage(connection, path, path.name)
        return ["read"] if tables else [problem.kind for problem in problems]


def kind_of_grids(path: Path) -> str:
    found = read_grids(path, path.name)
    return found.kind if isinstance(found, Problem) else "read"


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_table_with_more_rows_or_columns_than_may_be_is_reported(tmp_path: Path, suffix: str) -> None:
    ours = written(tmp_path / f"ours.{suffix}", HEAD, ROWS)
    theirs = written(tmp_path / f"theirs.{suffix}", ["Question", "Answer", "Why", "When"], ROWS)
    for limits, expected in (
        (Limits(rows=3, columns=4), "read"),
        (Limits(rows=2), "too_many_rows"),
        (Limits(columns=3), "too_many_columns"),
    ):
        impose(limits)
        assert kinds(ours) == [expected]
        assert kind_of_grids(ours) == expected
        assert kind_of_grids(theirs) == expected


def test_rows_of_all_files_count_together(tmp_path: Path, store: Path) -> None:
    files = [written(tmp_path / f"{n}.csv", HEAD, [row]) for n, row in enumerate(ROWS)]
    impose(Limits(rows=3))
    assert check(store, files, TODAY) == ()
    impose(Limits(rows=2))
    (problem,) = check(store, files, TODAY)
    assert (problem.kind, problem.file, problem.value) == ("too_many_rows", "2.csv", "3")


def test_rows_that_come_of_a_wide_sheet_count_as_rows(tmp_path: Path) -> None:
    grids = read_grids(write_csv(tmp_path / "x.csv", [["Question", "a", "b"], ["T1.a", "yes", "no"]]), "x.csv")
    assert not isinstance(grids, Problem)
    across = Across(column="operation", codes={"a": "a-op", "b": "b-op"})
    mapping = SheetMapping(
        form="answers", header_row=1, columns={"criterion": "Question"}, fixed={"round": "R2"}, across=across
    )
    impose(Limits(rows=2))
    assert len(apply(mapping, grids, "x.csv").rows) == 2
    impose(Limits(rows=1))
    made = apply(mapping, grids, "x.csv")
    assert (made.rows, [problem.kind for problem in made.problems]) == ((), ["too_many_rows"])


def test_a_file_is_as_large_as_what_it_holds(tmp_path: Path) -> None:
    plain = written(tmp_path / "x.csv", HEAD, ROWS)
    size = plain.stat().st_size
    impose(Limits(size=size))
    assert unfit(plain, "x.csv") is None
    impose(Limits(size=size - 1))
    wrong = unfit(plain, "x.csv")
    assert wrong is not None
    assert wrong.kind == "too_much_inside"
    for suffix in ("xlsx", "parquet"):
        packed = written(tmp_path / f"x.{suffix}", [*HEAD, "note"], [[*row, "x" * 30_000] for row in ROWS])
        assert packed.stat().st_size < 20_000
        impose(Limits(size=20_000))
        assert unfit(packed, packed.name) is None
        assert kinds(packed) == ["too_much_inside"]
        assert kind_of_grids(packed) == "too_much_inside"


def test_whoever_publishes_at_the_machine_has_no_limit_of_rows(store: Path, tmp_path: Path) -> None:
    assert limits_of_process() == Limits()
    assert publish(Load(store, [written(tmp_path / "x.csv", HEAD, ROWS)], WRITER, TODAY)).revision is not None


@pytest.mark.outside
def test_duckdb_is_limited_to_part_of_the_memory(tmp_path: Path) -> None:
    assert within_limits() == {}
    run = (
        "from dashboard.loading.process_limits import impose, within_limits; from dashboard.model.problem import PAGE; "
        "import duckdb; impose(PAGE); "
        "print(*duckdb.connect(config=within_limits()).execute(\"SELECT current_setting('memory_limit'), "
        "current_setting('threads')\").fetchone(), sep='|'); bytearray(2_000_000_000)"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "476.8 MiB|2\n"
    assert done.stderr.strip().endswith("MemoryError")
    assert PAGE.memory == 1000 * MB


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one valid table, and a standard beside it."""
    place = tmp_path / "folder"
    place.mkdir()
    written(place / "sound.csv", HEAD, ROWS[:1])
    return place


def strange(path: Path, what: str) -> None:
    """Something else in place of a file."""
    match what:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "link":
            path.symlink_to(TINY / "answers.csv")
        case "circle":
            path.symlink_to(path.name)
        case "folder":
            path.mkdir()


@pytest.mark.thorough
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
@pytest.mark.parametrize(
    ("what", "kind", "of_a_standard"),
    [
        ("pipe", "no_file", "no_file"),
        ("device", "link_outside", "link_outside"),
        ("link", "link_outside", "link_outside"),
        ("circle", "unreadable", "nothing_found"),
        ("folder", "no_file", "no_file"),
    ],
)
def test_what_is_no_file_of_the_folder_is_reported_and_never_waited_for(
    store: Path, folder: Path, what: str, kind: str, of_a_standard: str
) -> None:
    strange(folder / "strange.csv", what)
    told = [(problem.kind, problem.file) for problem in check(store, [folder], TODAY)]
    assert told == [(kind, "folder/strange.csv")]
    (folder / "frameworks" / "own").mkdir(parents=True)
    strange(folder / "frameworks" / "own" / "framework.yaml", what)
    assert [problem.kind for problem in check(store, [folder / "frameworks"], TODAY)] == [of_a_standard]


@pytest.mark.thorough
def test_a_link_that_stays_in_the_folder_and_one_that_was_named_are_followed(store: Path, folder: Path) -> None:
    (folder / "again.csv").symlink_to("sound.csv")
    assert {problem.kind for problem in check(store, [folder], TODAY)} == {"duplicate_answer"}
    (folder / "again.csv").unlink()
    whole = folder.parent / "linked"
    whole.symlink_to(folder)
    assert check(store, [whole], TODAY) == ()
    one = folder.parent / "one.csv"
    one.symlink_to(folder / "sound.csv")
    assert check(store, [one], TODAY) == ()
    assert check(store, [TINY], TODAY) == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_that_is_named_is_reported_by_everything_that_reads_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    os.mkfifo(path)
    found = open_sheet(path, "x.xlsx")
    assert found == unfit(path, "x.xlsx")
    assert isinstance(found, Problem)
    assert found.kind == "no_file"
    assert read_standard(path, "x.xlsx") == (None, [found])
