"""Every change of what people see goes through here: check, publish, revert.

A writer takes the lock, copies the current publication, changes the copy in one transaction, scans it, syncs it to
disk, renames it into place and moves the pointer. Killed at any moment, it leaves the former publication in force.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex

import duckdb
from filelock import FileLock, Timeout

from dashboard.model.problem import Problem, Weight
from dashboard.store.build import Built, Look, Progress, build, silent
from dashboard.store.history import (
    Move,
    StoreError,
    current_number,
    history,
    move_files,
    publication_path,
    read_move,
    record,
    sync_folder,
)
from dashboard.store.open import has_our_shape, open_whole
from dashboard.store.permission import Writer, refusal

LOCK_SECONDS = 30
# A wrong statement of ours is not among them: it must be heard, not told as a full disk.
MACHINE_FAILS = (duckdb.OperationalError, duckdb.FatalException, duckdb.IOException)
Guard = Callable[[duckdb.DuckDBPyConnection], Iterable[Problem]]
"""Looks at what is published, under the lock and before any file is read; a problem of weight FILE stops the load."""

Step = tuple[str, str]
"""What the history calls a step, and what it is about: its `kind` and `about`."""
PUBLISH: Step = ("publish", "")


@dataclass(frozen=True)
class Outcome:
    """What became of a wish to change: the move made, or None, and every problem met."""

    move: Move | None
    problems: tuple[Problem, ...]


def check(store: Path, paths: Iterable[Path], today: date) -> tuple[Problem, ...]:
    """Every problem that publishing these files would meet. Changes nothing."""
    with tempfile.TemporaryDirectory(prefix="dashboard-check-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "checked.duckdb"
        try:
            number = current_number(store)
            if number:
                copy_current(store, number, target)
            return build(target, Path(folder) / "scratch.duckdb", paths, number + 1, today).problems
        except StoreError as error:
            return (error.problem,)
        except (OSError, *MACHINE_FAILS) as error:
            return (machine_failed(folder, error),)


def publish(
    store: Path,
    paths: Iterable[Path],
    writer: Writer,
    today: date,
    progress: Progress = silent,
    guard: Guard | None = None,
    whole: bool = False,
    step: Step = PUBLISH,
    look: Look | None = None,
) -> Outcome:
    """Publish files over what is published. With a problem of weight FILE, nothing changes.

    `guard` is asked once something is published, and may write the files. With `whole`, a row that stays out stops all.
    `step` says what the history shall call it; `look` is asked while what was handed in stands beside what it became.
    """
    refused = refusal(writer)
    if refused is not None:
        return Outcome(None, (refused,))
    try:
        store.mkdir(parents=True, exist_ok=True)
        with FileLock(store / "LOCK", timeout=LOCK_SECONDS):
            sweep(store)
            return _publish_locked(store, paths, writer, today, progress, guard, whole, step, look)
    except Timeout:
        return Outcome(None, (Problem("busy", str(store), weight=Weight.FILE),))
    except StoreError as error:
        return Outcome(None, (error.problem,))
    except (OSError, *MACHINE_FAILS) as error:
        return Outcome(None, (machine_failed(str(store), error),))


def revert(store: Path, number: int, writer: Writer, over: int | None = None) -> Outcome:
    """Put the publication of an earlier move in force again, as a new move; nothing is deleted.

    With `over`, only while that move is in force: what somebody has published since is left as it is.
    """
    refused = refusal(writer)
    if refused is not None:
        return Outcome(None, (refused,))
    try:
        with FileLock(store / "LOCK", timeout=LOCK_SECONDS):
            # The whole history is read: a step after a gap could never be read back.
            moves = {move.number: move for move in history(store)}
            if over is not None and over != len(moves):
                return Outcome(None, (published_since(store, len(moves)),))
            if number not in moves:
                known = ", ".join(str(known) for known in moves) or None
                return Outcome(
                    None, (Problem("unknown_move", str(store), value=str(number), expected=known, weight=Weight.FILE),)
                )
            earlier = moves[number]
            verify(publication_path(store, earlier.publication), earlier.size)
            move = replace(
                earlier,
                number=len(moves) + 1,
                kind="revert",
                role=writer.role,
                why=writer.why,
                at=_now(),
                n_problems=0,
                about="",
            )
            record(store, move)
            return Outcome(move, ())
    except Timeout:
        return Outcome(None, (Problem("busy", str(store), weight=Weight.FILE),))
    except StoreError as error:
        return Outcome(None, (error.problem,))
    except (OSError, *MACHINE_FAILS) as error:
        return Outcome(None, (machine_failed(str(store), error),))


def _publish_locked(
    store: Path,
    paths: Iterable[Path],
    writer: Writer,
    today: date,
    progress: Progress,
    guard: Guard | None,
    whole: bool,
    step: Step,
    look: Look | None,
) -> Outcome:
    number = current_number(store)
    folder = store / f"making-{token_hex(4)}"
    folder.mkdir()
    target = folder / "new.duckdb"
    try:
        against = copy_current(store, number, target, guard) if number else ()
        if _stops(against, whole):
            return Outcome(None, against)
        built: Built = build(target, folder / "scratch.duckdb", paths, number + 1, today, progress, look)
        if built.refused or _stops(built.problems, whole):
            return Outcome(None, built.problems)
        progress(0.95, "verify")
        move = moved(store, target, number + 1, writer, built, step)
        progress(1.0, "done")
        return Outcome(move, (*against, *built.problems))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def moved(store: Path, target: Path, number: int, writer: Writer, built: Built, step: Step = PUBLISH) -> Move:
    """Read the new publication back, put it in place and make it count."""
    size = target.stat().st_size
    verify(target, size, built.written)
    publication = f"{number:06}-{token_hex(4)}"
    _put_in_place(target, publication_path(store, publication))
    serious = sum(problem.serious for problem in built.problems)
    kind, about = step
    move = Move(number, kind, publication, size, writer.role, writer.why, _now(), built.files, serious, about)
    record(store, move)
    return move


def _stops(problems: tuple[Problem, ...], whole: bool) -> bool:
    return any(problem.weight is Weight.FILE or (whole and problem.serious) for problem in problems)


def copy_current(store: Path, number: int, target: Path, guard: Guard | None = None) -> tuple[Problem, ...]:
    """Copy the publication in force, and ask `guard` about it: in a process that shows it, it is open already."""
    move = read_move(store, number)
    publication = publication_path(store, move.publication)
    with open_whole(publication, move.size) as connection:
        if not has_our_shape(connection):
            raise StoreError(Problem("outdated", str(store), weight=Weight.FILE))
        against = tuple(guard(connection)) if guard is not None else ()
    shutil.copyfile(publication, target)
    return against


def verify(path: Path, size: int, written: frozenset[str] | None = None) -> None:
    """Read every value of a publication of `size` bytes back from disk. Raises StoreError when it is not whole.

    With `written`, of these tables alone: the others are a copy of what was read back when it was written.
    """
    try:
        with open_whole(path, size) as connection:
            for (table,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall():
                if written is not None and table not in written:
                    continue
                connection.execute(f'SELECT count(*), bit_xor(hash(t)) FROM "{table}" AS t').fetchone()  # noqa: S608
            asked, laid, folded = connection.execute(
                "SELECT (SELECT count(*) FROM asked JOIN operation USING (profile_no)), (SELECT count(*) FROM answer), "
                "(SELECT coalesce(sum(n_asked), 0) FROM tally)"
            ).fetchall()[0]
    except duckdb.Error as error:
        raise StoreError(Problem("publication_damaged", str(path), weight=Weight.FILE)) from error
    if not asked == laid == folded:
        raise StoreError(Problem("publication_damaged", str(path), weight=Weight.FILE))


def _put_in_place(draft: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())
    draft.replace(final)
    sync_folder(final.parent)


def sweep(store: Path) -> None:
    """Remove what a killed writer left behind: drafts, and publications that no move names.

    The move right after the pointer was cut off and does not count. Moves further on mean that somebody lowered the
    pointer: what they name stays. With a move that cannot be read, nothing is removed: it might name any of them.
    """
    for leftover in store.glob("making-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        cut_off = current_number(store) + 1
        numbers = [int(path.stem) for path in move_files(store)]
        named = {read_move(store, number).publication for number in numbers if number != cut_off}
    except StoreError:
        return
    for file in (store / "publications").glob("*.duckdb"):
        if file.stem not in named:
            file.unlink()


def published_since(store: Path, number: int) -> Problem:
    """Somebody has published while somebody else was looking at the step before."""
    return Problem("published_since", str(store), value=str(number), weight=Weight.FILE)


def machine_failed(place: str, error: Exception) -> Problem:
    """What the machine said when it could not write or read at a place."""
    text = (error.strerror if isinstance(error, OSError) else None) or next(
        iter(str(error).strip().splitlines()), type(error).__name__
    )
    return Problem("not_written", place, value=text, weight=Weight.FILE)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
