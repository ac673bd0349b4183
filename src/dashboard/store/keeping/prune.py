"""How is space freed? Publications that nobody will go back to are removed on purpose, and the history says which."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.model.view.place import place_in
from dashboard.store.commit import commit
from dashboard.store.history import Revision, history, next_number, publication_path
from dashboard.store.locking import Outcome, with_write_lock
from dashboard.store.permission import Writer
from dashboard.store.publishing.rounds import CLOSE, turned_by
from dashboard.store.reading.reader import open_publication


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
    revisions = list(history(store))
    if not revisions:
        return Prunable((), 0)
    needed = {revision.publication for revision in _recent(revisions, keep)} | _needed(store, revisions)
    named = dict.fromkeys(revision.publication for revision in reversed(revisions))
    files = {name: publication_path(store, name) for name in named if name not in needed}
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
        in_force = next(history(store))
        revision = replace(
            in_force, number=next_number(store), kind="prune", about="", lost=(), removed=to_remove.publications
        )
        outcome = commit(store, revision, writer)
        for name in to_remove.publications:
            publication_path(store, name).unlink(missing_ok=True)
        return outcome

    return with_write_lock(store, writer, Deed.PRUNE, action)


def _recent(revisions: list[Revision], keep: Keep) -> list[Revision]:
    """The moves whose publications stay because they are recent. A move was in force until the next one."""
    if keep.last is not None:
        return revisions[: max(keep.last, 1)]
    since = datetime.now(UTC) - timedelta(days=keep.days or 0)
    ended = [datetime.max.replace(tzinfo=UTC), *(datetime.fromisoformat(revision.at) for revision in revisions)]
    return [revision for revision, end in zip(revisions, ended, strict=False) if end >= since]


def _needed(store: Path, revisions: list[Revision]) -> set[str]:
    """The publications in force, of rounds that are still closed, and named by tours."""
    in_force = revisions[0]
    needed = {in_force.publication}
    needed |= {revision.publication for revision in turned_by(revisions).values() if revision.kind == CLOSE}
    by_number = {str(revision.number): revision.publication for revision in revisions}
    with open_publication(publication_path(store, in_force.publication), in_force.size) as connection:
        needed |= {by_number[number] for number in _of_tours(connection) if number in by_number}
    return needed


def _of_tours(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """The numbers of publications that steps of tours name."""
    for (place,) in connection.execute("SELECT DISTINCT place FROM tour_step").fetchall():
        _, query = place_in(place)
        if "publication" in query:
            yield query["publication"]
