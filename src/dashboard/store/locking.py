"""Who may change the store, one at a time, and which problem is given if that fails? Every writer waits here."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from dashboard.loading.apart.limits import is_memory, limits_of_process
from dashboard.model.happened import happened
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    publication_path,
    read_revision,
    revision_in,
    revision_numbers,
    revision_path,
)
from dashboard.store.location import HOLDER, refused_as_replica
from dashboard.store.permission import Writer, refusal

LOCK_SECONDS = 120
DRAFT = "move.json"
"""The name of a move in the folder of its writer, until its publication is in place."""
# Faulty SQL of our own is not among them: it must be raised, not reported as a full disk.
MACHINE_FAILS = (duckdb.OperationalError, duckdb.FatalException, duckdb.IOException)


@dataclass(frozen=True)
class Holder:
    """Who holds the lock: the role of the writer, the id of its process, and since when, in UTC."""

    role: str
    process: int
    since: str


_waiting: list[Callable[[Path, Holder | None], None]] = []


def tell_when_waiting(tell: Callable[[Path, Holder | None], None]) -> None:
    """From now on, call this at once when a writer of this process has to wait, with whoever it waits for, if known."""
    _waiting[:] = [tell]


@dataclass(frozen=True)
class Outcome:
    """The result of an attempted change: the move made, or None, and every problem found."""

    revision: Revision | None
    problems: tuple[Problem, ...]


def with_write_lock(
    store: Path, writer: Writer, deed: Deed, action: Callable[[], Outcome], making: bool = True
) -> Outcome:
    """Run an action on the store while nobody else does, or say why not.

    With `making`, the store may be new, and leftovers of killed writers are removed first.
    """
    refused = refusal(writer, deed)
    return told(Outcome(None, (refused,)) if refused is not None else locked(store, action, making, writer.role))


def told(outcome: Outcome) -> Outcome:
    """Tell what was refused, by the code of its first problem, and return the outcome."""
    if outcome.revision is None and outcome.problems:
        happened("refused", kind=outcome.problems[0].kind)
    return outcome


def locked(store: Path, action: Callable[[], Outcome], making: bool = False, role: str = "") -> Outcome:
    """The same without asking for a role, for actions that leave what is published as it is."""
    refused = refused_as_replica(store)
    return Outcome(None, (refused,)) if refused is not None else alone(store, action, making, role)


def alone(store: Path, action: Callable[[], Outcome], making: bool = False, role: str = "") -> Outcome:
    """The same even in the copy of another store, for whatever makes the copy."""
    if store.exists() and not store.is_dir():
        return Outcome(None, (Problem("store_is_file", str(store.absolute()), weight=Weight.FILE),))
    try:
        if making:
            store.mkdir(parents=True, exist_ok=True)
        with _held(store, role):
            if making:
                sweep(store)
            return action()
    except Timeout:
        return Outcome(None, (Problem("busy", str(store), weight=Weight.FILE),))
    except StoreError as error:
        return Outcome(None, (error.problem,))
    except (OSError, *MACHINE_FAILS) as error:
        return Outcome(None, (machine_failed(str(store), error),))


@contextmanager
def _held(store: Path, role: str) -> Iterator[None]:
    """Hold the lock, and say so beside it. Raises Timeout if somebody else does for too long."""
    lock = FileLock(store / "LOCK")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        for tell in _waiting:
            tell(store, _holder(store))
        lock.acquire(timeout=LOCK_SECONDS)
    try:
        # Only for whoever waits: a disk on which this fails may hold the change all the same.
        with suppress(OSError):
            said = {"role": role, "process": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
            (store / HOLDER).write_text(json.dumps(said), "utf-8")
        yield
    finally:
        with suppress(OSError):
            (store / HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(store: Path) -> Holder | None:
    """Who holds the lock, if that can be read."""
    try:
        said = json.loads((store / HOLDER).read_text("utf-8"))
        return Holder(str(said["role"]), int(said["process"]), str(said["since"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def sweep(store: Path) -> None:
    """Remove what a killed writer left unfinished, and nothing else. The caller holds the lock.

    A writer works in a folder `making-…`, where its move stays until its publication is in place. So a publication
    named only by such a move was never in force, and is removed too. Anything that cannot be explained this way stays.
    """
    for folder in store.glob("making-*"):
        publication, joined = _never_in_force(store, folder)
        for number in joined:
            revision_path(store, number).unlink(missing_ok=True)
        if publication:
            publication_path(store, publication).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _never_in_force(store: Path, folder: Path) -> tuple[str, list[int]]:
    """The publication of the move still in a writer's folder, and the moves placed before it for the same publication.

    Empty if it may have been in force.
    """
    try:
        revision = revision_in(folder / DRAFT)
        placed = [read_revision(store, number) for number in revision_numbers(store)]
        begins = revision.number == 1 and not placed and not (store / "CURRENT").exists()
        in_force = 0 if begins else current_number(store)
    except StoreError:
        return "", []
    joined = [one.number for one in placed if one.publication == revision.publication and one.number > in_force]
    others = [one for one in placed if one.number not in joined]
    named = any(revision.publication == other.publication or revision.number == other.number for other in others)
    return ("", []) if named or in_force >= revision.number else (revision.publication, joined)


def machine_failed(place: str, error: Exception) -> Problem:
    """A Problem with the machine's error when it could not write or read at a place.

    Raises MemoryError if it was the limits of this process that were exceeded.
    """
    if is_memory(error) and limits_of_process().memory is not None:
        # The code that limited this process knows what was being read, and reports it.
        raise MemoryError from error
    text = (error.strerror if isinstance(error, OSError) else None) or next(
        iter(str(error).strip().splitlines()), type(error).__name__
    )
    return Problem("not_written", place, value=text, weight=Weight.FILE)
