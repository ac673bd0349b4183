"""What does a file in another format contain? Its cells sheet by sheet, whatever they mean."""

import codecs
import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from glob import escape
from io import StringIO
from itertools import islice
from pathlib import Path

import duckdb
from python_calamine import CalamineSheet

from dashboard.loading.apart.limits import limits_of_process, too_many_columns, too_many_rows, within_limits
from dashboard.loading.files.csv_file import DELIMITERS
from dashboard.loading.files.kinds import not_a_table
from dashboard.loading.files.sheets import read_sheets, too_large
from dashboard.loading.files.staging import broken
from dashboard.loading.files.tables import parquet_beyond
from dashboard.loading.standard.cells import text_of
from dashboard.model.grid import Grid
from dashboard.model.problem import Problem, Weight

LOOKED_AT = 30
"""How many rows from the top may be titles before the header."""


def read_grids(path: Path, name: str) -> tuple[Grid, ...] | Problem:
    """Return the sheets of a file that hold anything; a Problem if the file cannot be read or is empty."""
    read = every_grid(path, name)
    if isinstance(read, Problem):
        return read
    grids = tuple(grid for grid in read if any(cell for row in grid.texts for cell in row))
    return grids or Problem("empty_file", name, weight=Weight.FILE)


def every_grid(path: Path, name: str) -> tuple[Grid, ...] | Problem:
    """Return every sheet of a file in order, including empty ones."""
    try:
        if refused := not_a_table(path, name):
            return refused
        return {".csv": _csv, ".parquet": _parquet, ".xlsx": _xlsx}[path.suffix.lower()](path, name)
    except OSError as error:
        return Problem("unreadable", name, value=error.strerror or str(error), weight=Weight.FILE)


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip().removesuffix(" 00:00:00")
    if cell is None:
        return ""
    text = text_of(cell)
    # A date cell carries a time of day that nobody typed.
    return text.removesuffix(" 00:00:00")


def _csv(path: Path, name: str) -> tuple[Grid, ...] | Problem:
    text = _decoded(path.read_bytes())
    if "\0" in text:
        return Problem("encoding", name, row=1, expected="UTF-8", weight=Weight.FILE)
    try:
        start = text.splitlines()[: 2 * LOOKED_AT]
        delimiter = max(DELIMITERS, key=lambda sign: _evenness(start, sign))
        most = limits_of_process().rows
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        rows = list(reader if most is None else islice(reader, most + 2))
    except csv.Error as error:
        return Problem("unreadable", name, value=str(error), weight=Weight.FILE)
    # The header does not count as a row of the table.
    wide = too_many_columns(max(map(len, rows), default=0), name)
    return too_many_rows(len(rows) - 1, name) or wide or (_grid(name, "", rows),)


def _decoded(content: bytes) -> str:
    """Return the text in an encoding that a spreadsheet may have used; the last one accepts every byte."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines have the commonest width when split at a delimiter, and that width; title lines are few."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    return max(((often, width) for width, often in widths.items()), default=(0, 0))


def _parquet(path: Path, name: str) -> tuple[Grid, ...] | Problem:
    try:
        with duckdb.connect(config=within_limits()) as connection:
            refused = parquet_beyond(connection, path, name)
            if refused is not None:
                return refused
            table = connection.from_parquet(escape(str(path)))
            refused = too_many_columns(len(table.columns), name)
            if refused is not None:
                return refused
            return (_grid(name, "", [table.columns, *table.fetchall()]),)
    except duckdb.Error as error:
        return broken(path, name, error)


def _xlsx(path: Path, name: str) -> tuple[Grid, ...] | Problem:
    sheets = read_sheets(path, name)
    if isinstance(sheets, Problem):
        return sheets
    for title, sheet in sheets.items():
        refused = too_large(sheet, f"{name}[{title}]")
        if refused is not None:
            return refused
    return tuple(_sheet(f"{name}[{title}]", title, sheet) for title, sheet in sheets.items())


def _sheet(place: str, title: str, sheet: CalamineSheet) -> Grid:
    """Read a sheet of a workbook. A vertically merged cell is repeated in each of its rows, as it applies to all."""
    grid = _grid(place, title, sheet.to_python(skip_empty_area=False) if sheet.total_height else [])
    texts = [list(row) for row in grid.texts]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right:
            for row in texts[top + 1 : bottom + 1]:
                row[left] = texts[top][left]
    return replace(grid, texts=tuple(map(tuple, texts)))


def _grid(place: str, title: str, rows: Sequence[Sequence[object]]) -> Grid:
    """Return a sheet from rows that may differ in width."""
    width = max((len(row) for row in rows), default=0)
    cells = tuple((*row, *(("",) * (width - len(row)))) for row in rows)
    return Grid(place, title, cells, tuple(tuple(_text(cell) for cell in row) for row in cells))
