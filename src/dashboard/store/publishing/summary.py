"""What did a load do, in a few numbers? For files with millions of rows, where nobody reads each problem."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.store.sql import sql


@dataclass(frozen=True)
class Summary:
    """Rows accepted, rows left out by kind of problem (the most frequent first), rounds and operations covered."""

    taken: int
    left_out: tuple[tuple[str, int], ...]
    rounds: int
    operations: int


def summed_up(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> Summary:
    """The numbers of a load, while its rows and findings are still there. Each row counts once."""
    counts = dict(connection.execute(sql("load/answers/left_out")).fetchall())
    torn = sum(len(table.torn) for table in staged)
    if torn:
        counts["torn_row"] = torn
    ((n_out, rounds, operations),) = connection.execute(sql("load/answers/reached")).fetchall()
    left_out = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Summary(sum(table.rows for table in staged) - n_out, left_out, rounds, operations)
