"""Which id does an action get that somebody has added to a workbook? One that nobody else uses."""

from collections.abc import Sequence

import duckdb

from dashboard.model.plan.action import next_id
from dashboard.model.problem import Problem
from dashboard.store.workbooks.row import BookRow, empty_rows, published_rows, write_anew

SUBJECT = ("criterion", "impact", "text")
"""The columns that identify new actions of one operation, which have no id yet."""


def named_actions(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[BookRow]
) -> tuple[list[BookRow], list[Problem]]:
    """The actions, each with its id, without those that would replace an action of another operation."""
    owners = dict(
        connection.execute("SELECT action, operation FROM action JOIN operation USING (operation_no)").fetchall()
    )
    wrong = [
        row for row in rows if owners.get(row.values["action"], row.values["operation"]) != row.values["operation"]
    ]
    empty_rows(connection, "actions", [row.row_id for row in wrong])
    return _numbered(connection, [row for row in rows if row not in wrong], set(owners)), [
        Problem("id_of_another", row.table.file, row.number, row.table.column("action"), row.values["action"])
        for row in wrong
    ]


def _numbered(connection: duckdb.DuckDBPyConnection, rows: Sequence[BookRow], taken: set[str]) -> list[BookRow]:
    """The actions; each new one gets the id of an identical existing action, or else the next free one.

    If a new action is imported again, it loses nothing that has been said about it since.
    """
    staged = connection.execute("SELECT action FROM staged_actions WHERE action IS NOT NULL").fetchall()
    taken |= {action for (action,) in staged}
    known = {
        (operation, *(now[name] for name in SUBJECT)): (id_, now)
        for (operation, id_), now in published_rows(connection, rows).items()
    }
    numbered = []
    for row in rows:
        if not row.values["action"]:
            subject = (row.values["operation"], *(row.values[name] for name in SUBJECT))
            id_, now = known.setdefault(subject, (next_id(taken), {}))
            taken.add(id_)
            values = {name: value or now.get(name, "") for name, value in row.values.items()} | {"action": id_}
            row = write_anew(connection, row, values)
        numbered.append(row)
    return numbered
