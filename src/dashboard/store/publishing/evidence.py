"""How are evidence and comments written? Compared with what is stored, under the lock, then imported like a file.

See docs/decisions/0047-evidence.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.answers.answer import Key
from dashboard.model.answers.evidence import Comment, Evidence, Subject, replaced
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.actions import stored_actions
from dashboard.store.publishing.edits import EditedTable, publish_edits, refused_at
from dashboard.store.reading.evidence import stored_evidence


@dataclass(frozen=True)
class EvidenceChange:
    """One requested change: the item as it was when somebody opened it, None for a new one, and the new version.

    `wanted` is None if the item is removed.
    """

    subject: Subject
    was: Evidence | None
    wanted: Evidence | None


def save_evidence(store: Path, change: EvidenceChange, name: str, writer: Writer, today: date) -> Outcome:
    """Publish the change as one step. `name` is what a reader calls the item; problems give it as their file.

    Nothing is published if somebody else has changed or removed the item since it was opened.
    """
    *_, action = change.subject
    deed = Deed.ACT if action else Deed.ANSWER

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        stored = stored_evidence(connection, change.subject)
        gone = change.was is not None and change.was not in stored
        problems = [Problem("evidence_changed", name, weight=Weight.FILE)] if gone else []
        rows = replaced(stored, change.was, change.wanted, change.subject)
        refused = refused_at(connection, writer, deed, [_operation(connection, change.subject)])
        return [_table(rows, name)], [*refused, *problems]

    first = replaced((), None, change.wanted, change.subject)
    return publish_edits(store, [_table(first, name)], writer, deed, today, conflicts)


def save_comment(store: Path, key: Key, text: str, deed: Deed, writer: Writer, today: date) -> Outcome:
    """Publish a comment on an answer as one step, in the role of the writer. `deed` is answering or reviewing."""
    comment = Comment(*key, writer.role.strip(), today.isoformat(), text.strip())
    _, operation, criterion = key
    tables = [EditedTable("comments", [asdict(comment)], [f"{operation}, {criterion}"])]

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        return tables, refused_at(connection, writer, deed, [operation])

    return publish_edits(store, tables, writer, deed, today, conflicts)


def _operation(connection: duckdb.DuckDBPyConnection, subject: Subject) -> str:
    _, operation, _, action = subject
    stored = stored_actions(connection) if action else {}
    return stored[action].operation if action in stored else operation


def _table(rows: Sequence[Evidence], name: str) -> EditedTable:
    return EditedTable("evidence", [asdict(row) for row in rows], [name] * len(rows))
