"""How does a new store get its folder, and how does it replace an old one? Atomically, in both cases."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.model.problem import Problem, Weight
from dashboard.store.durable import sync_folder, write_atomically
from dashboard.store.history import StoreError, has_history
from dashboard.store.location import BESIDE

MARKER = "UPGRADE"
"""Marks an unfinished store and names the store it is made from, so that the next upgrade knows what it may remove."""
HERE, EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of `renameat2` in Linux."""


@contextmanager
def in_the_making(store: Path, new: Path) -> Iterator[Path]:
    """A folder beside the place of the new store; removed at the end, and also if a killed upgrade left it behind."""
    folder = new.with_name(f"making-{new.name}")
    marker = folder / MARKER
    if marker.exists() and marker.read_text("utf-8") == str(store):
        shutil.rmtree(folder)
    elif folder.exists() and any(path.name != f".{MARKER}.draft" for path in folder.iterdir()):
        raise StoreError(Problem("upgrade_not_empty", str(folder), weight=Weight.FILE))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        write_atomically(marker, str(store))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy_beside(old: Path, new: Path) -> None:
    """Copy what a store holds besides its history, and wait until it is on disk."""
    for path in sorted(path for name in BESIDE for path in (old / name).rglob("*")):
        unfinished = path.name == "LOCK" or path.name.startswith(".") or "making-" in str(path.relative_to(old))
        if path.is_file() and not unfinished:
            copied = new / path.relative_to(old)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)
            sync_file(copied)
            sync_folder(copied.parent)


def sync_file(path: Path) -> None:
    """Wait until a file is on disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def give_name(folder: Path, new: Path) -> None:
    """Finish the new store: without the marker, it counts as complete."""
    (folder / MARKER).unlink()
    if new.exists():
        new.rmdir()
    folder.rename(new)
    sync_folder(new.parent)


def put_in_place(new: Path, store: Path) -> Path:
    """Give the new store the name of the old one; returns where the old one is now. Nothing is deleted.

    Raises OSError if the names could not be changed, for example across two disks.
    """
    aside = _free_name(store)
    if _exchanged(new, store):
        new.rename(aside)
    else:
        store.rename(aside)
        try:
            new.rename(store)
        except OSError:
            aside.rename(store)
            raise
    for folder in {store.parent, new.parent}:
        sync_folder(folder)
    return aside


def finish(new: Path, store: Path) -> None:
    """Finish what an upgrade began that was killed between two changes of names: the old store is aside already."""
    if not store.exists() and _aside(store, 1).exists() and has_history(new):
        new.rename(store)
        for folder in {store.parent, new.parent}:
            sync_folder(folder)


def _aside(store: Path, n: int) -> Path:
    return store.with_name(f"{store.name}.before-upgrade-{n}")


def _free_name(store: Path) -> Path:
    n = 1
    while (free := _aside(store, n)).exists():
        n += 1
    return free


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have swapped names in one step, so that neither name is ever free for anything else."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(HERE, bytes(one), HERE, bytes(other), EXCHANGE) == 0
