"""Is more asked than can be answered? Notes on criteria that seem not to concern those who are asked."""

from collections.abc import Iterator
from datetime import date

import duckdb

from dashboard.model.problem import Problem, Weight
from dashboard.store.sql import sql

FEWEST = 3
"""Fewer operations than this are not typical of anything."""


def hard_to_answer(connection: duckdb.DuckDBPyConnection, today: date) -> Iterator[Problem]:
    """A note for each standard that operations hardly answer, and for each figure that unanswered criteria hide."""
    rows = connection.execute(sql("publishing/hardly_answered"), {"today": today, "fewest": FEWEST}).fetchall()
    for framework, n, said, asked in rows:
        yield Problem("hardly_answered", framework, value=f"{said}/{asked}", expected=str(n), weight=Weight.NOTE)
    for framework, area, n_never, n in connection.execute(
        sql("publishing/hidden_figures"), {"today": today}
    ).fetchall():
        yield Problem("figure_hidden", framework, column=area, value=f"{n_never}/{n}", weight=Weight.NOTE)
