"""How is a private copy of a publication made, and what is calculated from its tables made again?"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from dashboard.store.publishing.build import WRITING
from dashboard.store.reading.reader import Published, pool_of
from dashboard.store.sql import NAMED, always, run

AliasRow = tuple[str, str, str, str]
"""A kind, a code, the alias, and the title that replaces its own."""


def copied(
    published: Published,
    target: Path,
    change: Callable[[duckdb.DuckDBPyConnection], None],
    only: Callable[[str], bool] = always,
) -> Published:
    """Make a changed copy of a publication at `target`. Its move says nothing that people wrote.

    `change` leaves the tables from which the named ones are made; `only` says which of those statements have anything
    to make again. Raises duckdb.Error or OSError only if the machine fails.
    """
    with published.cursor() as cursor:
        (path,) = first_column(cursor, "SELECT path FROM duckdb_databases() WHERE database_name = current_catalog()")
    shutil.copyfile(path, target)
    with duckdb.connect(str(target), config=WRITING) as connection:
        # In one transaction, since each statement would otherwise write its own log to disk.
        connection.begin()
        change(connection)
        for script in ("load/lists/wording", *NAMED):
            run(connection, script, only)
        connection.commit()
        connection.execute("CHECKPOINT")
    move = replace(published.revision, role="", why="", about="", files=(), subject="")
    pool = pool_of(target, target.stat().st_size)
    return Published(move, pool, masked=published.masked, partial=published.partial)


def hold_aliases(connection: duckdb.DuckDBPyConnection, rows: Iterable[AliasRow]) -> None:
    """Put the aliases into a table of the connection, one row per code."""
    connection.execute("CREATE TEMP TABLE alias (kind VARCHAR, code VARCHAR, alias VARCHAR, title VARCHAR)")
    if held := list(rows):
        connection.executemany("INSERT INTO alias VALUES (?, ?, ?, ?)", held)


def first_column(cursor: duckdb.DuckDBPyConnection, query: str, **given: object) -> list[str]:
    """The first column of an answer."""
    return [value for (value, *_) in cursor.execute(query, given).fetchall()]
