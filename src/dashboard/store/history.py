"""Which publication is in force, and how it came to be: numbered moves in a chain, and one small pointer.

A move is a file `moves/000012.json`, written once and never replaced. `CURRENT` holds the number of the one in force.
Renaming a new `CURRENT` into place is the moment at which a change happens. From there the history goes back from each
move to the one that was in force before it; a move that is not reached so was never in force, or is not any more.
Numbers may skip. A move holds the SHA-256 of its publication and of the file of the move before it; those that an
earlier version of the program made hold neither, and are not chained.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.model.problem import Problem, Weight

POINTER = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True)
class Move:
    """One step of the history. `at` is UTC in ISO form; `files` are name, SHA-256 and number of rows.

    `size` is that of the publication, in bytes: by it a file that was cut off is known. `about` is the round that a
    step of kind `close` or `reopen` is about. `after` is the number of the move in force before, 0 for the first one.
    `lost` are numbers that a step of kind `repair` found no move under, `removed` the publications that one of kind
    `prune` has removed.
    """

    number: int
    kind: str
    publication: str
    size: int
    role: str
    why: str
    at: str
    files: tuple[tuple[str, str, int], ...] = ()
    n_problems: int = 0
    about: str = ""
    after: int = 0
    sha256: str = ""
    previous: str = ""
    lost: tuple[int, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_chained(self) -> bool:
        return bool(self.sha256)


class StoreError(Exception):
    """The store cannot be read; `problem` says what is wrong in the usual words."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


def publication_path(store: Path, publication: str) -> Path:
    """Where a publication lies."""
    return store / "publications" / f"{publication}.duckdb"


def current_number(store: Path) -> int:
    """The number of the move in force; 0 when nothing was published yet.

    Raises StoreError on a damaged pointer, and where there is none although something was published: a store without
    its pointer is damaged, never empty.
    """
    path = store / "CURRENT"
    try:
        with path.open(encoding="ascii") as stream:
            text = stream.read(64).strip()
    except FileNotFoundError as error:
        if has_history(store):
            raise StoreError(_pointer_damaged(path)) from error
        return 0
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(_pointer_damaged(path)) from error
    if not POINTER.fullmatch(text):
        raise StoreError(_pointer_damaged(path, text))
    return int(text)


def points_at(store: Path, number: int) -> bool:
    """Whether the pointer can be read, and holds this number."""
    try:
        return current_number(store) == number
    except StoreError:
        return False


def has_history(store: Path) -> bool:
    """Whether anything was ever published here, readable or not."""
    return bool(move_numbers(store)) or any((store / "publications").glob("*.duckdb"))


def move_numbers(store: Path) -> list[int]:
    """The number of every move on disk, rising: those of the history, and those that are not part of it."""
    return sorted(
        int(path.stem) for path in (store / "moves").glob("*.json") if POINTER.fullmatch(path.stem.lstrip("0"))
    )


def next_number(store: Path) -> int:
    """A number that nothing in the store has ever had, so that nothing is ever replaced."""
    of_files = _numbers(path.stem.partition("-")[0] for path in (store / "publications").glob("*.duckdb"))
    return max([*move_numbers(store), *of_files], default=0) + 1


def _numbers(texts: Iterable[str]) -> list[int]:
    return sorted(int(text) for text in texts if POINTER.fullmatch(text.lstrip("0")))


def read_move(store: Path, number: int) -> Move:
    """One move. Raises StoreError when it is gone or damaged."""
    path = move_path(store, number)
    move = move_in(path)
    if move.number != number:
        raise StoreError(_pointer_damaged(path))
    return move


def move_in(path: Path) -> Move:
    """The move in a file. Raises StoreError when it is gone or damaged."""
    try:
        found = json.loads(path.read_text("utf-8"))
        lists = {
            "files": tuple((str(n), str(h), int(r)) for n, h, r in found["files"]),
            "lost": tuple(int(n) for n in found.get("lost", ())),
            "removed": tuple(str(name) for name in found.get("removed", ())),
        }
        move = Move(**{"after": int(found["number"]) - 1, **found, **lists})
        sound = 0 <= move.after < move.number and Path(move.publication).name == move.publication
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(_pointer_damaged(path)) from error
    if not sound:
        raise StoreError(_pointer_damaged(path))
    return move


def history(store: Path) -> Iterator[Move]:
    """Every move from the one in force back to the first, without those that a repair has found to be lost."""
    number, lost = current_number(store), set[int]()
    while number:
        move = read_move(store, number)
        yield move
        lost.update(move.lost)
        number = move.after
        while number in lost:
            number -= 1


def following(store: Path, move: Move, after: int) -> Move:
    """The move as it follows the one of number `after`, chained to it."""
    return replace(move, after=after, previous=_sha256_of_move(store, after))


def is_linked(store: Path, move: Move) -> bool:
    """Whether the move before is still the one that this chained move was made after."""
    return move.previous == _sha256_of_move(store, move.after)


def _sha256_of_move(store: Path, number: int) -> str:
    """The SHA-256 of a move's file; empty where there is none."""
    path = move_path(store, number)
    return sha256_of(path) if path.exists() else ""


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def move_text(move: Move) -> str:
    """A move as it stands in its file."""
    return json.dumps(asdict(move), ensure_ascii=False, indent=1)


def move_path(store: Path, number: int) -> Path:
    """Where a move lies."""
    return store / "moves" / f"{number:06}.json"


def is_first_in_the_making(store: Path) -> bool:
    """Whether a writer makes the first publication just now: it has its files before it has its pointer."""
    if (store / "CURRENT").exists() or not (store / "LOCK").exists():
        return False
    try:
        with FileLock(store / "LOCK", timeout=0, is_singleton=False):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _pointer_damaged(path: Path, value: str | None = None) -> Problem:
    return Problem("pointer_damaged", str(path), value=value, weight=Weight.FILE)
