"""What of a load is read otherwise than it is written, or in newer words than before? It enters, with a note."""

from collections.abc import Mapping

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.problem import Problem, Weight
from dashboard.store.sql import run, sql


def former_ids(connection: duckdb.DuckDBPyConnection, staged: list[Staged], names: Mapping[str, str]) -> list[Problem]:
    """A note for each former id that the tables use; it is read as the present one."""
    if not names:
        return []
    connection.execute("CREATE TEMP TABLE former_names (former VARCHAR, code VARCHAR)")
    connection.executemany("INSERT INTO former_names VALUES (?, ?)", list(names.items()))
    run(connection, "load/lists/former_ids")
    named = connection.execute("SELECT form, row_id, criterion, code FROM former_id ORDER BY form DESC, row_id")
    by_former: dict[str, Problem] = {}
    for form, row_id, former, code in named.fetchall():
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        value = f"{former} → {code}"
        column = table.column("area" if form == "targets" else "criterion")
        problem = Problem("former_id", table.file, table.row(row_id), column, value, weight=Weight.NOTE)
        by_former.setdefault(former, problem)
    return list(by_former.values())


def moved_on(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """Answers handed in again that would leave the version they were given to for one that asks something else."""
    problems = []
    for row_id, round_, was, becomes in connection.execute(sql("load/lists/moved_on")).fetchall():
        table = next(t for t in staged if t.kind == "answers" and t.holds(row_id))
        value = f"{round_}: {was} → {becomes}"
        problems.append(
            Problem("moved_on", table.file, table.row(row_id), "framework_version", value, was, weight=Weight.NOTE)
        )
    return problems
