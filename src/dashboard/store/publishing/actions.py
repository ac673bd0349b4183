"""How are actions written? Compared with what is stored, under the lock, then imported like a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.people.permissions import Deed
from dashboard.model.plan.action import Action, action_of, differing, next_id
from dashboard.model.problem import Problem, Weight
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.edits import EditedTable, publish_edits, refused_at, stored_rows


@dataclass(frozen=True)
class ActionChange:
    """One requested change: the action as it was when somebody opened it, None for a new one, and the new version."""

    was: Action | None
    wanted: Action


@dataclass(frozen=True)
class Saved(Outcome):
    """The result of the request; `actions` are the ids it was written under, in its order, if it was."""

    actions: tuple[str, ...] = ()


def save_actions(store: Path, changes: Sequence[ActionChange], writer: Writer, today: date) -> Saved:
    """Publish all of the changes as one step, or none of them.

    Nothing is published if an action has changed since it was opened, or if a value is not sound. A new action gets the
    next free number while nobody else can take it. Problems give the action as their file.
    """
    written = [_table(_numbered(changes, ()))]

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        stored = stored_actions(connection)
        written[:] = [_table(_numbered(changes, stored))]
        refused = refused_at(connection, writer, Deed.ACT, _operations(changes, stored))
        return written, [*refused, *(problem for change in changes for problem in _conflicts(change, stored))]

    outcome = publish_edits(store, written, writer, Deed.ACT, today, conflicts)
    ids = tuple(written[0].names) if outcome.revision is not None else ()
    return Saved(outcome.revision, outcome.problems, ids)


def _table(actions: Sequence[Action]) -> EditedTable:
    return EditedTable("actions", [asdict(action) for action in actions], [action.action for action in actions])


def stored_actions(connection: duckdb.DuckDBPyConnection) -> dict[str, Action]:
    """Every action of a publication, by id."""
    return {action.action: action for action in map(action_of, stored_rows(connection, "actions"))}


def _operations(changes: Iterable[ActionChange], stored: Mapping[str, Action]) -> list[str]:
    """The operations that an action belongs to, before and after."""
    wanted = [change.wanted for change in changes]
    return [action.operation for action in (*wanted, *(stored[a.action] for a in wanted if a.action in stored))]


def _numbered(changes: Iterable[ActionChange], stored: Iterable[str]) -> list[Action]:
    """What to write, with each new action under the next free number."""
    taken = set(stored)
    wanted: list[Action] = []
    for change in changes:
        id_ = change.wanted.action if change.was is not None else next_id(taken)
        taken.add(id_)
        wanted.append(replace(change.wanted, action=id_))
    return wanted


def _conflicts(change: ActionChange, stored: dict[str, Action]) -> list[Problem]:
    """What somebody else has changed in the action since it was opened, one Problem per value."""
    if change.was is None:
        return []
    now = stored.get(change.was.action)
    if now is None:
        return [Problem("gone_meanwhile", change.was.action, weight=Weight.FILE)]
    return [
        Problem("changed_meanwhile", now.action, column=name, value=getattr(now, name), weight=Weight.FILE)
        for name in differing(change.was, now)
    ]
