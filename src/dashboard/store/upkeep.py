"""Repairs a damaged store, brings back an earlier publication, and frees space; each is recorded in the history.

Repairing and reverting delete nothing. Only publications that nobody will go back to are removed, on purpose.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from dashboard.model.pages import place_in
from dashboard.model.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store import history
from dashboard.store.locking import Outcome, Writer, with_write_lock
from dashboard.store.publishing.commit import commit
from dashboard.store.publishing.edits import CLOSE, turned_by
from dashboard.store.publishing.publish import published_since
from dashboard.store.reader import SHAPE, open_publication, shape_of
from dashboard.store.verify import left_behind, verify, verify_history


def repair(store: Path, writer: Writer, accept: bool = False) -> Outcome:
    """Put the newest intact publication in force, unless the one in force and the history are already intact.

    Publications that are newer than the one in force come back only if that is accepted. The new move lists the moves
    that were lost. The problems of the outcome are what cannot be explained.
    """
    return with_write_lock(store, writer, Deed.PRUNE, lambda: _repaired(store, writer, accept))


def _repaired(store: Path, writer: Writer, accept: bool) -> Outcome:
    _require_access(store)
    behind = left_behind(store)
    if behind is not None and (not accept or not behind.leading):
        return Outcome(None, (behind.problem(store),))
    if behind is not None:
        back = next((move for move in behind.leading if _is_readable(store, move)), None)
        return _brought(store, writer, back, back.number if back is not None else 0)
    if _is_undamaged(store):
        return Outcome(None, (Problem("nothing_to_repair", str(store), weight=Weight.NOTE),))
    return _brought(store, writer, next(_undamaged_revisions(store), None), _head(store))


def _brought(store: Path, writer: Writer, newest: history.Revision | None, after: int) -> Outcome:
    """Put a publication in force by a move that follows the move with number `after`."""
    if newest is None:
        return Outcome(None, (Problem("nothing_whole", str(store), weight=Weight.FILE),))
    revision = history.Revision(
        history.next_number(store), "repair", newest.publication, newest.size, "", "", "", newest.files,
        sha256=newest.sha256, lost=_lost(store, after),
    )  # fmt: skip
    outcome = commit(store, revision, writer, after=after)
    return Outcome(outcome.revision, (*outcome.problems, *_unexplained(store)))


def _require_access(store: Path) -> None:
    """Raises PermissionError if something may not be read by this user: that is not damaged, and stays in force."""
    for path in (store / "CURRENT", *(store / "moves").glob("*"), *(store / "publications").glob("*")):
        if path.is_file():
            path.open("rb").close()


def _unexplained(store: Path) -> tuple[Problem, ...]:
    """What the history still cannot explain. The repair is in force by now, even if the disk fails here."""
    try:
        return verify_history(store).problems
    except OSError as error:
        return (Problem("not_durable", str(store), value=error.strerror, weight=Weight.NOTE),)


def _is_undamaged(store: Path) -> bool:
    try:
        revisions = list(history.history(store))
        if not revisions:
            return True
        verify(history.publication_path(store, revisions[0].publication), revisions[0].size, revisions[0].sha256)
    except history.StoreError:
        return False
    return True


def _pointed_at(store: Path) -> int | None:
    """The number in the pointer, None if it cannot be read or does not match its move.

    A move that is damaged matches no worse than one that is missing: nothing says that the pointer is wrong.
    """
    try:
        return history.current_number(store) or None
    except history.StoreError:
        number = history.pointed_at(store)
    try:
        history.read_revision(store, number)
    except history.StoreError:
        return number or None
    return None


def _head(store: Path) -> int:
    """The number of the move that the new one follows: the one in force, else the highest there is."""
    numbers, pointed = history.revision_numbers(store), _pointed_at(store)
    return pointed if pointed in numbers else max(numbers, default=0)


def _undamaged_revisions(store: Path) -> Iterator[history.Revision]:
    """Intact publications that can be shown or upgraded, newest first; none that is newer than the pointer says.

    If the move in force is lost, a publication without a move counts by the number in its name. Otherwise it comes
    last: nothing says that it was ever in force.
    """
    pointed, named, others = _pointed_at(store), list[history.Revision](), list[history.Revision]()
    for number in history.revision_numbers(store):
        with suppress(history.StoreError):
            named.append(history.read_revision(store, number))
    known = {revision.publication for revision in named}
    for path in (store / "publications").glob("*.duckdb"):
        prefix = path.stem.partition("-")[0]
        if path.stem not in known and prefix.isdecimal():
            others.append(history.Revision(int(prefix), "", path.stem, path.stat().st_size, "", "", ""))
    is_lost = pointed is not None and pointed not in [revision.number for revision in named]
    groups = [[*named, *others]] if is_lost else [named, others]
    for group in groups:
        for revision in sorted(group, key=lambda revision: revision.number, reverse=True):
            if (pointed is None or revision.number <= pointed) and _is_readable(store, revision):
                yield revision


def _is_readable(store: Path, revision: history.Revision) -> bool:
    path = history.publication_path(store, revision.publication)
    try:
        verify(path, revision.size, revision.sha256)
        with open_publication(path, revision.size) as connection:
            return shape_of(connection) <= SHAPE
    except (history.StoreError, OSError, duckdb.Error):
        return False


def _lost(store: Path, number: int) -> tuple[int, ...]:
    """The numbers at which the way back from a move finds nothing readable."""
    lost = []
    while number > 0:
        try:
            number = history.read_revision(store, number).after
        except history.StoreError:
            lost.append(number)
            number -= 1
    return tuple(sorted(lost))


def revert(store: Path, number: int, writer: Writer) -> Outcome:
    """Put the publication of an earlier move in force again, as a new move; nothing is deleted."""
    return with_write_lock(store, writer, Deed.REVERT, lambda: _revert_locked(store, number, writer), making=False)


def undo(store: Path, number: int, writer: Writer) -> Outcome:
    """Put the publication before a move in force again, as a new move, unless something was published after it."""

    def action() -> Outcome:
        in_force = history.current_number(store)
        if number != in_force:
            return Outcome(None, (published_since(store, in_force),))
        return _revert_locked(store, history.read_revision(store, number).after, writer)

    return with_write_lock(store, writer, Deed.REVERT, action, making=False)


def _revert_locked(store: Path, number: int, writer: Writer) -> Outcome:
    # The whole history is read: a step after a gap could never be read again.
    revisions = {revision.number: revision for revision in history.history(store)}
    if number not in revisions:
        known = ", ".join(str(known) for known in revisions) or None
        problem = Problem("unknown_move", str(store), value=str(number), expected=known, weight=Weight.FILE)
        return Outcome(None, (problem,))
    earlier = revisions[number]
    by = next((revision for revision in revisions.values() if earlier.publication in revision.removed), None)
    path = history.publication_path(store, earlier.publication)
    if by is not None and not path.exists():
        return Outcome(None, (Problem("publication_removed", str(store), value=str(number), weight=Weight.FILE),))
    verify(path, earlier.size, sha256=earlier.sha256)
    # Its place in the history and its author are new; what comes back into force is unchanged.
    again = replace(
        earlier, number=history.next_number(store), kind="revert", n_problems=0, about="", lost=(), removed=()
    )
    return commit(store, again, writer)


@dataclass(frozen=True)
class Keep:
    """What to keep: what the last `last` moves put in force, or what was in force within `days`. One of the two."""

    last: int | None = None
    days: int | None = None


@dataclass(frozen=True)
class Prunable:
    """What would be removed, oldest first, and how many bytes that frees."""

    publications: tuple[str, ...]
    size: int


def prunable(store: Path, keep: Keep) -> Prunable:
    """What pruning would remove. Raises StoreError if the history or the publication in force cannot be read."""
    revisions = list(history.history(store))
    if not revisions:
        return Prunable((), 0)
    needed = {revision.publication for revision in _recent(revisions, keep)} | _needed(store, revisions)
    named = dict.fromkeys(revision.publication for revision in reversed(revisions))
    files = {name: history.publication_path(store, name) for name in named if name not in needed}
    there = {name: path.stat().st_size for name, path in files.items() if path.exists()}
    return Prunable(tuple(there), sum(there.values()))


def prune(store: Path, keep: Keep, writer: Writer) -> Outcome:
    """Remove them, as a move of kind `prune` that is recorded first: what is missing is known to be missing on purpose.

    Never removes the publication in force, the last one of a closed round, or one that a step of a tour names.
    """

    def action() -> Outcome:
        to_remove = prunable(store, keep)
        if not to_remove.publications:
            return Outcome(None, (Problem("nothing_to_prune", str(store), weight=Weight.NOTE),))
        in_force = next(history.history(store))
        revision = replace(
            in_force, number=history.next_number(store), kind="prune", about="", lost=(), removed=to_remove.publications
        )
        outcome = commit(store, revision, writer)
        for name in to_remove.publications:
            history.publication_path(store, name).unlink(missing_ok=True)
        return outcome

    return with_write_lock(store, writer, Deed.PRUNE, action)


def _recent(revisions: list[history.Revision], keep: Keep) -> list[history.Revision]:
    """The moves whose publications stay because they are recent. A move was in force until the next one."""
    if keep.last is not None:
        return revisions[: max(keep.last, 1)]
    since = datetime.now(UTC) - timedelta(days=keep.days or 0)
    ended = [datetime.max.replace(tzinfo=UTC), *(datetime.fromisoformat(revision.at) for revision in revisions)]
    return [revision for revision, end in zip(revisions, ended, strict=False) if end >= since]


def _needed(store: Path, revisions: list[history.Revision]) -> set[str]:
    """The publications in force, of rounds that are still closed, and named by tours."""
    in_force = revisions[0]
    needed = {in_force.publication}
    needed |= {revision.publication for revision in turned_by(revisions).values() if revision.kind == CLOSE}
    by_number = {str(revision.number): revision.publication for revision in revisions}
    with open_publication(history.publication_path(store, in_force.publication), in_force.size) as connection:
        needed |= {by_number[number] for number in _of_tours(connection) if number in by_number}
    return needed


def _of_tours(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """The numbers of publications that steps of tours name."""
    for (place,) in connection.execute("SELECT DISTINCT place FROM tour_step").fetchall():
        _, query = place_in(place)
        if "publication" in query:
            yield query["publication"]
