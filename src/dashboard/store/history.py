"""Reads which publication is in force and how it came to be: numbered moves in a chain, and one small pointer.

A move is a file `moves/000012.json`, written once and never replaced. `CURRENT` holds the number of the one in force.
Renaming a new `CURRENT` into place is the moment at which a change happens. From there, the history leads from each
move back to the one that was in force before it; a move that is not reached this way was never in force, or no longer
is. Numbers may skip. A move holds the SHA-256 of its publication and of the file of the move before it; those made by
an earlier version of the program hold neither, and are not chained.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatch
from hashlib import file_digest, sha256
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.model.problem import Problem, Weight
from dashboard.store.disk import BESIDE, OWN_WORK, is_replica

NUMBER = re.compile(r"[1-9][0-9]{0,8}")
POINTER = re.compile(rf"({NUMBER.pattern})(?: ([0-9a-f]{{8}}))?")
"""The number of the move in force, and the start of its file's SHA-256; older stores hold only the number."""


@dataclass(frozen=True)
class Revision:
    """One step of the history. `at` is UTC in ISO format; `files` are name, SHA-256 and number of rows.

    `size` is that of the publication in bytes, which reveals a truncated file. `about` is the round that a step of kind
    `close` or `reopen` concerns. `after` is the number of the move in force before, 0 for the first one. `lost` are
    numbers for which a step of kind `repair` found no move, `removed` the publications that one of kind `prune` has
    removed. `subject` is the id of who made the move, if they had signed in; never a name.
    `versions` are standards that it brought in another version: code, version before, and after. `n_closed` is how many
    figures and severe gaps of closed rounds it changed, and `closed` the largest, as a `ClosedChange` has them.
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
    subject: str = ""
    versions: tuple[tuple[str, str, str], ...] = ()
    n_closed: int = 0
    closed: tuple[tuple[str, ...], ...] = ()

    @property
    def is_chained(self) -> bool:
        return bool(self.sha256)


class StoreError(Exception):
    """The store cannot be read; `problem` says why, like any other Problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


def publication_path(store: Path, publication: str) -> Path:
    """The path of a publication."""
    return store / "publications" / f"{publication}.duckdb"


def current_number(store: Path) -> int:
    """The number of the move in force; 0 if nothing has been published yet.

    Raises StoreError if the pointer is damaged or does not match its move, or if there is none although something was
    published: a store without its pointer is damaged, never empty.
    """
    number, proof = _read_pointer(store)
    # The first copy of another store has none until it is complete.
    if number == 0 and has_history(store) and not is_replica(store):
        raise StoreError(_pointer_damaged(store / "CURRENT"))
    # A missing move is reported by the code that reads it.
    if not _sha256_of_move(store, number).startswith(proof) and revision_path(store, number).exists():
        raise StoreError(_pointer_damaged(store / "CURRENT", str(number)))
    return number


def pointed_at(store: Path) -> int:
    """The number that the pointer says, whatever its move is; 0 if it says none."""
    try:
        return _read_pointer(store)[0]
    except StoreError:
        return 0


