"""How does what people see change? Every check, publish and revert goes through here.

A writer takes the lock, copies the current publication, changes the copy in one transaction, reads it back, syncs it to
disk, renames it into place and moves the pointer. If it is killed at any moment, the former publication stays in force.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from secrets import token_hex

import duckdb

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.model.limits import Progress
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store.commit import commit
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    history,
    next_number,
    publication_path,
    read_revision,
    sha256_of,
)
from dashboard.store.keeping.space import require_space
from dashboard.store.locking import MACHINE_FAILS, Outcome, machine_failed, with_write_lock
from dashboard.store.permission import Writer, refusal
from dashboard.store.publishing.apply_load import BuildResult
from dashboard.store.publishing.build import build
from dashboard.store.publishing.fewer import counting_rows
from dashboard.store.publishing.inputs import tables_in
from dashboard.store.publishing.load import Guard, Inspect, Load, silent
from dashboard.store.reading.reader import open_publication, require_shape


def check(
    store: Path, paths: Iterable[Path], today: date, inspect: Inspect | None = None, progress: Progress = silent
) -> tuple[Problem, ...]:
    """Every problem that publishing these files would have. Changes nothing. `inspect` is that of a load."""
    try:
        with PrivateFolder() as folder:
            target = folder / "checked.duckdb"
            number = current_number(store)
            if number:
                copy_current(store, number, target)
            return build(target, folder / "scratch.duckdb", paths, number + 1, today, progress, inspect).problems
    except StoreError as error:
        return (error.problem,)
    except (OSError, *MACHINE_FAILS) as error:
        return (machine_failed(tempfile.gettempdir(), error),)


def publish(load: Load) -> Outcome:
    """Publish files over what is published, as one transaction. With a problem of weight FILE, nothing changes."""
    whole = replace(load, paths=tuple(load.paths))
    return with_write_lock(load.store, load.writer, load.deed, lambda: _publish_locked(whole))


def revert(store: Path, number: int, writer: Writer) -> Outcome:
    """Put the publication of an earlier move in force again, as a new move; nothing is deleted."""
    return with_write_lock(store, writer, Deed.REVERT, lambda: _revert_locked(store, number, writer), making=False)


def undo(store: Path, number: int, writer: Writer) -> Outcome:
    """Put the publication before a move in force again, as a new move, unless something was published after it."""

    def action() -> Outcome:
        in_force = current_number(store)
        if number != in_force:
            return Outcome(None, (published_since(store, in_force),))
        return _revert_locked(store, read_revision(store, number).after, writer)

    return with_write_lock(store, writer, Deed.REVERT, action, making=False)


def _revert_locked(store: Path, number: int, writer: Writer) -> Outcome:
    # The whole history is read: a step after a gap could never be read again.
    revisions = {revision.number: revision for revision in history(store)}
    if number not in revisions:
        known = ", ".join(str(known) for known in revisions) or None
        problem = Problem("unknown_move", str(store), value=str(number), expected=known, weight=Weight.FILE)
        return Outcome(None, (problem,))
    earlier = revisions[number]
    by = next((revision for revision in revisions.values() if earlier.publication in revision.removed), None)
    path = publication_path(store, earlier.publication)
    if by is not None and not path.exists():
        return Outcome(None, (Problem("publication_removed", str(store), value=str(number), weight=Weight.FILE),))
    verify(path, earlier.size, sha256=earlier.sha256)
    # Its place in the history and its author are new; what comes back into force is unchanged.
    again = replace(earlier, number=next_number(store), kind="revert", n_problems=0, about="", lost=(), removed=())
    return commit(store, again, writer)


def _publish_locked(load: Load) -> Outcome:
    store = load.store
    in_force, number = current_number(store), next_number(store)
    # A load can rewrite every block of the copy, and adds what was imported.
    handed_in = sum(file.stat().st_size for file, _ in tables_in(list(load.paths)) if file.exists())
    size = read_revision(store, in_force).size if in_force else 0
    require_space(store, 2 * (size + handed_in))
    folder = store / f"making-{token_hex(4)}"
    folder.mkdir()
    target = folder / "new.duckdb"
    try:
        against = copy_current(store, in_force, target, load.guard) if in_force else ()
        if _stops(against, load.all_or_nothing):
            return Outcome(None, against)
        fewer: list[Problem] = []
        inspect = counting_rows(load, fewer)
        built = build(target, folder / "scratch.duckdb", load.paths, number, load.today, load.progress, inspect)
        if (ungranted := may_not_grant(load.writer, built)) is not None:
            return Outcome(None, (ungranted,))
        if fewer or built.refused or _stops(built.problems, load.all_or_nothing):
            return Outcome(None, (*built.problems, *fewer))
        load.progress(0.95, "verify")
        outcome = commit_publication(store, target, number, load.writer, built, load.kind, load.about)
        load.progress(1.0, "done")
        return Outcome(outcome.revision, (*outcome.problems, *against, *built.problems))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commit_publication(
    store: Path, target: Path, number: int, writer: Writer, built: BuildResult, kind: str = "publish", about: str = ""
) -> Outcome:
    """Read the new publication back, put it in place and bring it into force."""
    size = target.stat().st_size
    verify(target, size, written=built.written)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())
    serious = sum(problem.serious for problem in built.problems)
    publication = f"{number:06}-{token_hex(4)}"
    revision = Revision(
        number, kind, publication, size, "", "", "", built.files, serious, about, sha256=sha256_of(target)
    )
    return commit(store, revision, writer, target)


def may_not_grant(writer: Writer, built: BuildResult) -> Problem | None:
    """Why the writer may not publish the roles that were read, or None.

    Nobody who has signed in takes the last administrator away; at the machine itself, that is possible.
    """
    if built.ends_admins and writer.person is not None:
        return Problem("last_admin", "store", weight=Weight.FILE)
    return refusal(writer, Deed.GRANT) if built.grants else None


def _stops(problems: tuple[Problem, ...], all_or_nothing: bool) -> bool:
    return any(problem.weight is Weight.FILE or (all_or_nothing and problem.serious) for problem in problems)


def copy_current(store: Path, number: int, target: Path, guard: Guard | None = None) -> tuple[Problem, ...]:
    """Copy the publication in force, and ask `guard` about it; in a process that shows it, it is already open."""
    revision = read_revision(store, number)
    publication = publication_path(store, revision.publication)
    with open_publication(publication, revision.size) as connection:
        require_shape(connection, store)
        against = tuple(guard(connection)) if guard is not None else ()
    require_space(target.parent, 2 * revision.size)
    shutil.copyfile(publication, target)
    return against


def verify(path: Path, size: int, sha256: str = "", written: frozenset[str] | None = None) -> None:
    """Read every value of a publication of `size` bytes back from disk. Raises StoreError if it is not intact.

    With `sha256`, its bytes must be those that were published. With `written`, only these tables are read: the others
    are a copy of what was read back when it was written.
    """
    damaged = StoreError(Problem("publication_damaged", str(path), weight=Weight.FILE))
    try:
        with open_publication(path, size) as connection:
            for (table,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall():
                if written is not None and table not in written:
                    continue
                connection.execute(f'SELECT count(*), bit_xor(hash(t)) FROM "{table}" AS t').fetchone()  # noqa: S608
            asked, answered, folded = connection.execute(
                "SELECT (SELECT count(*) FROM asked JOIN operation USING (profile_no)), (SELECT count(*) FROM answer), "
                "(SELECT coalesce(sum(n_asked), 0) FROM score)"
            ).fetchall()[0]
    except duckdb.Error as error:
        raise damaged from error
    if not asked == answered == folded or (sha256 and sha256_of(path) != sha256):
        raise damaged


def published_since(store: Path, number: int) -> Problem:
    """The Problem that somebody has published while somebody else was looking at the step before."""
    return Problem("published_since", str(store), value=str(number), weight=Weight.FILE)
