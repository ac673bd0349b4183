"""Would most rows of a round be published, and most answers remain? If not, somebody is asked first.

A heading or a word may have been misread.
"""

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.answers.preview import Withdrawn, too_few
from dashboard.model.problem import Problem, Weight
from dashboard.store.publishing.load import Inspect, Load
from dashboard.store.sql import sql


def counting_rows(load: Load, found: list[Problem]) -> Inspect | None:
    """What inspects a load: as it says itself, and `found` gets a Problem for each round that would lose too much."""
    if load.accept_fewer:
        return load.inspect

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        found.extend((*_fewer_rows(connection), *map(_withdrawn, withdrawn(connection))))
        if load.inspect is not None:
            load.inspect(connection, staged)

    return inspect


def withdrawn(connection: duckdb.DuckDBPyConnection) -> list[Withdrawn]:
    """The operations that would keep too few of their published answers in a round. Called within a load."""
    # A cursor has a transaction of its own: it sees what is still published.
    with connection.cursor() as cursor:
        before = cursor.execute(sql("load/answers/answered")).fetchall()
    after = {(round_, operation): n for round_, operation, n in _answered(connection)}
    return [
        Withdrawn(round_, operation, n - n_left, n)
        for round_, operation, n in before
        if too_few(n_left := after.get((round_, operation), 0), n)
    ]


def _answered(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    return connection.execute(sql("load/answers/answered")).fetchall()


def _withdrawn(one: Withdrawn) -> Problem:
    return Problem("withdrawn", one.round, value=one.operation, expected=f"{one.n} / {one.n_was}", weight=Weight.FILE)


def _fewer_rows(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    return [
        Problem("fewer_rows", round_, value=str(100 * n_in // n), weight=Weight.FILE)
        for round_, n_in, n in connection.execute(sql("load/answers/rounds_in")).fetchall()
        if too_few(n_in, n)
    ]
