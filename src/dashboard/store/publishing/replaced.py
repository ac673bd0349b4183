"""What does a load change that is published? Counted before it counts, so that somebody is asked first.

A heading or a word may have been misread.
"""

from collections.abc import Iterable
from dataclasses import replace

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.answers.preview import COMPARED, Changes, Count, Few, Withdrawn, too_few
from dashboard.model.records import RECORDS
from dashboard.store.keeping.out_of_force import left_behind
from dashboard.store.publishing.load import Inspect, Load
from dashboard.store.records.changes import replaced_rows
from dashboard.store.sql import sql

PLANNED = tuple(form for form in COMPARED if form != "answers")
"""The forms, besides answers, whose rows are compared with what is published."""


def asking(load: Load, step: int, declined: list[Changes]) -> Inspect | None:
    """What inspects a load: as it says itself, and `declined` gets the changes that its `agree` does not agree to.

    `step` is the number that the load will have in the history.
    """
    agree = load.agree
    if agree is None:
        return load.inspect

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        if load.inspect is not None:
            load.inspect(connection, staged)
        behind = left_behind(load.store)
        changes = replace(
            replaced(connection, staged, step), behind=behind.problem(load.store) if behind is not None else None
        )
        if changes.asks and not agree(changes):
            declined.append(changes)

    return inspect


def replaced(connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged], step: int) -> Changes:
    """The changes as far as they concern something published, without the rows. Called within a load.

    As in a preview, but without comparing every value, which would take too long for millions of answers.
    """
    answers = connection.execute(sql("load/replaced/answers")).fetchall()
    counts = [Count(form, round_, operation, "changed", n) for form, round_, operation, n, _ in answers]
    if any(table.kind in PLANNED for table in staged):
        counts += _replaced_rows(connection)
    ((n_raised,),) = connection.execute(sql("load/replaced/raised"), {"step": step}).fetchall()
    return Changes(
        tuple(counts),
        n_raised=n_raised,
        n_unproven=sum(n for *_, n in answers),
        withdrawn=tuple(withdrawn(connection)),
        few=tuple(_few(connection)),
    )


def _replaced_rows(connection: duckdb.DuckDBPyConnection) -> list[Count]:
    # A cursor has a transaction of its own: it sees what is still published.
    with connection.cursor() as cursor:
        for form in PLANNED:
            table = RECORDS[form].table
            connection.register(f"was_{table}", cursor.execute(f"FROM {table}").to_arrow_table())
    rows = connection.execute(replaced_rows()).fetchall()
    return [Count(form, round_, operation, "changed", n) for form, round_, operation, n in rows]


def withdrawn(connection: duckdb.DuckDBPyConnection) -> list[Withdrawn]:
    """The operations that would keep too few of their published answers in a round. Called within a load."""
    # As above.
    with connection.cursor() as cursor:
        before = cursor.execute(sql("load/replaced/answered")).fetchall()
    after = {(round_, operation): n for round_, operation, n in _answered(connection)}
    return [
        Withdrawn(round_, operation, n - n_left, n)
        for round_, operation, n in before
        if too_few(n_left := after.get((round_, operation), 0), n)
    ]


def _answered(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    return connection.execute(sql("load/replaced/answered")).fetchall()


def _few(connection: duckdb.DuckDBPyConnection) -> Iterable[Few]:
    rounds = connection.execute(sql("load/replaced/rounds_in")).fetchall()
    return (Few(round_, n_in, n) for round_, n_in, n in rounds if too_few(n_in, n))
