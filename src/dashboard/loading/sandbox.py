"""Reads imported files safely: in a separate process that is ended when it takes too much, and in private folders.

The process that serves pages never looks into such a file. It asks another one, watches its time and memory, and
accepts nothing but plain values of our own classes. A private folder goes with its holder, even if that is killed.

See docs/decisions/0003-files-of-others.md.
"""

import io
import logging
import os
import pickle
import shutil
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Event, Thread
from time import perf_counter
from types import TracebackType
from typing import IO, Any, TypeVar
from weakref import WeakSet, finalize

from filelock import FileLock, Timeout

from dashboard.loading.process_limits import beyond, out_of_memory, readable
from dashboard.loading.sandbox_process import ALONE, LENGTH, MOST_ANSWERED, Started, Surroundings, start
from dashboard.model.problem import Limits, Problem, Progress

PREFIX = "dashboard-private-"
LOCK = "LOCK"
"""A file that is locked while the process lives: the system releases the lock however the process ends."""
MAKING_SECONDS = 60
"""A folder without a lock that is older than this is not just being made: it is empty and its maker was killed."""
LEAVING = "-leaving"
"""What a folder is called in addition while it is being removed."""
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
    # Under another name first: whoever still writes into it by its path then fails, instead of keeping it from going.
    with suppress(OSError):
        folder = folder.rename(f"{folder}{LEAVING}")
    for _ in range(REMOVING_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
    lock.release(force=True)


AT_ONCE = 2
"""How many such processes run at once; further requests wait."""
PATIENCE = 60.0
"""How many seconds a request waits for its turn."""
EVERY = 0.05
"""Seconds between two checks of a process."""
NEARLY = 0.8
"""A process that ended without a word after claiming this share of its memory ran out of memory."""
BUSY = "reading_busy"
ENDED = (BUSY, "out_of_memory", "out_of_time", "reading_ended", "too_much_to_tell")
"""The Problems of a reading that did not finish, whatever the file holds."""
SAFE = {
    "builtins": {"set", "frozenset", "range"},
    "datetime": {"date", "datetime"},
    "pathlib": {"PosixPath", "WindowsPath"},
}
Value = TypeVar("Value")
log = logging.getLogger(__name__)
_places = BoundedSemaphore(AT_ONCE)


def read_apart(
    limits: Limits, task: Callable[..., Value], *given: object, name: str, progress: Progress | None = None
) -> Value | Problem:
    """The result of `task(*given)` from a process of its own, or a Problem about `name` if there is none.

    The task is a function in one of our modules, and its value consists of our own frozen values. With `progress`, the
    task is passed a `progress` to report to. What it leaves in its temporary folder is removed.
    """
    if not _places.acquire(timeout=PATIENCE):
        return beyond(BUSY, name, None, None)
    try:
        with PrivateFolder() as scratch:
            around = Surroundings(
                str(Path.cwd()), tuple(sys.path), {**os.environ, **ALONE}, str(scratch), limits, progress is not None
            )
            with start() as started:
                value: Value | Problem = _asked(started, around, pickle.dumps((task, given)), name, progress)
                return value
    except OSError as error:
        return beyond("not_written", name, error.strerror or str(error), None)
    finally:
        _places.release()


def _asked(started: Started, around: Surroundings, task: bytes, name: str, progress: Progress | None) -> Any:
    watch = _Watch(started, around.limits)
    watch.start()
    try:
        started.asks.write(pickle.dumps(around) + task)
        started.asks.flush()
        kind, value, peak = _answer(started.answers, progress)
    # It ended before it had received everything, or what it answered is not an answer.
    except (OSError, EOFError, pickle.UnpicklingError):
        kind, value, peak = watch.why, None, 0
    finally:
        watch.done.set()
        watch.join()
    most, seconds = max(peak, watch.most), perf_counter() - watch.began
    if kind == "ended" and around.limits.memory is not None and watch.claimed > NEARLY * around.limits.memory:
        kind = "memory"
    log.info("%s: %s, %.2f s, %d bytes", name, kind, seconds, most)
    if kind == "failed":
        log.error("%s could not be read:\n%s", name, value)
    return value if kind == "done" else _why(kind, name, around.limits)


def _why(kind: str, name: str, limits: Limits) -> Problem:
    """The Problem for a reading that failed."""
    match kind:
        case "memory":
            return out_of_memory(name, limits)
        case "time":
            return beyond("out_of_time", name, None, f"{limits.seconds:g} s")
        case "large":
            return beyond("too_much_to_tell", name, None, readable(MOST_ANSWERED))
    return beyond("reading_ended", name, None, readable(limits.memory) if limits.memory else None)


def _answer(answers: IO[bytes], progress: Progress | None) -> tuple[str, Any, int]:
    """The one frame that is an answer. Raises EOFError if the process ends without one."""
    while True:
        (length,) = LENGTH.unpack(_exactly(answers, LENGTH.size))
        if length > MOST_ANSWERED:
            return "large", None, 0
        kind, value, more = _Plain(io.BytesIO(_exactly(answers, length))).load()
        if kind != "progress":
            return kind, value, more
        if progress is not None:
            progress(value, more)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


class _Plain(pickle.Unpickler):
    """Unpickles values of our own classes and nothing else: a compromised process must not reach further."""

    def find_class(self, module: str, name: str) -> Any:
        resolved = (
            super().find_class(module, name)
            if module.startswith("dashboard.") or name in SAFE.get(module, ())
            else None
        )
        if not isinstance(resolved, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return resolved


class _Watch(Thread):
    """Watches a process until `done`, and ends it if its time is over or it holds too much memory.

    `why` is then `time` or `memory`; `most` is the most memory it was seen to hold, `claimed` the most it had claimed.
    """

    def __init__(self, started: Started, limits: Limits) -> None:
        super().__init__(daemon=True)
        self.started, self.limits = started, limits
        self.done = Event()
        # The first check comes before any answer: a process that starts with little left may end before the second.
        self.why, self.most, self.claimed, self.began = "ended", 0, started.claimed(), perf_counter()

    def run(self) -> None:
        while not self.done.wait(EVERY):
            self.most = max(self.most, self.started.memory())
            self.claimed = max(self.claimed, self.started.claimed())
            if self.limits.seconds is not None and perf_counter() - self.began > self.limits.seconds:
                self.why = "time"
            elif self.limits.memory is not None and self.most > self.limits.memory:
                self.why = "memory"
            else:
                continue
            self.started.end()
            return
