"""How is a target written? Compared with what is stored, under the lock, then imported like a file."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.people.permissions import Deed
from dashboard.model.plan.target import TARGET_EDITED, Key, Target, target_of
from dashboard.model.problem import Problem, Weight
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.edits import EditedTable, publish_edits, refused_at, stored_rows


@dataclass(frozen=True)
class TargetChange:
    """One requested change: the target as it was when somebody opened it, None for a new one, and the new version."""

    was: Target | None
    wanted: Target


def save_target(store: Path, change: TargetChange, name: str, writer: Writer, today: date) -> Outcome:
    """Publish the change as one step. `name` is what a reader calls the target; problems give it as their file.

    Nothing is published if the target has changed since it was opened, or if a new one already exists.
    """
    table = EditedTable("targets", [asdict(change.wanted)], [name])

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        refused = refused_at(connection, writer, Deed.TARGET, [change.wanted.operation])
        return [table], [*refused, *_conflicts(change, stored_targets(connection).get(change.wanted.key), name)]

    return publish_edits(store, [table], writer, Deed.TARGET, today, conflicts)


def stored_targets(connection: duckdb.DuckDBPyConnection) -> dict[Key, Target]:
    """Every target of a publication, by key."""
    return {target.key: target for target in map(target_of, stored_rows(connection, "targets"))}


def _conflicts(change: TargetChange, now: Target | None, name: str) -> list[Problem]:
    """What somebody else has changed in the target since it was opened, one Problem per value."""
    if change.was is not None and now is None:
        return [Problem("target_gone", name, weight=Weight.FILE)]
    if change.was is None and now is not None:
        return [Problem("target_there", name, column="percent", value=now.percent, weight=Weight.FILE)]
    return [
        Problem("changed_meanwhile", name, column=value, value=getattr(now, value), weight=Weight.FILE)
        for value in (TARGET_EDITED if change.was is not None and now is not None else ())
        if getattr(change.was, value) != getattr(now, value)
    ]
