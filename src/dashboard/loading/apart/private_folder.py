"""Where on disk is what only some people may see? In a folder that goes with its holder, even if that is killed."""

import os
import shutil
import stat
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from weakref import WeakSet, finalize

from filelock import FileLock, Timeout

PREFIX = "dashboard-private-"
LOCK = "LOCK"
"""A file that is locked while the process lives: the system releases the lock however the process ends."""
MAKING_SECONDS = 60
"""A folder without a lock that is older than this is not just being made: it is empty and its maker was killed."""


REMOVING_TRIES = 50
"""A folder into which somebody puts a file meanwhile cannot be removed at that moment."""


class PrivateFolder:
    """A folder that nobody else may see, removed when it is left, when nothing refers to it, or when the process ends.

    As a context manager it gives its path. Making one also removes the folders of killed processes. Raises OSError if
    none can be made.
    """

    def __init__(self) -> None:
        sweep()
        with _making:
            if _ending.is_set():
                raise InterruptedError("this process is about to end")
            self.path, lock = _new_folder()
            self.leave = finalize(self, _remove, self.path, lock)
            _held.add(self)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()


_held: WeakSet[PrivateFolder] = WeakSet()
_making = threading.Lock()
_ending = threading.Event()


def leave_all() -> None:
    """Remove every folder of this process, also those that others are writing into; from now on none is made.

    For a process that a signal ends: nothing else is then asked to tidy up.
    """
    with _making:
        _ending.set()
        held = list(_held)
    for folder in held:
        folder.leave()


def sweep() -> None:
    """Remove the folders of processes that are gone; those of other users stay."""
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
    """Whether a folder belongs to this user and is not a link elsewhere; on Windows, temporary folders are per user."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (os.name == "nt" or status.st_uid == os.getuid())


def _new_folder() -> tuple[Path, FileLock]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        # Before the lock is held, another process may think the folder abandoned.
        with suppress(Timeout):
            return path, _locked(path)


def _locked(folder: Path) -> FileLock:
    # Any thread may leave the folder and release the lock.
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    lock.acquire()
    return lock


def _remove(folder: Path, lock: FileLock) -> None:
    for _ in range(REMOVING_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
    lock.release(force=True)
