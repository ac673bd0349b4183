"""Says where the store is on disk and whether it is only a copy, and writes files that survive a power cut.

The store is the folder `.dashboard` of the project, or where DASHBOARD_STORE says. A file is written whole, synced and
renamed into place, and its folder is synced.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from dashboard.model.problem import Problem, Weight

DEFAULT = Path(".dashboard")
HOLDER = ".holder"
"""The file in which a writer that holds the lock says who it is."""
OWN_WORK = ("LOCK", HOLDER, "making-*")
"""What a writer leaves in a store before anything is published."""
BESIDE = ("ended", "mappings", "people", "room", "safe", "views")
"""What a store holds besides its history."""
REPLICA = "REPLICA"
"""The file that marks the copy of another store. It holds the time of the last complete copy, in UTC."""


def store_folder() -> Path:
    """The folder of publications; it need not exist yet."""
    return Path(os.environ.get("DASHBOARD_STORE") or DEFAULT)


def is_named() -> bool:
    """Whether the location of the store was configured; an empty variable names none."""
    return bool(os.environ.get("DASHBOARD_STORE"))


def may_be_filled(store: Path) -> bool:
    """Whether the sample may be published into this store: its location is the default one, and it is empty.

    A store whose location was configured belongs to somebody: what is missing may be on its way back from a backup.
    """
    if is_named():
        return False
    try:
        return all(any(path.match(own) for own in OWN_WORK) for path in store.iterdir())
    except FileNotFoundError:
        return True


def is_replica(store: Path) -> bool:
    """Whether the store is marked as the copy of another one, where alone anything is changed (docs/operating.md)."""
    return (store / REPLICA).exists()


def refused_as_replica(store: Path) -> Problem | None:
    """Why nothing can be changed in this store, if it is only a copy."""
    return Problem("replica", str(store), weight=Weight.FILE) if is_replica(store) else None


def copied_at(store: Path) -> datetime | None:
    """When a copy was last complete, in UTC; None if it never was, or if this is no copy."""
    try:
        return datetime.fromisoformat((store / REPLICA).read_text("ascii").strip())
    except (OSError, ValueError):
        return None


@contextmanager
def making(store: Path) -> Iterator[Path]:
    """A folder in which a writer works, removed at the end; if it is killed, the next writer removes it."""
    folder = store / f"making-{token_hex(4)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_atomically(path: Path, text: str) -> None:
    """Write a file atomically: if the process is killed, the file is either unchanged or complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    try:
        write_synced(draft, text)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_synced(path: Path, text: str) -> None:
    """Write a file, with the line ends of its text on every system, and wait until it is on disk."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system can open a folder (Windows cannot, and need not)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
