"""A CSV, XLSX or Parquet file becomes rows of text in a staging table, ready for the checks."""

import codecs
import csv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from glob import escape
from hashlib import file_digest
from mmap import ACCESS_READ, mmap
from pathlib import Path

import duckdb
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, ZipError

from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.tables import FORM, FORMATS, FORMS, Form

DELIMITERS = (",", ";", "\t", "|")
MOST_TORN = 1000
"""So many torn lines of one file are told line by line; the rest is told as a number."""


@dataclass(frozen=True)
class Staged:
    """One table that now stands in `staged_<kind>` from row `first` on (counted from 0).

    `torn` are the lines that the reader left out; `delimiter` is that of a text file.
    """

    kind: str
    file: str
    path: Path
    first: int
    rows: int
    torn: tuple[int, ...] = ()
    delimiter: str = ""

    @cached_property
    def skipped(self) -> tuple[int, ...]:
        """The rows of the file that the reader passed over, blank or torn, in order. Looked for when first asked."""
        blank = _blank_rows(self.path, self.delimiter) if self.delimiter else []
        return tuple(sorted({*self.torn, *blank}))

    def holds(self, row_id: int) -> bool:
        """Whether a staged row came from this table."""
        return self.first <= row_id < self.first + self.rows

    def row(self, row_id: int) -> int:
        """The row of the file that a staged row stood on, the header being row 1."""
        row = row_id - self.first + 2
        for line in self.skipped:
            if line > row:
                break
            row += 1
        return row


def make_staging(connection: duckdb.DuckDBPyConnection) -> None:
    """Make one empty staging table per form, every column text, in the current schema of `connection`."""
    for form in FORMS:
        # Notes hardly repeat: to look for a dictionary in them costs more than to pack them, and gains less.
        columns = ", ".join(
            f'"{column}" VARCHAR{" USING COMPRESSION zstd" if column == "note" else ""}' for column in form.columns
        )
        connection.execute(f"CREATE TABLE staged_{form.kind} ({columns})")


