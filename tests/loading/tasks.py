"""What runs in a separate process in `test_apart.py`: ordinary work, and every way of failing to finish."""

import errno
import os
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from dashboard.model.problem import Problem


def doubled(number: int) -> tuple[int, str, str, int]:
    """A value, with where and as whom it was calculated."""
    return 2 * number, str(Path.cwd()), os.environ.get("CALLED", ""), os.getpid()


def in_steps(steps: int, progress: Callable[[float, str], None]) -> int:
    for step in range(steps):
        progress(step / steps, "read")
    return steps


def takes_memory() -> int:
    return len(bytearray(2_000_000_000))


def takes_memory_unseen() -> None:
    """Like a library that knows nothing of Python and aborts when it gets no memory."""
    os.abort()


def takes_memory_in_tables() -> None:
    duckdb.execute("SELECT count(*) FROM (SELECT DISTINCT range, md5(range::VARCHAR) FROM range(100_000_000))")


def lists_a_folder_without_memory() -> None:
    """As the system answers when a folder is listed and no memory is left."""
    raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM), tempfile.gettempdir())


def takes_its_time(note: Path) -> None:
    left = Path(tempfile.mkdtemp())
    (left / "half.csv").write_text("written so far", "utf-8")
    note.write_text(f"{os.getpid()} {left}", "utf-8")
    while True:
        signal.pause()


def says_much() -> bytes:
    return bytes(60_000_000)


def fails() -> None:
    raise ZeroDivisionError("a fault of ours")


class Evil:
    """What a compromised process could answer."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return os.mkdir, (self.place,)


def answers_with_a_deed(place: str) -> object:
    return Evil(place)


def answers_noise() -> None:
    """Bytes that are not an answer, in place of one."""
    for number in range(3, 20):
        try:
            os.write(number, b"\0" * 7 + b"\5hello")
        except OSError:
            continue
    os._exit(0)


def a_problem(name: str) -> Problem:
    return Problem("empty_file", name)
