"""How is a damaged store repaired? The newest intact publication comes into force as a new move; nothing is deleted."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb

from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store.commit import commit
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    history,
    next_number,
    pointed_at,
    publication_path,
    read_revision,
    revision_numbers,
)
from dashboard.store.intact import verify
from dashboard.store.keeping.out_of_force import left_behind
from dashboard.store.keeping.verify import verify_history
from dashboard.store.locking import Outcome, with_write_lock
from dashboard.store.permission import Writer
from dashboard.store.reading.reader import SHAPE, open_publication, shape_of


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


def _brought(store: Path, writer: Writer, newest: Revision | None, after: int) -> Outcome:
    """Put a publication in force by a move that follows the move with number `after`."""
    if newest is None:
        return Outcome(None, (Problem("nothing_whole", str(store), weight=Weight.FILE),))
    revision = Revision(
        next_number(store), "repair", newest.publication, newest.size, "", "", "", newest.files,
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
        revisions = list(history(store))
        if not revisions:
            return True
        verify(publication_path(store, revisions[0].publication), revisions[0].size, revisions[0].sha256)
    except StoreError:
        return False
    return True


def _pointed_at(store: Path) -> int | None:
    """The number in the pointer, None if it cannot be read or does not match its move.

    A move that is damaged matches no worse than one that is missing: nothing says that the pointer is wrong.
    """
    try:
        return current_number(store) or None
    except StoreError:
        number = pointed_at(store)
    try:
        read_revision(store, number)
    except StoreError:
        return number or None
    return None


def _head(store: Path) -> int:
    """The number of the move that the new one follows: the one in force, else the highest there is."""
    numbers, pointed = revision_numbers(store), _pointed_at(store)
    return pointed if pointed in numbers else max(numbers, default=0)


def _undamaged_revisions(store: Path) -> Iterator[Revision]:
    """Intact publications that can be shown or upgraded, newest first; none that is newer than the pointer says.

    If the move in force is lost, a publication without a move counts by the number in its name. Otherwise it comes
    last: nothing says that it was ever in force.
    """
    pointed, named, others = _pointed_at(store), list[Revision](), list[Revision]()
    for number in revision_numbers(store):
        with suppress(StoreError):
            named.append(read_revision(store, number))
    known = {revision.publication for revision in named}
    for path in (store / "publications").glob("*.duckdb"):
        prefix = path.stem.partition("-")[0]
        if path.stem not in known and prefix.isdecimal():
            others.append(Revision(int(prefix), "", path.stem, path.stat().st_size, "", "", ""))
    is_lost = pointed is not None and pointed not in [revision.number for revision in named]
    groups = [[*named, *others]] if is_lost else [named, others]
    for group in groups:
        for revision in sorted(group, key=lambda revision: revision.number, reverse=True):
            if (pointed is None or revision.number <= pointed) and _is_readable(store, revision):
                yield revision


def _is_readable(store: Path, revision: Revision) -> bool:
    path = publication_path(store, revision.publication)
    try:
        verify(path, revision.size, revision.sha256)
        with open_publication(path, revision.size) as connection:
            return shape_of(connection) <= SHAPE
    except (StoreError, OSError, duckdb.Error):
        return False


def _lost(store: Path, number: int) -> tuple[int, ...]:
    """The numbers at which the way back from a move finds nothing readable."""
    lost = []
    while number > 0:
        try:
            number = read_revision(store, number).after
        except StoreError:
            lost.append(number)
            number -= 1
    return tuple(sorted(lost))
