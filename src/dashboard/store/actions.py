"""How are actions written? Compared with what is stored, under the lock; then through the door that files take."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.action import SAID, Action, action_of, differing, next_id
from dashboard.model.long_form import as_csv
from dashboard.model.problem import Problem, Weight
from dashboard.model.tables import FORM
from dashboard.store.permission import Writer
from dashboard.store.publish import Outcome, machine_failed, publish

FILE = "actions.csv"


@dataclass(frozen=True)
class Change:
    """One wish: the action as it was when somebody opened it, None for a new one, and as it shall be."""

    was: Action | None
    wanted: Action


@dataclass(frozen=True)
class Saved(Outcome):
    """What became of the wish; `actions` are the ids it was written under, in its order, if it was."""

    actions: tuple[str, ...] = ()


def save_actions(store: Path, changes: Sequence[Change], writer: Writer, today: date) -> Saved:
    """Publish all of the changes as one step, or none of them.

    Nothing is published where an action says something else by now than when it was opened, or where one value is
    not sound. A new action gets the next free number while nobody else can take it. A problem names its action as the
    file.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="dashboard-actions-", ignore_cleanup_errors=True) as folder:
            return _saved(store, changes, writer, today, Path(folder) / FILE)
    except OSError as error:
        return Saved(None, (machine_failed(str(store), error),))


def _saved(store: Path, changes: Sequence[Change], writer: Writer, today: date, file: Path) -> Saved:
    written: list[Action] = []

    def write(stored: dict[str, Action]) -> None:
        written[:] = _numbered(changes, stored)
        file.write_text(as_csv(FORM["actions"], map(asdict, written)), "utf-8", newline="")

    def guard(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
        stored = stored_actions(connection)
        write(stored)
        return [problem for change in changes for problem in _meanwhile(change, stored)]

    write({})
    outcome = publish(store, [file], writer, today, guard=guard, whole=True)
    problems = tuple(_of_action(problem, written) for problem in outcome.problems)
    ids = tuple(action.action for action in written) if outcome.move is not None else ()
    return Saved(outcome.move, problems, ids)


def stored_actions(connection: duckdb.DuckDBPyConnection) -> dict[str, Action]:
    """Every action of a publication, by its id."""
    cursor = connection.execute(
        "SELECT action, operation, text, owner_role, CAST(due_on AS VARCHAR), round, criterion, impact, status, "
        "priority, reason, expected_status FROM action JOIN operation USING (operation_no)"
    )
    return {row[0]: action_of(dict(zip(SAID, row, strict=True))) for row in cursor.fetchall()}


def _numbered(changes: Iterable[Change], stored: Iterable[str]) -> list[Action]:
    """What shall be written, each new action under the next number that nobody has."""
    taken = set(stored)
    wanted: list[Action] = []
    for change in changes:
        id_ = change.wanted.action if change.was is not None else next_id(taken)
        taken.add(id_)
        wanted.append(replace(change.wanted, action=id_))
    return wanted


def _meanwhile(change: Change, stored: dict[str, Action]) -> list[Problem]:
    """What somebody else has made of the action since it was opened, one Problem a value."""
    if change.was is None:
        return []
    now = stored.get(change.was.action)
    if now is None:
        return [Problem("gone_meanwhile", change.was.action, weight=Weight.FILE)]
    return [
        Problem("changed_meanwhile", now.action, column=name, value=getattr(now, name), weight=Weight.FILE)
        for name in differing(change.was, now)
    ]


def _of_action(problem: Problem, written: Sequence[Action]) -> Problem:
    """A problem of a row told as one of its action; no reader has seen the file."""
    if problem.file != FILE or problem.row is None or problem.row - 2 >= len(written):
        return problem
    return replace(problem, file=written[problem.row - 2].action, row=None)
