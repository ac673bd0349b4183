"""Is a file already in our format, in our own words? Then it is loaded as it is, without a mapping."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from glob import escape
from pathlib import Path

import duckdb
from python_calamine import CalamineSheet

from dashboard.loading.apart.limits import within_limits
from dashboard.loading.exchange.submissions import holds_submissions
from dashboard.loading.files.csv_file import DELIMITERS
from dashboard.loading.files.sheets import holds_standard, read_sheets
from dashboard.loading.files.staging import column_name, fatal, recognise
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.terms import GRADES, NAMED, RESIDUAL, Terms, terms_of
from dashboard.loading.mapping.values import surely
from dashboard.loading.workbook.sheets import book_in
from dashboard.model.answers.mapping import DAYS, MAPPABLE
from dashboard.model.answers.names import Names
from dashboard.model.days import iso_day
from dashboard.model.formula import BLANKS, unguarded
from dashboard.model.grid import Grid
from dashboard.model.problem import Problem

LONGEST_HEADER = 100_000
"""How many bytes of a header line are read."""
MOST_UNKNOWN = 200
"""How many unknown codes of a column are compared with names."""
FORMER_ID = re.compile(r"[A-Za-z0-9./_-]+")


def goes_as_it_is(path: Path, names: Names) -> bool:
    """Return whether a file is an operation's workbook, what forms for phones have sent, or a table in our own words.

    Of an XLSX file, this only recognises the first two; `is_ours` judges other sheets. False if a file cannot be read.
    """
    if path.suffix.lower() == ".xlsx":
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


def _submissions_in(sheets: Iterable[CalamineSheet]) -> bool:
    return any(holds_submissions(sheet.to_python(nrows=1)[0]) for sheet in sheets if sheet.total_height)


def _csv_as_it_is(path: Path, names: Names) -> bool:
    with path.open("rb") as stream:
        line = stream.readline(LONGEST_HEADER).decode("utf-8-sig")
    delimiter = max(DELIMITERS, key=line.count)
    header = next(csv.reader([line], delimiter=delimiter), [])
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


def is_ours(grids: Sequence[Grid], names: Names) -> bool:
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
        self.codes = frozenset(_codes(column, self.terms))
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


def _codes(column: str, terms: Terms | None) -> Iterator[str]:
    """Yield what a column in our format may hold: codes, and the former ids of criteria."""
    for code, called in terms.names.items() if terms is not None else ():
        yield code
        if column == "criterion":
            yield from (name for name in called if FORMER_ID.fullmatch(name))
