"""How is a role granted, changed or ended on a page? Compared with what is stored, then imported like a file."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.people.granted import Granted
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.edits import EditedTable, publish_edits


def save_role(store: Path, was: Granted | None, wanted: Granted, name: str, writer: Writer, today: date) -> Outcome:
    """Publish one change as one step: a new role, another one instead of `was`, or its end if `wanted` names no role.

    `name` is what a reader calls it; problems give it as their file. The other roles of the person stay as they are.
    """

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        now = _roles(connection, wanted.subject)
        if was is not None and was not in now:
            return [], [Problem("role_gone", name, weight=Weight.FILE)]
        if wanted in now and wanted != was:
            return [], [Problem("role_there", name, weight=Weight.FILE)]
        left = [*(now - {was}), *([wanted] if wanted.role else [])] or [Granted(wanted.subject, "", "")]
        return [EditedTable("people", [asdict(one) for one in left], [name for _ in left])], []

    first = EditedTable("people", [asdict(wanted)], [name])
    return publish_edits(store, [first], writer, Deed.GRANT, today, conflicts)


def _roles(connection: duckdb.DuckDBPyConnection, subject: str) -> set[Granted]:
    rows = connection.execute(
        "SELECT subject, role, scope FROM person_grant WHERE subject = $subject", {"subject": subject}
    )
    return {Granted(*row) for row in rows.fetchall()}
