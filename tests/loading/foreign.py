"""What do the tests of sheets in other formats share? Writing one as CSV or XLSX, and reading it."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from dashboard.loading.mapping.guess import KnownWords, guess
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.mapping import Names
from dashboard.model.mapping_guess import Guess
from dashboard.model.problem import Problem

Rows = Sequence[Sequence[object]]


def write_book(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook with these sheets; texts stay texts."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif cell is not None:
                        page.write(number, column, cell)
    return path


def write_csv(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def guessed(path: Path, names: Names, known: KnownWords | None = None) -> Guess:
    """Return the guess for a file that can be read."""
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem), grids
    return guess(grids, names, known or KnownWords(otherwise={"round": "2025"}, framework="crbp"), path.stem)
