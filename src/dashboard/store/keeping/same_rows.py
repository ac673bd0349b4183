"""Do two publications hold the same rows? Compared value by value, with codes in place of numbers."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import duckdb

from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS
from dashboard.store.keeping.carried import Step, columns_of
from dashboard.store.publishing.build import WRITING
from dashboard.store.records.columns import CODES

COMPARED = (
    *(record.table for record in RECORDS.values()),
    *("asked", "brought", "problem", "framework", "band", "scale", "area", "criterion"),
    *("framework_version", "former_text", "former_name"),
)
"""What was imported, typed or decided, and what it refers to."""


def compare(old: Path, new: Path, steps: Iterable[Step], spill: Path) -> tuple[dict[str, int], list[Problem]]:
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


def _called_now(table: str, columns: Iterable[str], steps: Iterable[Step]) -> dict[str, str]:
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
