"""Would most rows of a round be published? If not, somebody is asked first, since a heading may have been misread."""

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.answers.preview import too_few
from dashboard.model.problem import Problem, Weight
from dashboard.store.publishing.load import Inspect, Load
from dashboard.store.sql import sql


def counting_rows(load: Load, found: list[Problem]) -> Inspect | None:
    """What inspects a load: as it says itself, and `found` gets a Problem for each round that would lose too much."""
    if load.accept_fewer:
        return load.inspect

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        found.extend(_fewer_rows(connection))
        if load.inspect is not None:
            load.inspect(connection, staged)

    return inspect


def _fewer_rows(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    return [
        Problem("fewer_rows", round_, value=str(100 * n_in // n), weight=Weight.FILE)
        for round_, n_in, n in connection.execute(sql("load/answers/rounds_in")).fetchall()
        if too_few(n_in, n)
    ]
