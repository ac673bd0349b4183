"""Is a workbook that would fill the memory rejected before it is opened, whatever it claims about itself?"""

import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from dashboard.loading import file_contents
from dashboard.loading.staging import make_staging
from dashboard.loading.table_files import stage
from dashboard.model.problem import Problem
from tests.conftest import ROOT, rest_thorough

HEAD = ("round", "operation", "criterion", "status", "note")
ROW = ("R2", "b-op", "T1.a", "yes", "fine")
SHEET = "xl/worksheets/sheet1.xml"


def good(path: Path, rows: int = 1) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number in range(rows + 1):
            sheet.write_row(number, 0, ROW if number else HEAD)
    return path


def rebuilt(path: Path, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> Path:
    """The workbook with some of its files changed, and others added."""
    good(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()} | (more or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name == SHEET:
            assert old in content
        return content.replace(old, new) if name == SHEET else content

    return change


def unpacks_to_gigabytes(path: Path) -> Path:
    """Endless blanks, compressed a thousandfold."""
    good(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/more.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(404):
            part.write(b" " * (1 << 20))
    return path


def says_less_than_it_holds(path: Path) -> Path:
    """The same, with sizes that claim 1 000 bytes, in the directory and before the content."""
    content = bytearray(unpacks_to_gigabytes(path).read_bytes())
    true = struct.pack("<L", 404 << 20)
    assert content.count(true) >= 1
    content = bytearray(bytes(content).replace(true, struct.pack("<L", 1000)))
    path.write_bytes(content)
    return path


def one_cell_far_out(path: Path) -> Path:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return rebuilt(path, in_sheet(b"</sheetData>", far))


def in_a_part_of_another_name(path: Path) -> Path:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"worksheets/sheet1.xml", b"elsewhere.dat")

    one_cell_far_out(path)
    with zipfile.ZipFile(path) as archive:
        moved = archive.read(SHEET)
    assert far in moved
    return rebuilt(path, change, {"xl/elsewhere.dat": moved})


def of_another_version(path: Path) -> Path:
    content = bytearray(good(path).read_bytes())
    content[content.find(b"PK\x01\x02") + 6] = 200
    path.write_bytes(content)
    return path


def behind_an_end_of_its_own(path: Path) -> Path:
    """One reader finds the end of the archive there, and another does not."""
    path.write_bytes(one_cell_far_out(path).read_bytes() + b"\0" * 100_000)
    return path


BOMBS: dict[Callable[[Path], Path], str] = {
    unpacks_to_gigabytes: "too_much_inside",
    says_less_than_it_holds: "unreadable",
    one_cell_far_out: "workbook_cells",
    in_a_part_of_another_name: "workbook_cells",
    of_another_version: "damaged_workbook",
    behind_an_end_of_its_own: "damaged_workbook",
}


def staged(path: Path) -> tuple[list[str], list[Problem]]:
    with duckdb.connect() as connection:
        make_staging(connection)
        tables, problems = stage(connection, path, "x.xlsx")
        return [table.kind for table in tables], problems


@pytest.mark.thorough
@pytest.mark.parametrize("make", BOMBS, ids=lambda make: make.__name__)
def test_a_bomb_is_refused_in_one_sentence(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path / "x.xlsx")
    assert path.stat().st_size < 3_000_000
    tables, problems = staged(path)
    assert (tables, [problem.kind for problem in problems]) == ([], [BOMBS[make]])


@pytest.mark.outside
@pytest.mark.parametrize(
    "make",
    rest_thorough([says_less_than_it_holds, unpacks_to_gigabytes, one_cell_far_out]),
    ids=lambda m: m.__name__,
)
def test_a_bomb_takes_little_memory(make: Callable[[Path], Path], tmp_path: Path, store: Path) -> None:
    path = make(tmp_path / "x.xlsx")
    # Measured in the process itself: its getrusage figures start from what earlier tests used.
    run = f"import atexit, pathlib, resource; resource.setrlimit(resource.RLIMIT_AS, ({3 << 30},) * 2); "
    run += "status = pathlib.Path('/proc/self/status'); "
    run += f"atexit.register(lambda: pathlib.Path({str(tmp_path / 'status')!r}).write_text(status.read_text())); "
    run += f"import runpy, sys; sys.argv = ['dashboard', 'publish', {str(path)!r}, '--store', {str(store)!r}]; "
    run += "runpy.run_module('dashboard', run_name='__main__')"
    process = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, cwd=ROOT)
    assert (process.returncode, process.stdout) == (1, "")
    assert "Traceback" not in process.stderr
    assert process.stderr.splitlines()[-1] == "Nothing was published."
    (most,) = re.findall(r"VmHWM:\s+(\d+) kB", (tmp_path / "status").read_text())
    assert int(most) <= 400_000


@pytest.mark.thorough
def test_a_large_workbook_of_somebody_honest_is_read(tmp_path: Path) -> None:
    tables, problems = staged(good(tmp_path / "x.xlsx", 20_000))
    assert (tables, problems) == (["answers"], [])


def test_at_the_limits_a_workbook_is_read_and_beyond_them_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = good(tmp_path / "x.xlsx", 9)
    with zipfile.ZipFile(path) as archive:
        limits = {"MOST_UNPACKED": sum(part.file_size for part in archive.infolist()), "MOST_CELLS": 50}
    for name, limit in limits.items():
        monkeypatch.setattr(file_contents, name, limit)
        assert staged(path) == (["answers"], [])
        monkeypatch.setattr(file_contents, name, limit - 1)
        assert len(staged(path)[1]) == 1
        monkeypatch.undo()


def test_a_place_is_seen_wherever_a_piece_of_the_sheet_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = one_cell_far_out(tmp_path / "x.xlsx")
    for size in (1, 7, 64):
        monkeypatch.setattr(file_contents, "PIECE", size)
        assert [problem.kind for problem in staged(path)[1]] == ["workbook_cells"]
