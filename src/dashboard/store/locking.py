"""Decides who may change or preview the store, lets one writer in at a time, and reports when that fails.

Everything that changes the store or takes files asks the one rule here, and every writer waits here.
See docs/decisions/0020-server.md.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from dashboard.loading.process_limits import is_memory, limits_of_process
from dashboard.model.deployment import Host, happened, read_host_names
from dashboard.model.permissions import Deed, Person, Place, allowed, allowed_somewhere
from dashboard.model.problem import Problem, Weight
from dashboard.store import history
from dashboard.store.disk import HOLDER, refused_as_replica

TRIALS = "DASHBOARD_TRIALS"
"""The environment variable with which an operator lets everybody who reaches the server preview files of their own."""

PUBLIC_NAMES = "DASHBOARD_PUBLIC_NAMES"
"""The environment variable with the names by which others reach the server, separated by commas."""


@dataclass(frozen=True)
class Writer:
    """Someone who wants to change what is published: a role, never a name, and a reason.

    `listens_on` is the address of the server that received the request; None for somebody at the machine itself.
    `person` has signed in; None without sign-in, and at the machine itself.
    """

    role: str
    why: str
    listens_on: str | None = None
    person: Person | None = None

    @property
    def subject(self) -> str:
        """The id under which what they do is recorded; empty without sign-in."""
        return self.person.subject if self.person is not None else ""


def refusal(writer: Writer, deed: Deed) -> Problem | None:
    """Why this writer may do something nowhere, or None.

    A server that only this machine can reach may publish. One that others can reach shows everything and changes
    nothing, unless people sign in; then their roles decide.
    """
    if writer.person is not None:
        if not allowed_somewhere(writer.person, deed):
            return Problem("not_your_role", "store", weight=Weight.FILE)
    elif writer.listens_on is not None and not is_loopback(writer.listens_on):
        return Problem("may_not_publish", "store", value=writer.listens_on or "0.0.0.0", weight=Weight.FILE)  # noqa: S104
    if not writer.role.strip():
        return Problem("role_missing", "store", weight=Weight.FILE)
    return None


def refusal_at(writer: Writer, deed: Deed, place: Place) -> Problem | None:
    """Why this writer may not do something at a place, or None."""
    if allowed(writer.person, deed, place):
        return None
    where = place.operation or place.country or "store"
    return Problem("not_your_role_here", where, value=where, weight=Weight.FILE)


def trial_refusal(listens_on: str, person: Person | None = None) -> Problem | None:
    """Why a server listening at this address takes no files for inspection or preview, or None.

    Anybody who can reach it could fill its memory and its disk, so its operator must have allowed it. Whoever has
    signed in needs a role.
    """
    if person is not None:
        return None if allowed(person, Deed.PREVIEW) else Problem("not_your_role", "store", weight=Weight.FILE)
    if is_loopback(listens_on) or os.environ.get(TRIALS) == "1":
        return None
    return Problem("may_not_try", "store", value=listens_on or "0.0.0.0", weight=Weight.FILE)  # noqa: S104


def public_names() -> tuple[tuple[Host, ...], tuple[str, ...]]:
    """The names that the operator gave to this server, each perhaps with a port, and the invalid ones."""
    return read_host_names(os.environ.get(PUBLIC_NAMES, ""))


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach an address. An empty one means every interface."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


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

    revision: history.Revision | None
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
    if (refused := refused_as_replica(store)) is not None:
        return Outcome(None, (refused,))
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
    except history.StoreError as error:
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
            history.revision_path(store, number).unlink(missing_ok=True)
        if publication:
            history.publication_path(store, publication).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _never_in_force(store: Path, folder: Path) -> tuple[str, list[int]]:
    """The publication of the move still in a writer's folder, and the moves placed before it for the same publication.

    Empty if it may have been in force.
    """
    try:
        revision = history.revision_in(folder / DRAFT)
        placed = [history.read_revision(store, number) for number in history.revision_numbers(store)]
        begins = revision.number == 1 and not placed and not (store / "CURRENT").exists()
        in_force = 0 if begins else history.current_number(store)
    except history.StoreError:
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
