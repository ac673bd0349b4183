"""Which publication is in use, and how it came to be: numbered moves and one small pointer.

A move is a file `moves/000012.json`, written once. `CURRENT` holds the number of the last one that counts. Renaming a
new `CURRENT` into place is the moment at which a change happens; a move with a higher number never happened.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from dashboard.model.problem import Problem, Weight


@dataclass(frozen=True)
class Move:
    """One step of the history. `at` is UTC in ISO form; `files` are name, SHA-256 and number of rows.

    `size` is that of the publication, in bytes: by it a file that was cut off is known. `about` is the round that a
    step of kind `close` or `reopen` is about.
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


class StoreError(Exception):
    """The store cannot be read; `problem` says what is wrong in the usual words."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


def publication_path(store: Path, publication: str) -> Path:
    """Where a publication lies."""
    return store / "publications" / f"{publication}.duckdb"


def current_number(store: Path) -> int:
    """The number of the move in force; 0 when nothing was published yet. Raises StoreError on a damaged pointer."""
    try:
        text = (store / "CURRENT").read_text("ascii").strip()
    except FileNotFoundError as error:
        # One move without a pointer is a first publication that was cut off; more mean that the pointer is lost.
        if len(move_files(store)) > 1:
            raise StoreError(Problem("pointer_damaged", str(store / "CURRENT"), weight=Weight.FILE)) from error
        return 0
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(Problem("pointer_damaged", str(store / "CURRENT"), weight=Weight.FILE)) from error
    if not text.isdigit():
        raise StoreError(Problem("pointer_damaged", str(store / "CURRENT"), value=text, weight=Weight.FILE))
    return int(text)


def move_files(store: Path) -> list[Path]:
    """Every move on disk, those that count and those that were cut off."""
    return sorted((store / "moves").glob("[0-9]*.json"))


def read_move(store: Path, number: int) -> Move:
    """One move. Raises StoreError when it is gone or damaged."""
    path = _move_path(store, number)
    try:
        found = json.loads(path.read_text("utf-8"))
        return Move(**{**found, "files": tuple((str(n), str(h), int(r)) for n, h, r in found["files"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(Problem("pointer_damaged", str(path), weight=Weight.FILE)) from error


def history(store: Path) -> Iterator[Move]:
    """Every move that counts, the latest first."""
    for number in range(current_number(store), 0, -1):
        yield read_move(store, number)


def record(store: Path, move: Move) -> None:
    """Make a move count. When this returns, it survives a power cut. The caller holds the lock."""
    write_whole(_move_path(store, move.number), json.dumps(asdict(move), ensure_ascii=False, indent=1))
    write_whole(store / "CURRENT", f"{move.number}\n")


def _move_path(store: Path, number: int) -> Path:
    return store / "moves" / f"{number:06}.json"


def write_whole(path: Path, text: str) -> None:
    """Write a file in one piece: killed at any moment, it is as it was before or as it shall be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system can open a folder (Windows cannot, and needs not)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
