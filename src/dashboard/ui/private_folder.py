"""Where does what only some may see lie on disk? In a folder that goes with whoever holds it, killed or not."""

import shutil
import tempfile
from functools import cache
from pathlib import Path
from weakref import finalize

from filelock import FileLock, Timeout

PREFIX = "dashboard-private-"
LOCK = "LOCK"
"""A file that is locked as long as the process lives: the system lets go of it however the process ends."""


class PrivateFolder:
    """A folder for one private publication, removed when it is left, when nobody holds it, or when the process ends.

    The folders of processes that were killed are removed by the first one that a later process makes.
    """

    def __init__(self) -> None:
        _sweep_once()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.leave = finalize(self, _remove, self.path, _locked(self.path))


@cache
def _sweep_once() -> None:
    sweep()


def sweep() -> None:
    """Remove the folders whose process is gone; those of another user stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # One without a lock is just being made.
        if (folder / LOCK).exists():
            try:
                lock = _locked(folder)
            except (Timeout, OSError):
                continue
            _remove(folder, lock)


def _locked(folder: Path) -> FileLock:
    # Whichever thread leaves the folder lets go of it.
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    lock.acquire()
    return lock


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release(force=True)
