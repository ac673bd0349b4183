"""Who may change the store, one at a time, and what is told where that cannot be? Every writer takes its turn here."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from dashboard.loading.limits import held, is_memory
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import Move, StoreError, current_number, move_files, read_move
from dashboard.store.permission import Writer, refusal

LOCK_SECONDS = 30
# A wrong statement of ours is not among them: it must be heard, not told as a full disk.
MACHINE_FAILS = (duckdb.OperationalError, duckdb.FatalException, duckdb.IOException)


@dataclass(frozen=True)
class Outcome:
    """What became of a wish to change: the move made, or None, and every problem met."""

    move: Move | None
    problems: tuple[Problem, ...]


def in_turn(store: Path, writer: Writer, deed: Callable[[], Outcome], making: bool = True) -> Outcome:
    """Do something to the store while nobody else does, or say why not.

    With `making`, the store may be new, and what killed writers have left in it is removed first.
    """
    refused = refusal(writer)
    if refused is not None:
        return Outcome(None, (refused,))
    try:
        if making:
            store.mkdir(parents=True, exist_ok=True)
        with FileLock(store / "LOCK", timeout=LOCK_SECONDS):
            if making:
                sweep(store)
            return deed()
    except Timeout:
        return Outcome(None, (Problem("busy", str(store), weight=Weight.FILE),))
    except StoreError as error:
        return Outcome(None, (error.problem,))
    except (OSError, *MACHINE_FAILS) as error:
        return Outcome(None, (machine_failed(str(store), error),))


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


def machine_failed(place: str, error: Exception) -> Problem:
    """What the machine said when it could not write or read at a place.

    Raises MemoryError where it is the limits of this process that were not enough.
    """
    if is_memory(error) and held().memory is not None:
        # Whoever has limited this process knows what was read, and tells it.
        raise MemoryError from error
    text = (error.strerror if isinstance(error, OSError) else None) or next(
        iter(str(error).strip().splitlines()), type(error).__name__
    )
    return Problem("not_written", place, value=text, weight=Weight.FILE)