def _read_pointer(store: Path) -> tuple[int, str]:
    """What the pointer says, true or not: the number, and the proof of its move. 0 and empty if there is no pointer.

    Raises StoreError if it is not a pointer at all.
    """
    path = store / "CURRENT"
    try:
        with path.open(encoding="ascii") as stream:
            text = stream.read(64).strip()
    except FileNotFoundError:
        return 0, ""
    except NotADirectoryError as error:
        raise StoreError(Problem("store_is_file", str(store.absolute()), weight=Weight.FILE)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(_pointer_damaged(path)) from error
    match = POINTER.fullmatch(text)
    if not match:
        raise StoreError(_pointer_damaged(path, text))
    return int(match[1]), match[2] or ""


def pointer_text(store: Path, number: int) -> str:
    """The content of the pointer when the move with this number is in force."""
    return f"{number} {_sha256_of_move(store, number)[:8]}\n"


def points_at(store: Path, number: int) -> bool:
    """Whether the pointer is readable and holds this number."""
    try:
        return current_number(store) == number
    except StoreError:
        return False


def has_history(store: Path) -> bool:
    """Whether anything was ever published here, readable or not."""
    return bool(revision_numbers(store)) or any((store / "publications").glob("*.duckdb"))


def revision_numbers(store: Path) -> list[int]:
    """The number of every move on disk, ascending, whether or not it is part of the history."""
    return _numbers(path.stem for path in (store / "moves").glob("*.json"))


def next_number(store: Path) -> int:
    """A number never used in the store, so that nothing is ever replaced."""
    of_files = _numbers(path.stem.partition("-")[0] for path in (store / "publications").glob("*.duckdb"))
    return max([*revision_numbers(store), *of_files], default=0) + 1


def _numbers(texts: Iterable[str]) -> list[int]:
    return sorted(int(text) for text in texts if NUMBER.fullmatch(text.lstrip("0")))


def read_revision(store: Path, number: int) -> Revision:
    """One move. Raises StoreError if it is missing or damaged."""
    path = revision_path(store, number)
    revision = revision_in(path)
    if revision.number != number:
        raise StoreError(_pointer_damaged(path))
    return revision


def revision_in(path: Path) -> Revision:
    """The move in a file. Raises StoreError if it is missing or damaged."""
    try:
        record = json.loads(path.read_text("utf-8"))
        lists = {
            "files": tuple((str(n), str(h), int(r)) for n, h, r in record["files"]),
            "lost": tuple(int(n) for n in record.get("lost", ())),
            "removed": tuple(str(name) for name in record.get("removed", ())),
            "versions": tuple((str(code), str(was), str(now)) for code, was, now in record.get("versions", ())),
            "closed": tuple(tuple(map(str, change)) for change in record.get("closed", ())),
        }
        revision = Revision(**{"after": int(record["number"]) - 1, **record, **lists})
        is_valid = 0 <= revision.after < revision.number and Path(revision.publication).name == revision.publication
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(_pointer_damaged(path)) from error
    if not is_valid:
        raise StoreError(_pointer_damaged(path))
    return revision


def history(store: Path) -> Iterator[Revision]:
    """Every move from the one in force back to the first, except those that a repair found to be lost."""
    number, lost = current_number(store), set[int]()
    while number:
        revision = read_revision(store, number)
        yield revision
        lost.update(revision.lost)
        number = revision.after
        while number in lost:
            number -= 1


def in_force_before(store: Path) -> Iterator[Revision]:
    """The moves whose publications were in force before the present one, latest first, each publication once.

    Leaves out what was withdrawn: the moves that a revert went back over. Raises StoreError.
    """
    back_to, seen = "", set[str]()
    for revision in history(store):
        if back_to and revision.publication != back_to:
            continue
        back_to = revision.publication if revision.kind == "revert" else ""
        if seen and revision.publication not in seen:
            yield revision
        seen.add(revision.publication)


def following(store: Path, revision: Revision, after: int | Revision) -> Revision:
    """The move as the successor of the move with number `after`, or of one not yet written, chained to it."""
    if isinstance(after, Revision):
        return replace(revision, after=after.number, previous=sha256(revision_text(after).encode()).hexdigest())
    return replace(revision, after=after, previous=_sha256_of_move(store, after))


def is_linked(store: Path, revision: Revision) -> bool:
    """Whether the preceding move is still the one that this chained move was made after."""
    return revision.previous == _sha256_of_move(store, revision.after)


def _sha256_of_move(store: Path, number: int) -> str:
    """The SHA-256 of a move's file; empty if there is none."""
    try:
        # Small, and asked for in every run: read at once.
        return sha256(revision_path(store, number).read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def revision_text(revision: Revision) -> str:
    """A move as written to its file."""
    return json.dumps(asdict(revision), ensure_ascii=False, indent=1)


def revision_path(store: Path, number: int) -> Path:
    """The path of a move."""
    return store / "moves" / f"{number:06}.json"


def is_first_in_the_making(store: Path) -> bool:
    """Whether a writer is just making the first publication: its files come before its pointer."""
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


NOTHING_OF_OURS = (*OWN_WORK, *BESIDE, "moves", "publications", ".*", "lost+found")
"""What may be in the folder of a store in which nothing is published yet."""


def lacking(store: Path) -> Problem | None:
    """A Problem that names the folder, if there is no store or nothing was ever published in it. Creates nothing."""
    place = store.absolute()
    if not store.exists():
        return Problem("store_missing", str(place), weight=Weight.FILE)
    if not store.is_dir():
        return Problem("store_is_file", str(place), weight=Weight.FILE)
    if (store / "CURRENT").exists() or has_history(store) or is_replica(store):
        return None
    others = sorted(
        path.name for path in store.iterdir() if not any(fnmatch(path.name, own) for own in NOTHING_OF_OURS)
    )
    if others:
        return Problem("store_of_others", str(place), value=others[0], weight=Weight.FILE)
    return nothing_published(store)


def nothing_published(store: Path) -> Problem:
    """The Problem that nothing is in force in a store."""
    return Problem("nothing_published", str(store.absolute()), weight=Weight.FILE)
