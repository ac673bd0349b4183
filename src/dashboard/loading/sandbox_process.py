"""Starts and runs the process that reads imported files: one task within limits, after which it ends.

It starts as a fork of a waiting one or, elsewhere, from scratch. `python -m dashboard.loading.sandbox_process` does one
task, read from standard input and answered on standard output. Given the number of a socket and names of modules, it
imports the modules and forks a copy of itself for every task.
"""

import atexit
import gc
import os
import pickle
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from math import ceil
from pathlib import Path
from threading import Lock
from typing import IO, cast

from dashboard.loading.process_limits import impose, is_memory
from dashboard.model.problem import Limits

MOST_ANSWERED = 50_000_000
"""The largest answer, in bytes."""
LENGTH = struct.Struct(">Q")
ORPHANED = 5
"""Seconds after its time limit at which a process ends itself, because the process that asked is gone."""


@dataclass(frozen=True)
class Surroundings:
    """Where and how a task is done: as in the process that asks for it, but with limits and a scratch folder."""

    folder: str
    path: tuple[str, ...]
    environment: dict[str, str]
    scratch: str
    limits: Limits
    wants_progress: bool
    """Whether progress is to be reported."""


def send(stream: IO[bytes], *frame: object) -> None:
    """Write a frame, preceded by its length. Raises ValueError if it is too long."""
    content = pickle.dumps(frame)
    if len(content) > MOST_ANSWERED:
        raise ValueError(len(content))
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def work(asks: IO[bytes], answers: IO[bytes]) -> None:
    """Do the task that is asked, and answer: `done` with its value, or `memory`, `large` or `failed` with a trace."""
    try:
        around: Surroundings = pickle.load(asks)  # noqa: S301
        _go_to(around)
        # The process ends with its task, and looking for cycles takes longer than reading a million rows.
        gc.disable()
        # Our own modules are loaded before memory is limited: a library that aborts for want of it could not say so.
        task, given = pickle.load(asks)  # noqa: S301
        impose(around.limits)
        more: dict[str, Callable[[float, str], None]] = {}
        if around.wants_progress:
            more["progress"] = lambda share, step: send(answers, "progress", share, step)
        frame = ("done", task(*given, **more))
    # Everything is reported to the process that asked: a library written in Rust may raise an exception of its own
    # kind.
    except BaseException as error:  # noqa: BLE001
        frame = ("memory" if is_memory(error) else "failed", traceback.format_exc(limit=-8)[-10_000:])
    try:
        send(answers, *frame, _peak())
    except ValueError:
        send(answers, "large", None, _peak())
    except MemoryError:
        send(answers, "memory", None, _peak())


def _go_to(around: Surroundings) -> None:
    os.chdir(around.folder)
    os.environ.update(around.environment)
    sys.path[:] = around.path
    tempfile.tempdir = around.scratch
    if around.limits.seconds is not None and hasattr(signal, "alarm"):
        signal.alarm(ceil(around.limits.seconds) + ORPHANED)


def _peak() -> int:
    """The most memory that this process has held, in bytes."""
    if sys.platform != "linux":
        # The watching process has seen about as much.
        return 0
    # getrusage starts from what the parent process held.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def serve(channel: socket.socket, modules: list[str]) -> None:
    """Fork this process for each pair of pipes that comes in, until the sender is gone."""
    for module in modules:
        import_module(module)
    # Otherwise a collection in a copy would touch the shared memory, and so duplicate it.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        _, pipes, _, _ = socket.recv_fds(channel, 1, 2)
        if len(pipes) < 2:
            return
        pid = os.fork()
        if pid == 0:
            _as_copy(channel, *pipes)
        # The process is waiting for its task, so it cannot be gone yet.
        handle = os.pidfd_open(pid)
        socket.send_fds(channel, [str(pid).encode()], [handle])
        for number in (*pipes, handle):
            os.close(number)


def _as_copy(channel: socket.socket, asks: int, answers: int) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel.close()
        with os.fdopen(asks, "rb") as question, os.fdopen(answers, "wb") as answer:
            work(question, answer)
    finally:
        os._exit(0)


def main(arguments: list[str]) -> None:
    if arguments:
        serve(socket.socket(fileno=int(arguments[0])), arguments[1:])
        return
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not become part of the answer.
    os.dup2(2, 1)
    work(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main(sys.argv[1:])


COMMAND = [sys.executable, "-m", "dashboard.loading.sandbox_process"]
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
        return max(self.memory(), _pages(self.pid, 5))


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
        return _pages(pid, 1)
    if sys.platform == "win32":
        listing = _output(["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH"])
        # The last cell is the size in kilobytes, with local thousands separators.
        return int("0" + re.sub(r"\D", "", listing.rpartition('","')[2])) * 1024
    return int("0" + _output(["ps", "-o", "rss=", "-p", str(pid)]).strip()) * 1024


def _pages(pid: int, kind: int) -> int:
    """Pages of memory of one kind in bytes, by its place in `statm`: 1 for those held, 5 for data."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[kind]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
