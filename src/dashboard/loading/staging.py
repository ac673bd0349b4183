"""Stages rows as text in tables, recognises headers, and takes out characters that no document can hold."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.loading.process_limits import (
    is_memory,
    limits_of_process,
    out_of_memory,
    too_many_columns,
    too_many_rows,
)
from dashboard.loading.yaml_file import Document, Place
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.records import RECORDS, Record
from dashboard.model.sheet_cells import BLANKS, GUARDED, UNSEEN, XML_BLANKS, unwritable_in, xml_text
from dashboard.model.sheet_cells import BLANKS as AROUND
from dashboard.model.workbook import HandedOut


def blank_rows(path: Path, delimiter: str) -> list[int]:
    """Rows of a text file that hold nothing at all; the CSV reader skips them silently."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        if content.find(b"\n\n") < 0 and content.find(b"\n\r\n") < 0:
            return []
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as text:
        try:
            return [row for row, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1) if not cells]
        except csv.Error:
            return []


@dataclass(frozen=True)
class AskedRow:
    """A question on a workbook's sheet: its row, its id, and its framework, version and round."""

    number: int
    id: str
    framework: str
    version: str
    round: str


@dataclass(frozen=True)
class FromBook:
    """What is known about the rows of a workbook's sheet besides their values, with one entry per row.

    `numbers` are their row numbers, `handed_out` is what they said when the workbook was made, `touched` whether that
    has changed, `typed` their cells as typed. `heads` and `positions` describe the columns, by their names in the form.
    `asked` are all questions of the sheet, including those without an answer. `round` and `operation` are those of the
    whole workbook.
    """

    numbers: tuple[int, ...]
    handed_out: tuple[HandedOut | None, ...]
    touched: tuple[bool, ...]
    typed: tuple[Mapping[str, str], ...]
    heads: Mapping[str, str]
    positions: Mapping[str, int]
    asked: tuple[AskedRow, ...] = ()
    round: str = ""
    operation: str = ""


@dataclass(frozen=True)
class SpreadRows:
    """Where the rows came from, if one row of the file became several: its number, and its columns by ours."""

    numbers: tuple[int, ...]
    heads: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Staged:
    """One table that has been staged in `staged_<kind>`, from row `first` on (counted from 0).

    `torn` are the lines that the reader left out; `delimiter` is that of a text file; `book` is given for a sheet from
    the workbook of an operation, `spread` for what forms for phones have sent.
    """

    kind: str
    file: str
    path: Path
    first: int
    rows: int
    torn: tuple[int, ...] = ()
    delimiter: str = ""
    book: FromBook | None = None
    spread: SpreadRows | None = None

    @cached_property
    def skipped(self) -> tuple[int, ...]:
        """The rows of the file that the reader skipped, blank or malformed, in order. Calculated on first use."""
        blank = blank_rows(self.path, self.delimiter) if self.delimiter else []
        return tuple(sorted({*self.torn, *blank}))

    def holds(self, row_id: int) -> bool:
        """Whether a staged row came from this table."""
        return self.first <= row_id < self.first + self.rows

    def row(self, row_id: int) -> int:
        """The row of the file that a staged row came from; the header is row 1."""
        if self.book is not None:
            return self.book.numbers[row_id - self.first]
        if self.spread is not None:
            return self.spread.numbers[row_id - self.first]
        row = row_id - self.first + 2
        for line in self.skipped:
            if line > row:
                break
            row += 1
        return row

    def column(self, name: str | None, row_id: int | None = None) -> str | None:
        """The name that a column of the form has in this table, for a staged row if rows differ."""
        if self.spread is not None and row_id is not None:
            return self.spread.heads[row_id - self.first].get(name or "", name)
        return self.book.heads.get(name or "", name) if self.book is not None else name


def make_staging(connection: duckdb.DuckDBPyConnection) -> None:
    """Make one empty staging table per form, with text columns, in the current schema of `connection`."""
    for record in RECORDS.values():
        # Notes hardly ever repeat: searching them for a dictionary costs more than compression, and gains less.
        columns = ", ".join(
            f"{column.quoted} VARCHAR{' USING COMPRESSION zstd' if column.name == 'note' else ''}"
            for column in record.columns
        )
        connection.execute(f"CREATE TABLE staged_{record.form} ({columns})")


