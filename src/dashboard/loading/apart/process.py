"""What does a process do that reads imported files? One task within limits, after which it ends.

`python -m dashboard.loading.apart.process` does one task, read from standard input and answered on standard output.
Given the number of a socket and names of modules, it imports the modules and forks a copy of itself for every task.
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
