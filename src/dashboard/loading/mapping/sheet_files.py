"""Reads a file in another format as cells, sheet by sheet, and tells whether it is in our format already.

A file in our format and in our own words is loaded as it is, without a mapping.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from glob import escape
from io import StringIO
from itertools import islice
from pathlib import Path

import duckdb

from dashboard.loading.file_contents import holds_standard, not_a_table, read_sheets, too_large
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.values import GRADES, NAMED, RESIDUAL, surely, terms_of
from dashboard.loading.process_limits import limits_of_process, too_many_columns, too_many_rows, within_limits
from dashboard.loading.staging import broken, column_name, fatal, recognise
from dashboard.loading.standard_sheets import text_of
from dashboard.loading.submissions import holds_submissions
from dashboard.loading.table_files import DELIMITERS, csv_header, parquet_beyond
from dashboard.loading.workbook_formats import WORKBOOKS, WorkbookSheet
from dashboard.loading.workbook_sheets import book_in
from dashboard.model.mapping import DAYS, MAPPABLE, Names
from dashboard.model.problem import Problem, Weight
from dashboard.model.sheet_cells import BLANKS, SheetGrid, iso_day, unguarded

LOOKED_AT = 30
"""How many rows from the top may be titles before the header."""


def read_grids(path: Path, name: str) -> tuple[SheetGrid, ...] | Problem:
    """Return the sheets of a file that hold anything; a Problem if the file cannot be read or is empty."""
    read = every_grid(path, name)
    if isinstance(read, Problem):
        return read
    grids = tuple(grid for grid in read if any(cell for row in grid.texts for cell in row))
    return grids or Problem("empty_file", name, weight=Weight.FILE)


def every_grid(path: Path, name: str) -> tuple[SheetGrid, ...] | Problem:
    """Return every sheet of a file in order, including empty ones."""
    try:
        if refused := not_a_table(path, name):
            return refused
        return {".csv": _csv, ".parquet": _parquet}.get(path.suffix.lower(), _workbook)(path, name)
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


def _csv(path: Path, name: str) -> tuple[SheetGrid, ...] | Problem:
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


def _parquet(path: Path, name: str) -> tuple[SheetGrid, ...] | Problem:
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


def _workbook(path: Path, name: str) -> tuple[SheetGrid, ...] | Problem:
    sheets = read_sheets(path, name)
    if isinstance(sheets, Problem):
        return sheets
    for title, sheet in sheets.items():
        refused = too_large(sheet, f"{name}[{title}]")
        if refused is not None:
            return refused
    return tuple(_sheet(f"{name}[{title}]", title, sheet) for title, sheet in sheets.items())


def _sheet(place: str, title: str, sheet: WorkbookSheet) -> SheetGrid:
    """Read a sheet of a workbook. A vertically merged cell is repeated in each of its rows, as it applies to all."""
    grid = _grid(place, title, sheet.rows() if sheet.total_height else [])
    texts = [list(row) for row in grid.texts]
    for (top, left), (bottom, right) in sheet.merged:
        if left == right:
            for row in texts[top + 1 : bottom + 1]:
                row[left] = texts[top][left]
    return replace(grid, texts=tuple(map(tuple, texts)))


def _grid(place: str, title: str, rows: Sequence[Sequence[object]]) -> SheetGrid:
    """Return a sheet from rows that may differ in width."""
    width = max((len(row) for row in rows), default=0)
    cells = tuple((*row, *(("",) * (width - len(row)))) for row in rows)
    return SheetGrid(place, title, cells, tuple(tuple(_text(cell) for cell in row) for row in cells))


MOST_UNKNOWN = 200
"""How many unknown codes of a column are compared with names."""


def goes_as_it_is(path: Path, names: Names) -> bool:
    """Return whether a file is an operation's workbook, what forms for phones have sent, or a table in our own words.

    Of a workbook, this only recognises the first two; `is_ours` judges other sheets. False if a file cannot be read.
    """
    if path.suffix.lower() in WORKBOOKS:
        sheets = read_sheets(path, path.name)
        return not isinstance(sheets, Problem) and (book_in(sheets) is not None or _submissions_in(sheets.values()))
    try:
        if path.suffix.lower() == ".csv":
            return _csv_as_it_is(path, names)
        if path.suffix.lower() == ".parquet":
            return _parquet_as_it_is(path, names)
    except (OSError, UnicodeDecodeError, csv.Error, duckdb.Error):
        return False
    return False


def _submissions_in(sheets: Iterable[WorkbookSheet]) -> bool:
    return any(holds_submissions(sheet.rows(1)[0]) for sheet in sheets if sheet.total_height)


def _csv_as_it_is(path: Path, names: Names) -> bool:
    header, delimiter, unreadable = csv_header(path, path.name)
    if unreadable is not None:
        return False
    if holds_submissions(header):
        return True
    if not has_our_headings(header):
        return False
    # Rows that cannot be read are reported when the table is loaded.
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=delimiter)
        next(rows)
        return not _in_other_words(header, _readable(rows), names)


def _readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the rows up to the first that cannot be read."""
    try:
        yield from rows
    except csv.Error:
        return