def table_files(path: Path) -> list[Path]:
    """The file itself, or every table file below a folder, in order of name. Folders named `frameworks` are skipped."""
    if path.is_dir():
        return sorted(
            file
            for file in path.rglob("*")
            # Excel leaves a file `~$…` beside a workbook that somebody has open.
            if file.suffix.lower() in FORMATS
            and not file.name.startswith((".", "~$"))
            and "frameworks" not in file.relative_to(path).parts
        )
    return [path]


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def stage(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> tuple[list[Staged], list[Problem]]:
    """Append the rows of one file to the staging tables. One that cannot be read adds nothing and gives a Problem."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        return [], [Problem("format", name, value=suffix or path.name, expected=", ".join(FORMATS), weight=Weight.FILE)]
    try:
        if path.stat().st_size == 0:
            return [], [Problem("empty_file", name, weight=Weight.FILE)]
        if suffix == ".csv":
            return _stage_csv(connection, path, name)
        if suffix == ".parquet":
            return _stage_parquet(connection, path, name)
        return _stage_xlsx(connection, path, name)
    except OSError as error:
        return [], [Problem("unreadable", name, value=error.strerror or str(error), weight=Weight.FILE)]


def recognise(header: Sequence[str], name: str) -> tuple[Form, list[Problem]]:
    """The form a header belongs to, and what is wrong with it: missing columns are fatal, extra ones a note."""
    names = [_column(cell) for cell in header]
    form = max(FORMS, key=lambda form: (len(set(form.required) & set(names)) / len(form.required), len(form.required)))
    problems = [
        Problem(
            "missing_column",
            name,
            row=1,
            column=column,
            expected=", ".join(form.required),
            hint=nearest(column, [cell for cell in names if cell not in form.columns]),
            weight=Weight.FILE,
        )
        for column in form.required
        if column not in names
    ]
    problems += [
        Problem("column_twice", name, row=1, column=column, weight=Weight.FILE)
        for column in form.columns
        if names.count(column) > 1
    ]
    problems += [
        Problem("extra_column", name, row=1, column=cell, hint=nearest(cell, form.columns), weight=Weight.NOTE)
        for cell in names
        if cell and cell not in form.columns
    ]
    return form, problems


def _column(cell: str) -> str:
    return cell.strip().lower().replace(" ", "_")


def _fatal(problems: list[Problem]) -> bool:
    return any(problem.weight is Weight.FILE for problem in problems)


def _stage_csv(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> tuple[list[Staged], list[Problem]]:
    header, delimiter, problem = _header(path, name)
    if problem is not None:
        return [], [problem]
    form, problems = recognise(header, name)
    if _fatal(problems):
        return [], problems
    # Positions, not names: a header may hold an empty or a doubled name outside the known columns.
    columns = {f"c{position}": "VARCHAR" for position in range(len(header))}
    taken = {_column(cell): f"c{position}" for position, cell in enumerate(header)}
    chosen = ", ".join(f"{taken[column]} AS {column}" for column in form.columns if column in taken)
    first = _rows(connection, form)
    try:
        connection.execute(
            f"INSERT INTO staged_{form.kind} BY NAME SELECT {chosen} FROM read_csv($path, header = true, "  # noqa: S608
            "columns = $columns, delim = $delimiter, quote = '\"', escape = '\"', auto_detect = false, "
            "store_rejects = true, max_line_size = 4194304)",
            {"path": escape(str(path)), "columns": columns, "delimiter": delimiter},
        )
    except duckdb.Error as error:
        return [], [*problems, _undecodable(path, name) or _broken(path, name, error)]
    torn, noted = _rejected(connection, name)
    problems += noted
    if any(problem.kind == "encoding" for problem in problems):
        connection.execute(f"DELETE FROM staged_{form.kind} WHERE rowid >= $first", {"first": first})  # noqa: S608
        return [], problems
    _trim(connection, form, first)
    return _staged(connection, form, name, path, first, problems, tuple(torn), delimiter)


def _trim(connection: duckdb.DuckDBPyConnection, form: Form, first: int) -> None:
    """Take the spaces around every cell from row `first` on away; a cell that holds nothing else becomes no value.

    Done after the reading, where a cell that is repeated is looked at once: trimmed on the way in, reading took double.
    """
    for column in form.columns:
        connection.execute(
            f"UPDATE staged_{form.kind} SET {column} = nullif(trim({column}, ' \t' || chr(160)), '') "  # noqa: S608
            f"WHERE rowid >= $first AND ({column}[1] IN ('', ' ', '\t', chr(160)) "
            f"OR {column}[-1] IN (' ', '\t', chr(160)))",
            {"first": first},
        )


def _blank_rows(path: Path, delimiter: str) -> list[int]:
    """Rows of a text file that hold nothing at all; the CSV reader passes over them without a word."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        if content.find(b"\n\n") < 0 and content.find(b"\n\r\n") < 0:
            return []
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as text:
        try:
            return [row for row, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1) if not cells]
        except csv.Error:
            return []


def _header(path: Path, name: str) -> tuple[list[str], str, Problem | None]:
    """The first line's cells and the delimiter that splits it best."""
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


