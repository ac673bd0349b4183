"""Is a file copied to another disk what it was? It is read back, and its folder has it only once it is whole."""

import os
from hashlib import sha256
from pathlib import Path

from dashboard.model.problem import Problem, Weight
from dashboard.store.durable import sync_folder
from dashboard.store.history import StoreError, sha256_of

BLOCK = 2**20


def copy_checked(path: Path, draft: Path) -> str:
    """Copy a file to `draft`, wait until it is on disk, and read it back. Returns its SHA-256.

    Raises OSError, or StoreError if the two differ.
    """
    read = sha256()
    with path.open("rb") as source, draft.open("wb") as copy:
        while block := source.read(BLOCK):
            read.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    if sha256_of(draft) != read.hexdigest():
        raise StoreError(Problem("copy_differs", path.name, weight=Weight.FILE))
    return read.hexdigest()


def put(path: Path, final: Path, draft: Path) -> None:
    """Copy a file into its folder, where it appears whole or not at all. Raises the same."""
    copy_checked(path, draft)
    final.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(final)
    sync_folder(final.parent)