def _parquet_as_it_is(path: Path, names: Names) -> bool:
    with duckdb.connect(config=within_limits()) as connection:
        table = connection.from_parquet(escape(str(path)))
        header = table.columns
        if not has_our_headings(header):
            return False
        distinct = [table.unique(f'"{heading}"').fetchall() for heading in header]
    deepest = max(len(values) for values in distinct)
    rows = ([_nth(values, n) for values in distinct] for n in range(deepest))
    return not _in_other_words(header, rows, names)


def _nth(values: Sequence[tuple[object, ...]], n: int) -> str:
    """Return the nth value of a column as text; empty if it is null or beyond the last."""
    return str(values[n][0]) if n < len(values) and values[n][0] is not None else ""


def is_ours(grids: Sequence[SheetGrid], names: Names) -> bool:
    """Return whether sheets are a standard, or tables in our format.

    Words that are not ours only matter if all tables are of one kind: only then can a mapping read them.
    """
    if holds_standard(grid.title for grid in grids):
        return True
    ours = [grid for grid in grids if has_our_headings(grid.texts[0])]
    if len({recognise(grid.texts[0], grid.place)[0].form for grid in ours}) != 1:
        return bool(ours)
    return not any(_in_other_words(grid.texts[0], grid.texts[1:], names) for grid in ours)


def has_our_headings(header: Sequence[str]) -> bool:
    """Return whether a header has the columns of one of our tables."""
    return not fatal(recognise(header, "")[1])


def _in_other_words(header: Sequence[str], rows: Iterable[Sequence[str]], names: Names) -> bool:
    """Return whether a table with our headings uses words that are not ours, but that a mapping can read."""
    form, _ = recognise(header, "")
    if form.form not in MAPPABLE or not names.scales:
        return False
    columns = [column_name(cell) for cell in header]
    judged = [
        (position, _Column(form.form, column, names)) for position, column in enumerate(columns) if column in form.names
    ]
    return any(column.is_other(row[position]) for row in rows for position, column in judged if position < len(row))


class _Column:
    """One of our columns, with the cells that were already judged."""

    def __init__(self, form: str, column: str, names: Names) -> None:
        self.column = column
        self.terms = terms_of(form, column, names)
        self.codes = names.former.get(column, frozenset()).union(self.terms.names if self.terms is not None else ())
        self.seen = {""}
        self.n_unknown = 0

    def is_other(self, cell: str) -> bool:
        """Return whether a cell is another word for one of our codes. Unknown words are not: the checks report them."""
        if cell in self.seen:
            return False
        self.seen.add(cell)
        text = unguarded(cell.strip(BLANKS))
        if self.column in DAYS:
            return iso_day(text, "dmy", synonyms().months) not in (None, text)
        if self.terms is None or text in self.codes:
            return False
        if self.column not in (*NAMED, *GRADES, *RESIDUAL):
            return True
        self.n_unknown += 1
        found = surely(text, self.terms) if self.n_unknown <= MOST_UNKNOWN else None
        return found is not None and (found.code is not None or found.reason.why == "several")
