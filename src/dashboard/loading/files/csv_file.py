"""A CSV file becomes staged rows: any usual delimiter, UTF-8 only, and a Problem for each malformed line."""

import codecs
import csv
from collections.abc import Callable
from glob import escape
from pathlib import Path

import duckdb

from dashboard.loading.exchange.submissions import holds_submissions, stage_submissions
from dashboard.loading.files.staging import (
    Staged,
    broken,
    column_name,
    fatal,
    recognise,
    staged_rows,
    staged_table,
    trim,
)
from dashboard.loading.library.library import Library
from dashboard.model.problem import Problem, Weight

DELIMITERS = (",", ";", "\t", "|")
MOST_TORN = 1000
"""How many malformed lines of one file are reported one by one; the rest are only counted."""


def stage_csv(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, library: Callable[[], Library] = Library
) -> tuple[list[Staged], list[Problem]]:
    """Append the rows of one file. `library` is called only for what forms for phones have sent."""
    header, delimiter, problem = csv_header(path, name)
    if problem is not None:
        return [], [problem]
    if holds_submissions(header):
        rows = _all_rows(path, name, delimiter)
        if isinstance(rows, Problem):
            return [], [rows]
        return stage_submissions(connection, path, name, rows, library)
    form, problems = recognise(header, name)
    if fatal(problems):
        return [], problems
    # Positions, not names: beyond the known columns, a header may hold empty or repeated names.
    columns = {f"c{position}": "VARCHAR" for position in range(len(header))}
    taken = {column_name(cell): f"c{position}" for position, cell in enumerate(header)}
    chosen = ", ".join(f'{taken[column]} AS "{column}"' for column in form.names if column in taken)
    first = staged_rows(connection, form)
    try:
        connection.execute(
            f"INSERT INTO staged_{form.form} BY NAME SELECT {chosen} FROM read_csv($path, header = true, "  # noqa: S608
            "columns = $columns, delim = $delimiter, quote = '\"', escape = '\"', auto_detect = false, "
            "store_rejects = true, max_line_size = 4194304)",
            {"path": escape(str(path)), "columns": columns, "delimiter": delimiter},
        )
    except duckdb.Error as error:
        return [], [*problems, _undecodable(path, name) or broken(path, name, error)]
    torn, noted = _rejected(connection, name, form.quoted)
    problems += noted
    if any(problem.kind == "encoding" for problem in problems):
        connection.execute(f"DELETE FROM staged_{form.form} WHERE rowid >= $first", {"first": first})  # noqa: S608
        return [], problems
    trim(connection, form, first)
    return staged_table(connection, form, name, path, first, problems, tuple(torn), delimiter)


def csv_header(path: Path, name: str) -> tuple[list[str], str, Problem | None]:
    """The cells of the first line, and the delimiter that splits it best."""
    with path.open("rb") as stream:
        start = stream.readline(1_000_000)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
        return [], ",", Problem("encoding", name, row=1, value="UTF-16", expected="UTF-8", weight=Weight.FILE)
    try:
        line = start.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        return [], ",", Problem("encoding", name, row=1, expected="UTF-8", weight=Weight.FILE)
    delimiter = max(DELIMITERS, key=line.count)
    try:
        return next(csv.reader([line], delimiter=delimiter), []), delimiter, None
    except csv.Error as error:
        return [], ",", Problem("unreadable", name, row=1, value=str(error), weight=Weight.FILE)


def _all_rows(path: Path, name: str, delimiter: str) -> list[list[str]] | Problem:
    """The rows as text, the header first."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream, delimiter=delimiter))
    except (csv.Error, UnicodeDecodeError) as error:
        return _undecodable(path, name) or broken(path, name, error)


def _rejected(connection: duckdb.DuckDBPyConnection, name: str, quoted: bool) -> tuple[list[int], list[Problem]]:
    """Lines the CSV reader rejected, and a Problem for each of the first ones; the rest are counted."""
    rejects = connection.execute(
        "SELECT line, any_value(error_type), any_value(error_message), any_value(csv_line) "
        "FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    lines = [line for line, _, _, _ in rejects]
    undecodable = next((line for line, kind, _, _ in rejects if kind == "INVALID ENCODING"), None)
    if undecodable is not None:
        return lines, [Problem("encoding", name, row=undecodable, expected="UTF-8", weight=Weight.FILE)]
    problems = [
        Problem("torn_row", name, row=line, value=(quoted and text) or message.splitlines()[0])
        for line, _, message, text in rejects[:MOST_TORN]
    ]
    if len(rejects) > MOST_TORN:
        problems.append(Problem("and_more", name, value=str(len(rejects) - MOST_TORN)))
    return lines, problems


def _undecodable(path: Path, name: str) -> Problem | None:
    """The Problem for the first line that is not UTF-8, if any. Read only after the fast reader has failed."""
    with path.open("rb") as stream:
        for row, line in enumerate(stream, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return Problem("encoding", name, row=row, expected="UTF-8", weight=Weight.FILE)
    return None
