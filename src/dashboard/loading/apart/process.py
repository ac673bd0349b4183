"""What does a process do that reads what was handed in? One task within limits, and then it is gone.

`python -m dashboard.loading.apart.process` does one task: asked on standard input, answered on standard output. With
the number of a socket and names of modules it imports those, and makes a copy of itself for every task.
"""

import gc
import os
import pickle
import signal
import socket
import struct
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from math import ceil
from pathlib import Path
from typing import IO

from dashboard.loading.apart.limits import impose, is_memory
from dashboard.model.limits import Limits

MOST_ANSWERED = 50_000_000
"""No answer has more bytes."""
LENGTH = struct.Struct(">Q")
ORPHANED = 5
"""So many seconds after its time a process ends by itself: whoever asked is gone."""


@dataclass(frozen=True)
class Surroundings:
    """Where and how a task is done: as whoever asks for it would do it, but within limits and with a scratch folder."""

    folder: str
    path: tuple[str, ...]
    environment: dict[str, str]
    scratch: str
    limits: Limits
    wants_progress: bool
    """Whether somebody wants to know how far it is."""


def send(stream: IO[bytes], *frame: object) -> None:
    """Write a frame with its length before it. Raises ValueError when it is too long."""
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
        task, given = pickle.load(asks)  # noqa: S301
        more: dict[str, Callable[[float, str], None]] = {}
        if around.wants_progress:
            more["progress"] = lambda share, step: send(answers, "progress", share, step)
        frame = ("done", task(*given, **more))
    # Whatever happens is reported to whoever asked: a library written in Rust ends in an exception of its own kind.
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
    impose(around.limits)


def _peak() -> int:
    """The most memory that this process has held, in bytes."""
    if sys.platform != "linux":
        # Whoever watches it has seen about as much.
        return 0
    # What getrusage says begins with what the process held that this one was made from.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def serve(channel: socket.socket, modules: list[str]) -> None:
    """Make a copy of this process for each pair of pipes that comes in, until whoever sends them is gone."""
    for module in modules:
        import_module(module)
    # No copy looks through what was there before it, which would make it a copy of its own.
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
        # It waits for its task, so that it cannot be gone by now.
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
    # What a library prints is no answer.
    os.dup2(2, 1)
    work(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main(sys.argv[1:])
