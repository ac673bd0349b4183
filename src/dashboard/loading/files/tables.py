"""A table file, or a folder of them, becomes rows of text in the staging tables, ready for checking."""

from collections.abc import Callable
from glob import escape
from hashlib import file_digest
from pathlib import Path

import duckdb

from dashboard.loading.apart.limits import too_many_rows, too_much_inside
from dashboard.loading.files.csv_file import stage_csv
from dashboard.loading.files.kinds import not_a_table
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
from dashboard.loading.files.xlsx_file import stage_xlsx
from dashboard.loading.library.library import Library
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import FORMATS


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
        return stage_xlsx(connection, path, name, library)
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
