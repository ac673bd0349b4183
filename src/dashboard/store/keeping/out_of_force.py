"""Are there publications newer than the one in force, which the next writer would leave behind?

So it is if an older pointer was put in place, or if a writer was stopped between its move and the pointer.
"""

from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.model.problem import Problem, Weight
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    is_linked,
    publication_path,
    read_revision,
    revision_numbers,
)
from dashboard.store.location import is_replica


@dataclass(frozen=True)
class LeftBehind:
    """The numbers above that of the move in force, ascending, and the moves from which a way leads back to it.

    The newest of these comes first.
    """

    numbers: tuple[int, ...]
    leading: tuple[Revision, ...]

    def problem(self, store: Path) -> Problem:
        """What a person is told before anything is written over them."""
        back = str(self.leading[0].number) if self.leading else None
        return Problem("out_of_force", str(store), value=self.listed, expected=back, weight=Weight.FILE)

    @property
    def listed(self) -> str:
        return ", ".join(map(str, self.numbers))


def left_behind(store: Path) -> LeftBehind | None:
    """What is newer than the publication in force; None if nothing is, or if no pointer says what is in force.

    The caller holds the lock: the move of a writer at work is newer than the pointer until its last moment.
    """
    try:
        number = current_number(store)
    except StoreError:
        return None
    numbers = tuple(one for one in revision_numbers(store) if one > number) if number else ()
    if not numbers or is_replica(store):
        return None
    found = (_leading(store, one, number) for one in reversed(numbers))
    return LeftBehind(numbers, tuple(move for move in found if move is not None))


def seen_left_behind(store: Path) -> LeftBehind | None:
    """The same for whoever only reads: nothing while a writer is at work."""
    if left_behind(store) is None:
        return None
    try:
        with FileLock(store / "LOCK", timeout=0, is_singleton=False):
            return left_behind(store)
    except Timeout:
        return None
    except OSError:
        # Nobody writes where nothing can be written.
        return left_behind(store)


def _leading(store: Path, number: int, to: int) -> Revision | None:
    """The move with a number, if its publication is there and an unbroken way leads back from it to the move `to`."""
    lost, back = set[int](), number
    try:
        first = read_revision(store, number)
        if publication_path(store, first.publication).stat().st_size != first.size:
            return None
        while back > to:
            step = read_revision(store, back)
            if step.is_chained and not is_linked(store, step):
                return None
            lost.update(step.lost)
            back = step.after
            while back in lost:
                back -= 1
    except (StoreError, OSError):
        return None
    return first if back == to else None
