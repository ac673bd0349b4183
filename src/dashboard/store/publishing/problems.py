"""What did the checks of a load find? Problems in the order of the files, stored in the publication."""

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.store.sql import sql

MOST_ALIKE = 5
"""How many rows with the same problem, column and value are reported; the rest are only counted."""
MOST_OF_A_KIND = 1000
"""How many different problems of one kind are reported per load; the rest are only counted."""
CODES = {
    "unknown_round": "round",
    "unknown_operation": "operation",
    "unknown_criterion": "criterion",
    "unknown_action": "action",
    "unknown_country": "country",
    "unknown_indicator": "indicator",
    "unknown_area": "area",
    "unknown_impact": "impact",
    "unknown_framework": "framework",
}

CHOICES = ("off_scale", "unknown_version")
"""Kinds of problems whose `expected` lists every valid word."""


def collect_problems(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """What the checks found, as Problems in the order of the files."""
    rows = connection.execute(sql("load/answers/problems"), {"alike": MOST_ALIKE, "most": MOST_OF_A_KIND}).fetchall()
    known = {
        kind: [code for (code,) in connection.execute(f"SELECT {table} FROM {table}").fetchall()]  # noqa: S608
        for kind, table in CODES.items()
        if any(row[0] == kind for row in rows)
    }
    problems = []
    for kind, form, row_id, column, value, expected, weight, more in rows:
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        choices = known.get(kind) or ((expected or "").split(", ") if kind in CHOICES else [])
        head = table.column(column, row_id)
        hint = nearest(value, [choice for choice in choices if choice != value])
        problems.append(Problem(kind, table.file, table.row(row_id), head, value, expected, hint, Weight(weight)))
        if more:
            problems.append(Problem("and_more", table.file, column=head, value=str(more), weight=Weight(weight)))
    files = ", ".join(table.file for table in staged)
    for weight, n_all in connection.execute("SELECT weight, count(*) FROM told GROUP BY ALL ORDER BY ALL").fetchall():
        n_reported = sum(more + 1 for *_, of, more in rows if of == weight)
        if n_all > n_reported:
            problems.append(Problem("and_others", files, value=str(n_all - n_reported), weight=Weight(weight)))
    return problems


def renamed(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """Changes in what everybody sees, such as titles and rounds closed or reopened: allowed, with a note."""
    problems = []
    for kind, row_id, form, column, value in connection.execute(sql("load/lists/renamed")).fetchall():
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        row = table.row(row_id)
        problems.append(Problem(kind, table.file, row, column, value, weight=Weight.NOTE))
    return problems


def removed_criteria(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Earlier answers to something that is no longer asked: they must not vanish silently."""
    return [
        Problem("answered_but_gone", "frameworks", column="criterion", value=criterion, weight=Weight.FILE)
        for criterion, _ in connection.execute(sql("load/answers/removed_criteria")).fetchall()
    ]


def keep_problems(connection: duckdb.DuckDBPyConnection, problems: list[Problem]) -> None:
    """Store the problems of this load in the publication, so that the Data page can show them."""
    connection.execute("DELETE FROM problem")
    rows = [
        (position, p.kind, p.file, p.row, p.column, p.value, p.expected, p.hint, p.weight.value)
        for position, p in enumerate(problems)
    ]
    if rows:
        connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
