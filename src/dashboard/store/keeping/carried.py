"""How is one publication converted to the current tables? Its rows step by step, then what is calculated from them."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from dashboard.store.publishing.build import WRITING
from dashboard.store.publishing.library import stored_library, write_library
from dashboard.store.sql import ASKED, CROSSED, NAMED, run, sql

RECALCULATED = ("shape", "old_words", "tally", "matched", "touched")
"""Tables of `schema.sql` that are calculated from the others; frameworks are rewritten from the library."""


@dataclass(frozen=True)
class Step:
    """A change of the tables: SQL that converts any with a lower shape to this one.

    `renamed` lists, by table, the columns that have another name from here on; `dropped` those that are gone.
    """

    shape: int
    text: str
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


STEPS = (
    Step(10, sql("upgrades/010")),
    Step(23, sql("upgrades/023"), dropped={"action": ("status_by_quarter",)}),
)
"""Every change of the tables, in order. Each sees the tables only as the step before has left them."""

Version = Mapping[str, str | int | date]
"""A version of a framework in the history: `framework`, `version`, and its first `step` and `day`."""


def versions_in(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every framework with the version that a publication holds; the same in every shape so far."""
    return connection.execute("SELECT framework, version FROM framework").fetchall()


def steps_from(shape: int) -> tuple[Step, ...]:
    """The steps that tables of this shape still need."""
    return tuple(step for step in STEPS if step.shape > shape)


def carry(old: Path, new: Path, shape: int, published: Iterable[Version]) -> None:
    """Convert the publication at `old`, with this shape, to the current tables at `new`. The old one is only read.

    Temporary files are placed beside `new`. Raises duckdb.Error or OSError only if the machine fails.
    """
    steps = steps_from(shape)
    carried = old
    if steps:
        carried = new.with_suffix(".carried")
        shutil.copyfile(old, carried)
        _take(steps, carried, list(published))
    with _writing(new) as connection:
        connection.execute("ATTACH $carried AS carried (READ_ONLY)", {"carried": str(carried)})
        run(connection, "schema")
        former_columns = columns_of(connection, "carried")
        for table, columns in columns_of(connection).items():
            named = ", ".join(f'"{column}"' for column in columns if column in former_columns.get(table, ()))
            if named and table not in RECALCULATED:
                connection.execute(f'INSERT INTO "{table}" ({named}) SELECT {named} FROM carried."{table}"')  # noqa: S608
        connection.execute("DETACH carried")
        _recalculate(connection)
        connection.execute("CHECKPOINT")
    if steps:
        carried.unlink()


def _take(steps: Iterable[Step], path: Path, published: list[Version]) -> None:
    with _writing(path) as connection:
        for step in steps:
            for statement in connection.extract_statements(step.text):
                given = {"published": published} if "published" in statement.named_parameters else {}
                connection.execute(statement, given)
        connection.execute("CHECKPOINT")


def _recalculate(connection: duckdb.DuckDBPyConnection) -> None:
    """Write what `apply_load` calculates from lists, frameworks and answers when everything has changed."""
    run(connection, "readings")
    run(connection, "load/lists/version_of")
    if connection.execute("FROM library").fetchone() is not None:
        write_library(connection, stored_library(connection))
    run(connection, "load/lists/wording")
    run(connection, "load/lists/old_words")
    connection.execute(
        "INSERT INTO touched SELECT DISTINCT round_no, country_no FROM answer JOIN operation USING (operation_no)"
    )
    for script in ("scoring", *NAMED, *CROSSED, *ASKED):
        run(connection, script)


def columns_of(connection: duckdb.DuckDBPyConnection, database: str = "") -> dict[str, tuple[str, ...]]:
    """The tables of an attached publication, or of the one in use by the connection, each with its columns."""
    rows = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() JOIN duckdb_tables() "
        "USING (database_name, schema_name, table_name) "
        "WHERE database_name = CASE $database WHEN '' THEN current_catalog() ELSE $database END GROUP BY table_name",
        {"database": database},
    )
    return {table: tuple(columns) for table, columns in rows.fetchall()}


def _writing(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path), config=WRITING)
    connection.execute("SET temp_directory = $folder", {"folder": str(path.with_suffix(".spill"))})
    return connection
