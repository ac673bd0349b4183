"""Where does what only some may see lie on disk? In a folder that goes with whoever holds it, killed or not."""

import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from weakref import finalize

from filelock import FileLock, Timeout

PREFIX = "dashboard-private-"
LOCK = "LOCK"
"""A file that is locked as long as the process lives: the system lets go of it however the process ends."""
MAKING_SECONDS = 60
"""So old, a folder without a lock is not just being made; it is empty, and its maker was killed."""


class PrivateFolder:
    """A folder for what nobody else may see, removed when it is left, when nobody holds it, or when the process ends.

    As a context it gives its path, and is left at the end. Making one removes the folders of killed processes.
    Raises OSError where none can be made.
    """

    def __init__(self) -> None:
        sweep()
        self.path, lock = _new_folder()
        self.leave = finalize(self, _remove, self.path, lock)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()


def sweep() -> None:
    """Remove the folders whose process is gone; those of another user stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if not _is_ours(folder):
                continue
            if (folder / LOCK).exists():
                _remove(folder, _locked(folder))
            elif time.time() - folder.stat().st_mtime > MAKING_SECONDS:
                folder.rmdir()
        except (Timeout, OSError):
            # Somebody holds it, or another process has just removed it.
            continue


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder of this user, and no link to another place; Windows has a temporary folder a user."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (os.name == "nt" or status.st_uid == os.getuid())


def _new_folder() -> tuple[Path, FileLock]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        # Between making the lock and holding it, another process may take the folder for one that was left.
        with suppress(Timeout):
            return path, _locked(path)


def _locked(folder: Path) -> FileLock:
    # Whichever thread leaves the folder lets go of it.
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    lock.acquire()
    return lock


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release(force=True)