def _rejected(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[list[int], list[Problem]]:
    """Lines the CSV reader had to leave out, and the Problem of each of the first; what is beyond them is counted."""
    found = connection.execute(
        "SELECT line, any_value(error_type), any_value(error_message), any_value(csv_line) "
        "FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    lines = [line for line, _, _, _ in found]
    undecodable = next((line for line, kind, _, _ in found if kind == "INVALID ENCODING"), None)
    if undecodable is not None:
        return lines, [Problem("encoding", name, row=undecodable, expected="UTF-8", weight=Weight.FILE)]
    problems = [
        Problem("torn_row", name, row=line, value=text or message.splitlines()[0])
        for line, _, message, text in found[:MOST_TORN]
    ]
    if len(found) > MOST_TORN:
        problems.append(Problem("and_more", name, value=str(len(found) - MOST_TORN)))
    return lines, problems


def _undecodable(path: Path, name: str) -> Problem | None:
    """The first line that is not UTF-8, if there is one. Read only after the fast reader has failed."""
    with path.open("rb") as stream:
        for row, line in enumerate(stream, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return Problem("encoding", name, row=row, expected="UTF-8", weight=Weight.FILE)
    return None


def _broken(path: Path, name: str, error: duckdb.Error) -> Problem:
    said = str(error).strip().splitlines()[0].replace(str(path), name)
    return Problem("unreadable", name, value=said, weight=Weight.FILE)


def _stage_parquet(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> tuple[list[Staged], list[Problem]]:
    try:
        relation = connection.from_parquet(escape(str(path)))
        header = relation.columns
        form, problems = recognise(header, name)
        if _fatal(problems):
            return [], problems
        taken = {_column(cell): cell for cell in header}
        chosen = ", ".join(
            f'CAST("{taken[column]}" AS VARCHAR) AS {column}' for column in form.columns if column in taken
        )
        first = _rows(connection, form)
        connection.execute(
            f"INSERT INTO staged_{form.kind} BY NAME SELECT {chosen} FROM read_parquet($path)",  # noqa: S608
            {"path": escape(str(path))},
        )
        _trim(connection, form, first)
    except duckdb.Error as error:
        return [], [_broken(path, name, error)]
    return _staged(connection, form, name, path, first, problems)


def _stage_xlsx(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> tuple[list[Staged], list[Problem]]:
    try:
        workbook = CalamineWorkbook.from_path(path)
        sheets = {
            title: workbook.get_sheet_by_name(title)
            for title in workbook.sheet_names
            if workbook.get_sheet_by_name(title).total_height
        }
    except (CalamineError, ZipError, zipfile.BadZipFile, OSError) as error:
        return [], [Problem("unreadable", name, value=str(error), weight=Weight.FILE)]
    staged: list[Staged] = []
    refused: list[Problem] = []
    notes: list[Problem] = []
    for title, sheet in sheets.items():
        place = f"{name}[{title}]"
        rows = sheet.to_python(skip_empty_area=False)
        form, problems = recognise([str(cell) for cell in rows[0]], place)
        if _fatal(problems):
            # A sheet with most of its columns was meant; one with few is a read-me, and passed over beside a good one.
            missing = sum(problem.kind == "missing_column" for problem in problems)
            if 2 * missing < len(form.required):
                return [], problems
            refused += problems
            continue
        merged = sheet.merged_cell_ranges or []
        if merged:
            (top, left), (bottom, right) = merged[0]
            span = f"{_cell_name(top, left)}:{_cell_name(bottom, right)}"
            return [], [Problem("merged_cells", place, row=top + 1, value=span, weight=Weight.FILE)]
        first = _rows(connection, form)
        _insert(connection, form, rows)
        found, noted = _staged(connection, form, place, path, first, problems)
        staged += found
        notes += noted
    if staged:
        return staged, [problem for problem in notes if problem.weight is not Weight.FILE]
    if not sheets:
        return [], [Problem("empty_file", name, weight=Weight.FILE)]
    return [], [*refused, *notes]


def _cell_name(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _insert(connection: duckdb.DuckDBPyConnection, form: Form, rows: Sequence[Sequence[object]]) -> None:
    taken = {_column(str(cell)): position for position, cell in enumerate(rows[0])}
    columns = {
        column: pa.array([_text(row[taken[column]]) for row in rows[1:]], pa.string())
        for column in form.columns
        if column in taken
    }
    sheet = pa.table(columns)
    connection.register("sheet_rows", sheet)
    connection.execute(f"INSERT INTO staged_{form.kind} BY NAME SELECT * FROM sheet_rows")  # noqa: S608
    connection.unregister("sheet_rows")


def _text(cell: object) -> str | None:
    """A cell as the text a person sees: dates as ISO, whole numbers without a point, blank as nothing."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip() if cell is not None else ""
    return text or None


def _rows(connection: duckdb.DuckDBPyConnection, form: Form) -> int:
    # Fetched to the end: with a result left open, DuckDB takes no Arrow table on this connection.
    return int(connection.execute(f"SELECT count(*) FROM staged_{form.kind}").fetchall()[0][0])  # noqa: S608


def _staged(
    connection: duckdb.DuckDBPyConnection,
    form: Form,
    name: str,
    path: Path,
    first: int,
    problems: list[Problem],
    torn: tuple[int, ...] = (),
    delimiter: str = "",
) -> tuple[list[Staged], list[Problem]]:
    rows = _rows(connection, form) - first
    if rows == 0:
        return [], [*problems, Problem("empty_file", name, weight=Weight.FILE)]
    return [Staged(form.kind, name, path, first, rows, torn, delimiter)], problems


__all__ = ["FORM", "Staged", "checksum", "make_staging", "recognise", "stage", "table_files"]