def recognise(header: Sequence[str], name: str) -> tuple[Record, list[Problem]]:
    """The form a header belongs to, and what is wrong with it: missing columns are fatal, extra ones only noted."""
    wide = too_many_columns(len(header), name)
    if wide is not None:
        return next(iter(RECORDS.values())), [wide]
    names = [column_name(cell) for cell in header]
    form = max(
        RECORDS.values(),
        key=lambda form: (len(set(form.required) & set(names)) / len(form.required), len(form.required)),
    )
    problems = [
        Problem(
            "missing_column",
            name,
            row=1,
            column=column,
            expected=", ".join(form.required),
            hint=nearest(column, [cell for cell in names if cell not in form.names]),
            weight=Weight.FILE,
        )
        for column in form.required
        if column not in names
    ]
    problems += [
        Problem("column_twice", name, row=1, column=column, weight=Weight.FILE)
        for column in form.names
        if names.count(column) > 1
    ]
    problems += [
        Problem("extra_column", name, row=1, column=cell, hint=nearest(cell, form.names), weight=Weight.NOTE)
        for cell in names
        if cell and cell not in (*form.names, *form.former)
    ]
    problems += [
        Problem("former_column", name, row=1, column=cell, weight=Weight.NOTE) for cell in names if cell in form.former
    ]
    return form, problems


def column_name(cell: str) -> str:
    return cell.strip().lower().replace(" ", "_")


def fatal(problems: list[Problem]) -> bool:
    return any(problem.weight is Weight.FILE for problem in problems)


def trim(connection: duckdb.DuckDBPyConnection, form: Record, first: int) -> None:
    """Strip spaces and our formula guard from every cell, from row `first` on.

    A cell with nothing else becomes null. Done after reading, when repeated cells are handled once: trimming while
    reading took twice as long.
    """
    for name in form.names:
        column = f'"{name}"'
        connection.execute(
            f"UPDATE staged_{form.form} SET {column} = "  # noqa: S608
            f"nullif(trim(regexp_replace(trim({column}, $blanks), $guarded, '\\1'), $blanks), '') "
            f"WHERE rowid >= $first AND ({column}[1] IN ('', ' ', '\t', chr(160), '''') "
            f"OR {column}[-1] IN (' ', '\t', chr(160)))",
            {"first": first, "blanks": BLANKS, "guarded": GUARDED},
        )


def broken(path: Path, name: str, error: Exception) -> Problem:
    """The Problem for a file that its reader could not read."""
    if is_memory(error):
        return out_of_memory(name, limits_of_process())
    reason = str(error).strip().splitlines()[0].replace(str(path), name)
    return Problem("unreadable", name, value=reason, weight=Weight.FILE)


def staged_rows(connection: duckdb.DuckDBPyConnection, form: Record) -> int:
    # Fetched to the end: while a result is open, DuckDB accepts no Arrow table on this connection.
    return int(connection.execute(f"SELECT count(*) FROM staged_{form.form}").fetchall()[0][0])  # noqa: S608


def append_staged(connection: duckdb.DuckDBPyConnection, form: Record, rows: Sequence[Mapping[str, str]]) -> int:
    """Append rows, by column of the form, to its staging table. Returns the number of rows that were there before."""
    return append_columns(connection, form, {name: [row.get(name) or None for row in rows] for name in form.names})


def append_columns(
    connection: duckdb.DuckDBPyConnection, form: Record, columns: Mapping[str, Sequence[str | None]]
) -> int:
    """The same for texts by column; a column that is not given stays empty."""
    first = staged_rows(connection, form)
    table = pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()})
    connection.register("appended", table)
    connection.execute(f"INSERT INTO staged_{form.form} BY NAME SELECT * FROM appended")  # noqa: S608
    connection.unregister("appended")
    return first


