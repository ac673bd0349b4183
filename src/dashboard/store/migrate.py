"""Converts one publication to the current tables, step by step, and compares its rows with those before."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS
from dashboard.store.publishing.build import WRITING
from dashboard.store.publishing.library_tables import stored_library, write_library
from dashboard.store.record_columns import CODES
from dashboard.store.sql import ASKED, CROSSED, NAMED, run, sql

RECALCULATED = ("shape", "old_words", "tally", "matched", "touched")
"""Tables of `schema.sql` that are calculated from the others; frameworks are rewritten from the library."""


@dataclass(frozen=True)
class Migration:
    """A change of the tables: SQL that converts any with a lower shape to this one.

    `renamed` lists, by table, the columns that have another name from here on; `dropped` those that are gone.
    """

    shape: int
    text: str
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


STEPS = (
    Migration(10, sql("upgrades/010")),
    Migration(23, sql("upgrades/023"), dropped={"action": ("status_by_quarter",)}),
)
"""Every change of the tables, in order. Each sees the tables only as the step before has left them."""

Version = Mapping[str, str | int | date]
"""A version of a framework in the history: `framework`, `version`, and its first `step` and `day`."""


def versions_in(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every framework with the version that a publication holds; the same in every shape so far."""
    return connection.execute("SELECT framework, version FROM framework").fetchall()


def steps_from(shape: int) -> tuple[Migration, ...]:
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


def _take(steps: Iterable[Migration], path: Path, published: list[Version]) -> None:
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


COMPARED = (
    *(record.table for record in RECORDS.values()),
    *("asked", "brought", "problem", "framework", "band", "scale", "area", "criterion"),
    *("framework_version", "former_text", "former_name"),
)
"""What was imported, typed or decided, and what it refers to."""


def compare(old: Path, new: Path, steps: Iterable[Migration], spill: Path) -> tuple[dict[str, int], list[Problem]]:
    """How many rows of each table are the same in both, and a Problem for each table that differs.

    `steps` are those that the new one has taken. A column that the old one lacked is not compared; one that the new one
    lacks although it had values is a difference, unless a step has dropped it. If memory is short, DuckDB writes to
    `spill`.
    """
    with duckdb.connect(config=WRITING) as both:
        both.execute("SET temp_directory = $spill", {"spill": str(spill)})
        for side, path in (("old", old), ("new", new)):
            both.execute(f"ATTACH $path AS {side} (READ_ONLY)", {"path": str(path)})
        had, has = columns_of(both, "old"), columns_of(both, "new")
        rounds = both.execute("SELECT round FROM old.round UNION SELECT round FROM new.round ORDER BY ALL").fetchall()
        rows: dict[str, int] = {}
        problems: list[Problem] = []
        for table in (table for table in COMPARED if table in had):
            now = _called_now(table, had[table], steps)
            names = {name: later for name, later in now.items() if later in has.get(table, {})}
            rows[table] = _count(both, "old", table)
            unlike = [f"without {column}" for column in _left_out(both, table, now.keys() - names.keys())]
            unlike += _unlike(both, table, names, [code for (code,) in rounds] if "round_no" in names else [None])
            if rows[table] != (n := _count(both, "new", table)):
                unlike.append(f"{rows[table]} / {n}")
            if unlike:
                problems.append(Problem("upgrade_differs", old.stem, column=table, value=unlike[0], weight=Weight.FILE))
        return rows, problems


def _called_now(table: str, columns: Iterable[str], steps: Iterable[Migration]) -> dict[str, str]:
    """The name of each column of a table after the steps, without those that a step has dropped."""
    now = {column: column for column in columns}
    for step in steps:
        names = step.renamed.get(table, {})
        gone = step.dropped.get(table, ())
        now = {column: names.get(later, later) for column, later in now.items() if later not in gone}
    return now


def _count(both: duckdb.DuckDBPyConnection, side: str, table: str) -> int:
    return int(both.execute(f'SELECT count(*) FROM {side}."{table}"').fetchall()[0][0])  # noqa: S608


def _left_out(both: duckdb.DuckDBPyConnection, table: str, columns: Iterable[str]) -> Iterator[str]:
    """The columns that are missing now although they held values."""
    for column in sorted(columns):
        if both.execute(f'SELECT count("{column}") FROM old."{table}"').fetchall() != [(0,)]:  # noqa: S608
            yield column


def _unlike(
    both: duckdb.DuckDBPyConnection, table: str, names: Mapping[str, str], rounds: Iterable[str | None]
) -> Iterator[str]:
    """Rows of one side that the other lacks. Rounds are compared one after the other, to save memory."""
    for round_ in rounds:
        old, new = (
            _rows(both, side, table, columns, round_)
            for side, columns in (("old", names.keys()), ("new", names.values()))
        )
        for one, other in ((old, new), (new, old)):
            given = {} if round_ is None else {"round": round_}
            for row in both.execute(f"{one} EXCEPT {other} LIMIT 1", given).fetchall():
                yield str(row)


def _rows(both: duckdb.DuckDBPyConnection, side: str, table: str, columns: Iterable[str], round_: str | None) -> str:
    """A query for the rows of a table, with codes for numbers, even inside composite values."""
    named = ", ".join(f't."{column}"' for column in columns)
    relation = both.sql(f'SELECT {named} FROM {side}."{table}" AS t')  # noqa: S608
    values: list[str] = []
    for column, kind in zip(relation.columns, relation.types, strict=True):
        inner = [name for name, _ in kind.children] if kind.id == "struct" else []
        places = [(name, f't."{column}"."{name}"') for name in inner] or [(column, f't."{column}"')]
        values += [_coded(side, name, place) for name, place in places]
    where = f"WHERE t.round_no = (SELECT r.round_no FROM {side}.round AS r WHERE r.round = $round)"  # noqa: S608
    return f'SELECT {", ".join(values)} FROM {side}."{table}" AS t {where if round_ is not None else ""}'  # noqa: S608


def _coded(side: str, name: str, place: str) -> str:
    """A value; for a number its code, or the number itself if nothing defines it."""
    if name not in CODES:
        return place
    table, code = CODES[name]
    given = f"SELECT k.{code} FROM {side}.{table} AS k WHERE k.{name} = {place}"  # noqa: S608
    return f"coalesce(({given}), CAST({place} AS VARCHAR))"
