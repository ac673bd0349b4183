"""Stages a table file, or a folder of them, as rows of text: CSV, Parquet, or the sheets of a workbook.

CSV may have any usual delimiter, is UTF-8 only, and gives a Problem for each malformed line. Of a workbook, every sheet
that holds a table is read, whatever its name.
"""

import codecs
import csv
from collections.abc import Callable
from glob import escape
from hashlib import file_digest, sha256
from pathlib import Path

import duckdb

from dashboard.loading.file_contents import holds_standard, merged_cells, not_a_table, read_sheets, too_large
from dashboard.loading.library import Library
from dashboard.loading.process_limits import too_many_rows, too_much_inside
from dashboard.loading.staging import (
    Staged,
    append_columns,
    broken,
    column_name,
    fatal,
    recognise,
    staged_rows,
    staged_table,
    trim,
)
from dashboard.loading.submissions import holds_submissions, stage_submissions
from dashboard.loading.workbook_rows import stage_book
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import FORMATS
from dashboard.model.sheet_cells import unguarded

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


def stage_workbook(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, library: Callable[[], Library] = Library
) -> tuple[list[Staged], list[Problem]]:
    """Append the rows of every sheet that is a table.

    `library` is called only for the workbook of an operation and for what forms for phones have sent.
    """
    sheets = read_sheets(path, name)
    if isinstance(sheets, Problem):
        return [], [sheets]
    if holds_standard(sheets):
        return [], [Problem("standard_workbook", name, weight=Weight.FILE)]
    book = stage_book(connection, path, name, sheets, library)
    if book is not None:
        return book
    filled = {title: sheet for title, sheet in sheets.items() if sheet.total_height}
    staged: list[Staged] = []
    refused: list[Problem] = []
    notes: list[Problem] = []
    for title, sheet in filled.items():
        place = f"{name}[{title}]"
        many = too_large(sheet, place)
        if many is not None:
            return [], [many]
        rows = sheet.rows()
        if holds_submissions(rows[0]):
            tables, noted = stage_submissions(connection, path, place, rows, library)
            staged, notes = [*staged, *tables], [*notes, *noted]
            continue
        form, problems = recognise([str(cell) for cell in rows[0]], place)
        if fatal(problems):
            # A sheet with most of the columns was meant as a table; one with few is a read-me, skipped if another sheet
            # is good.
            missing = sum(problem.kind == "missing_column" for problem in problems)
            if 2 * missing < len(form.required):
                return [], problems
            refused += problems
            continue
        merged = merged_cells(sheet, place)
        if merged is not None:
            return [], [merged]
        taken = {column_name(str(cell)): position for position, cell in enumerate(rows[0])}
        columns = {name: [_text(row[taken[name]]) for row in rows[1:]] for name in form.names if name in taken}
        first = append_columns(connection, form, columns)
        tables, noted = staged_table(connection, form, place, path, first, problems)
        staged += tables
        notes += noted
    if staged:
        return staged, [problem for problem in notes if problem.weight is not Weight.FILE]
    if not filled:
        return [], [Problem("empty_file", name, weight=Weight.FILE)]
    return [], [*refused, *notes]


def _text(cell: object) -> str | None:
    """A cell as the text a person sees: dates as ISO, whole numbers without a decimal point, blank as None."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = unguarded(str(cell).strip()).strip() if cell is not None else ""
    return text or None


def table_files(path: Path) -> list[Path]:
    """The file itself, or every table file in a folder and below, by name. Folders named `frameworks` are skipped."""
    if path.is_dir():
        return sorted(
            file
            for file in path.rglob("*")
            # Excel keeps a file `~$…` beside a workbook that is open.
            if file.suffix.lower() in FORMATS
            and not file.name.startswith((".", "~$"))
            and "frameworks" not in file.relative_to(path).parts
        )
    return [path]


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def checksum_of(folder: Path) -> str:
    """The SHA-256 of the names and the content of all files in a folder. Raises OSError."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{checksum(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    return sha256("".join(lines).encode()).hexdigest()


def stage(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, library: Callable[[], Library] = Library
) -> tuple[list[Staged], list[Problem]]:
    """Append the rows of one file to the staging tables. An unreadable file adds nothing and gives a Problem.

    `library` gives the frameworks of the load, needed for the words in workbooks that people have filled in.
    """
    suffix = path.suffix.lower()
    try:
        if refused := not_a_table(path, name):
            return [], [refused]
        if suffix == ".csv":
            return stage_csv(connection, path, name, library)
        if suffix == ".parquet":
            return _stage_parquet(connection, path, name)
        return stage_workbook(connection, path, name, library)
    except OSError as error:
        return [], [Problem("unreadable", name, value=error.strerror or str(error), weight=Weight.FILE)]


def _stage_parquet(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> tuple[list[Staged], list[Problem]]:
    try:
        refused = parquet_beyond(connection, path, name)
        if refused is not None:
            return [], [refused]
        relation = connection.from_parquet(escape(str(path)))
        header = relation.columns
        form, problems = recognise(header, name)
        if fatal(problems):
            return [], problems
        taken = {column_name(cell): cell for cell in header}
        chosen = ", ".join(
            f'CAST("{taken[column]}" AS VARCHAR) AS "{column}"' for column in form.names if column in taken
        )
        first = staged_rows(connection, form)
        connection.execute(
            f"INSERT INTO staged_{form.form} BY NAME SELECT {chosen} FROM read_parquet($path)",  # noqa: S608
            {"path": escape(str(path))},
        )
        trim(connection, form, first)
    # Column names that are not text are reported as a RuntimeError.
    except (duckdb.Error, RuntimeError) as error:
        return [], [broken(path, name, error)]
    return staged_table(connection, form, name, path, first, problems)


def parquet_beyond(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> Problem | None:
    """Why a Parquet file is not read: its metadata says it has too many rows or bytes. Checked before reading rows."""
    rows, size = connection.execute(
        "SELECT any_value(num_rows), (SELECT sum(total_uncompressed_size) FROM parquet_metadata($path)) "
        "FROM parquet_file_metadata($path)",
        {"path": escape(str(path))},
    ).fetchall()[0]
    return too_many_rows(int(rows or 0), name) or too_much_inside(int(size or 0), name)
