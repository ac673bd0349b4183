"""Which rows are missing from a workbook's sheets since it was handed out? A note: nothing published is removed."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.problem import Problem, Weight
from dashboard.store.sql import sql

Workbook = tuple[Path, str, str]


def missing_rows(
    connection: duckdb.DuckDBPyConnection,
    staged: Iterable[Staged],
    names: Mapping[str, str],
    older: Collection[str],
) -> list[Problem]:
    """A note for each workbook that lacks questions, except those of an `older` version, which have notes of their own.

    `names` map former names to current ones.
    """
    asked: dict[Workbook, set[str]] = {}
    for table in staged:
        if table.book is not None and table.book.asked and table.path.name not in older:
            workbook = (table.path, table.book.round, table.book.operation)
            asked.setdefault(workbook, set()).update(names.get(row.id, row.id) for row in table.book.asked)
    problems = []
    for (path, round_, operation), there in asked.items():
        given = {"round": round_, "operation": operation, "there": sorted(there)}
        found = [id_ for (id_,) in connection.execute(sql("workbooks/missing"), given).fetchall()]
        if found:
            problems.append(Problem("rows_gone", path.name, value=", ".join(found), weight=Weight.NOTE))
    return problems