def staged_table(
    connection: duckdb.DuckDBPyConnection,
    form: Record,
    name: str,
    path: Path,
    first: int,
    problems: list[Problem],
    torn: tuple[int, ...] = (),
    delimiter: str = "",
) -> tuple[list[Staged], list[Problem]]:
    rows = staged_rows(connection, form) - first
    many = too_many_rows(rows, name)
    if many is not None:
        return [], [many]
    if rows == 0:
        return [], [*problems, Problem("empty_file", name, weight=Weight.FILE)]
    return [Staged(form.form, name, path, first, rows, torn, delimiter)], problems


MOST_UNWRITABLE = 1000
"""How many cells of one column are named in one load; the rest are only counted."""
HELD = {"blanks": f"[{XML_BLANKS}]+", "unseen": f"[{UNSEEN}]", "any": f"[{XML_BLANKS}{UNSEEN}]", "around": AROUND}


def take_out(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> list[Problem]:
    """Take them out of everything that is staged, and return a note for each cell that held any."""
    kinds = dict.fromkeys(table.kind for table in staged)
    return [problem for kind in kinds for problem in _take_out(connection, kind, staged)]


def _take_out(connection: duckdb.DuckDBPyConnection, kind: str, staged: Sequence[Staged]) -> Iterator[Problem]:
    for column in _suspect(connection, kind):
        where = f'WHERE {_beyond_ascii(column)} AND regexp_matches("{column}", $any)'
        found = connection.execute(
            f'SELECT rowid, "{column}" FROM staged_{kind} {where} ORDER BY rowid LIMIT {MOST_UNWRITABLE}',  # noqa: S608
            {"any": HELD["any"]},
        ).fetchall()
        if not found:
            continue
        cleaned = f"regexp_replace(regexp_replace(\"{column}\", $blanks, ' ', 'g'), $unseen, '', 'g')"
        ((n,),) = connection.execute(
            f"UPDATE staged_{kind} SET \"{column}\" = nullif(trim({cleaned}, $around), '') {where}",  # noqa: S608
            HELD,
        ).fetchall()
        # Rows of no table are of a file that could not be read to its end, so nothing is published.
        of = {row_id: table for table in staged if table.kind == kind for row_id, _ in found if table.holds(row_id)}
        for row_id, text in found:
            if table := of.get(row_id):
                yield _note(table.file, table.row(row_id), table.column(column, row_id), text)
        if n > len(found):
            files = ", ".join(dict.fromkeys(table.file for table in of.values()))
            yield Problem("and_more", files, None, column, str(n - len(found)), weight=Weight.NOTE)


def _suspect(connection: duckdb.DuckDBPyConnection, kind: str) -> list[str]:
    """The columns that hold anything but plain ASCII: few do, and the others need no search."""
    columns = RECORDS[kind].names
    asked = ", ".join(f"bool_or({_beyond_ascii(column)})" for column in columns)
    (found,) = connection.execute(f"SELECT {asked} FROM staged_{kind}").fetchall()  # noqa: S608
    return [column for column, beyond in zip(columns, found, strict=True) if beyond]


def _beyond_ascii(column: str) -> str:
    # As a blob is written, everything but printable ASCII is longer. That takes a tenth of the time of a search.
    return f'strlen(CAST(encode("{column}") AS VARCHAR)) <> strlen("{column}")'


def taken_out_of(documents: Iterable[Document]) -> list[Problem]:
    """A note for each text of these documents that held any; `validate` has taken them out."""
    return [
        _note(document.file(place), document.line(place), document.column(place), text)
        for document in documents
        for place, text in _texts(document.values, ())
        if xml_text(text) != text
    ]


def _texts(values: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(values, str):
        yield place, values
    elif isinstance(values, dict):
        for key, value in values.items():
            yield from _texts(value, (*place, key))
    elif isinstance(values, list):
        for position, value in enumerate(values):
            yield from _texts(value, (*place, position))


def _note(file: str, row: int | None, column: str | None, text: str) -> Problem:
    return Problem("unwritable", file, row, column, xml_text(text), unwritable_in(text), weight=Weight.NOTE)
