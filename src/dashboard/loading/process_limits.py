"""Holds the limits of this process, and the sentences that say that something exceeds one of them.

They belong to the process, as the operating system's limits do: all code that reads consults them here. A process that
was never limited, such as the operator's own `publish`, has none.
"""

import errno
import os
import sys
from pathlib import Path

import duckdb

from dashboard.model.problem import MB, Limits, Problem, Weight

if sys.platform != "win32":
    import resource

FOR_TABLES = 0.5
"""DuckDB's share of the memory: the rest is for Python, Arrow, and what DuckDB does not count."""
A_THREAD = 500 * MB
"""Every DuckDB thread needs memory of its own, so there is one thread for this much memory."""
MOST_WRITTEN = 4000 * MB
"""No file written while reading may grow larger: the copy of a publication, or data spilled to disk."""
LAST_TO_STAY = 1000
"""When a machine runs out of memory, Linux ends such a process before any other."""
_limits = [Limits()]


def limits_of_process() -> Limits:
    """The limits of this process."""
    return _limits[0]


def impose(limits: Limits) -> None:
    """Apply limits to this process from now on. Raises OSError if the system rejects one of them."""
    _limits[0] = limits
    if limits.memory is None or sys.platform == "win32":
        return
    # Limits the data that is written to, not address space: libraries reserve far more than they use.
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    # A core dump would contain the imported file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    if sys.platform == "linux":
        Path("/proc/self/oom_score_adj").write_text(str(LAST_TO_STAY))


def within_limits() -> dict[str, str | bool | int | float | list[str]]:
    """How to open DuckDB so that it stays within the limits of this process."""
    memory = limits_of_process().memory
    if memory is None:
        return {}
    return {
        "memory_limit": f"{int(FOR_TABLES * memory / MB)}MB",
        "threads": max(1, memory // A_THREAD),
        "max_temp_directory_size": f"{MOST_WRITTEN // MB}MB",
    }


def too_many_rows(n: int, name: str) -> Problem | None:
    """The Problem for a table with more rows than may be read here, or None."""
    most = limits_of_process().rows
    return None if most is None or n <= most else beyond("too_many_rows", name, counted(n), counted(most))


def too_many_columns(n: int, name: str) -> Problem | None:
    """The Problem for a table with more columns than may be read here, or None."""
    most = limits_of_process().columns
    return None if most is None or n <= most else beyond("too_many_columns", name, counted(n), counted(most))


def too_much_inside(n: int, name: str) -> Problem | None:
    """The Problem for a file that unpacks to more bytes (`n`) than may be read here, or None."""
    most = limits_of_process().size
    return None if most is None or n <= most else beyond("too_much_inside", name, readable(n), readable(most))


def out_of_memory(name: str, limits: Limits) -> Problem:
    """The Problem for a file that takes more memory to read than is allowed."""
    return beyond("out_of_memory", name, None, readable(limits.memory or 0))


def beyond(kind: str, name: str, value: str | None, most: str | None) -> Problem:
    return Problem(kind, name, value=value, expected=most, weight=Weight.FILE)


def counted(n: int) -> str:
    """A whole number formatted for people."""
    return f"{n:,}"


def readable(n: int) -> str:
    """A size formatted for people."""
    return f"{counted(-(-n // MB))} MB" if n < 10_000 * MB else f"{counted(n // (1000 * MB))} GB"


def is_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out."""
    # Without memory for its stack, a thread does not start.
    no_thread = isinstance(error, RuntimeError) and str(error) == "can't start new thread"
    # A folder that cannot be listed without memory is an error of the system.
    no_room = isinstance(error, OSError) and error.errno == errno.ENOMEM
    return no_thread or no_room or isinstance(error, MemoryError | duckdb.OutOfMemoryException)
