"""How does a process start that reads imported files? As a fork of a waiting one or, elsewhere, from scratch."""

import atexit
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO, cast

COMMAND = [sys.executable, "-m", "dashboard.loading.apart.process"]
# A single thread, since forking is unsafe with several; memory from the system allocator, which is counted as it is
# used; and no pages of addresses from a library that aborts when it gets no memory.
ALONE = {
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "RUST_BACKTRACE": "0",
}
COPIES = sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")
"""Whether processes can be forked and tracked; elsewhere, system libraries do not survive a fork."""


@dataclass(frozen=True)
class Started:
    """A process that waits for its task: its input and output, and how to end it."""

    pid: int
    asks: IO[bytes]
    answers: IO[bytes]
    end: Callable[[], None]

    def memory(self) -> int:
        """How much memory it holds now, in bytes; 0 if it is gone."""
        return resident(self.pid)

    def claimed(self) -> int:
        """How much data memory it was granted, in bytes, which is what Linux limits; at least what it holds."""
        return max(self.memory(), _data(self.pid))


class Template:
    """A process with everything imported, forked for each task. Raises OSError if it is gone."""

    def __init__(self, modules: Sequence[str]) -> None:
        self.lock = Lock()
        self.ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603
                [*COMMAND, str(theirs.fileno()), *modules],
                env={**os.environ, **ALONE},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        atexit.register(self.close)

    def copy(self, asked: int, answering: int) -> tuple[int, int]:
        """Fork a copy that reads and answers through these pipes; returns its process id and a handle on it."""
        with self.lock:
            socket.send_fds(self.ours, [b"1"], [asked, answering])
            pid, handles, _, _ = socket.recv_fds(self.ours, 20, 1)
        if not handles:
            raise BrokenPipeError
        return int(pid), handles[0]

    def close(self) -> None:
        self.ours.close()
        self.process.wait()


_template: list[Template] = []
_preparing = Lock()


def prepare(modules: Sequence[str]) -> None:
    """Get a process ready that has imported these modules, so that reading starts at once. Does not wait for it."""
    if COPIES:
        with _preparing:
            if not _template:
                _template.append(Template(modules))
            elif _template[0].process.poll() is not None:
                _template[0].close()
                _template[0] = Template(modules)


@contextmanager
def start() -> Iterator[Started]:
    """A process that waits for its task; it is ended when the block is left."""
    with ExitStack() as stack:
        started = _copied(stack) if _template else None
        yield started or _anew(stack)


def _copied(stack: ExitStack) -> Started | None:
    """A fork of the waiting process; None if that has ended."""
    asked, asks = os.pipe()
    answers, answering = os.pipe()
    question = stack.enter_context(_pipe(os.fdopen(asks, "wb")))
    answer = stack.enter_context(os.fdopen(answers, "rb"))
    try:
        pid, handle = _template[0].copy(asked, answering)
    except OSError:
        return None
    finally:
        os.close(asked)
        os.close(answering)
    stack.callback(os.close, handle)
    # A handle becomes readable when its process ends.
    exit_poll = select.poll()
    exit_poll.register(handle, select.POLLIN)
    stack.callback(exit_poll.poll)
    stack.callback(_kill, handle)
    return Started(pid, question, answer, partial(_kill, handle))


@contextmanager
def _pipe(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """A pipe that can be closed even if nobody is left at the other end."""
    try:
        yield stream
    finally:
        with suppress(OSError):
            stream.close()


def _kill(handle: int) -> None:
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, signal.SIGKILL)


def _anew(stack: ExitStack) -> Started:
    process = subprocess.Popen(  # noqa: S603
        COMMAND,
        env={**os.environ, **ALONE},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    question = stack.enter_context(_pipe(cast(IO[bytes], process.stdin)))
    return Started(process.pid, question, stack.enter_context(cast(IO[bytes], process.stdout)), process.kill)


def resident(pid: int) -> int:
    """How much memory a process on this machine holds, in bytes; 0 if it has ended or that is unknown."""
    if sys.platform == "linux":
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0
    if sys.platform == "win32":
        listing = _output(["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH"])
        # The last cell is the size in kilobytes, with local thousands separators.
        return int("0" + re.sub(r"\D", "", listing.rpartition('","')[2])) * 1024
    return int("0" + _output(["ps", "-o", "rss=", "-p", str(pid)]).strip()) * 1024


def _data(pid: int) -> int:
    if sys.platform != "linux":
        return 0
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
