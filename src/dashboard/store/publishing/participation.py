"""How is a record of how children were heard written? Compared with what is stored, then imported like a file.

See docs/decisions/0038-small-counts-never-enter.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.answers.participation import RECORD_FIELDS, Participation, record_of
from dashboard.model.people.permissions import Deed
from dashboard.model.plan.action import next_id
from dashboard.model.problem import Problem, Weight
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.edits import EditedTable, publish_edits, refused_at


@dataclass(frozen=True)
class RecordChange:
    """One requested change: the record as it was when somebody opened it, None for a new one, and the new version."""

    was: Participation | None
    wanted: Participation


def save_record(store: Path, change: RecordChange, name: str, writer: Writer, today: date) -> Outcome:
    """Publish the change as one step. `name` is what a reader calls the record; problems give it as their file.

    Nothing is published if the record has changed since it was opened. A new one gets the next free number while nobody
    else can take it.
    """

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        stored = stored_records(connection)
        before = stored.get(change.was.record) if change.was is not None else None
        touched = [one.operation for one in (change.wanted, before) if one is not None]
        refused = refused_at(connection, writer, Deed.HEARD, touched)
        return [_table(change, stored, name)], [*refused, *_conflicts(change, stored, name)]

    return publish_edits(store, [_table(change, (), name)], writer, Deed.HEARD, today, conflicts)


def stored_records(connection: duckdb.DuckDBPyConnection) -> dict[str, Participation]:
    """Every record of a publication, by code; withheld counts are marked."""
    cursor = connection.execute(
        "SELECT p.*, operation, round FROM child_participation AS p JOIN operation USING (operation_no) "
        "JOIN round USING (round_no)"
    )
    names = [column[0] for column in cursor.description]
    records = (record_of(dict(zip(names, row, strict=True))) for row in cursor.fetchall())
    return {record.record: record for record in records}


def _table(change: RecordChange, stored: Iterable[str], name: str) -> EditedTable:
    code = change.wanted.record if change.was is not None else next_id(stored, "P")
    return EditedTable("participation", [asdict(replace(change.wanted, record=code))], [name])


def _conflicts(change: RecordChange, stored: dict[str, Participation], name: str) -> list[Problem]:
    """What somebody else has changed in the record since it was opened, one Problem per value."""
    if change.was is None:
        return []
    now = stored.get(change.was.record)
    if now is None:
        return [Problem("record_gone", name, weight=Weight.FILE)]
    return [
        Problem("changed_meanwhile", name, column=value, value=getattr(now, value), weight=Weight.FILE)
        for value in RECORD_FIELDS
        if getattr(change.was, value) != getattr(now, value)
    ]
