"""Which limits hold in this process, and which sentence says that something is past one of them?

They are of the process, as those of the system are: whoever reads asks here, whatever called it. A process that nobody
has limited, as that of the operator's own `publish`, has none.
"""

import os
import sys
from pathlib import Path

import duckdb

from dashboard.model.limits import MB, Limits
from dashboard.model.problem import Problem, Weight

if sys.platform != "win32":
    import resource

FOR_TABLES = 0.5
"""The share of the memory that DuckDB may take: the rest is for Python, Arrow, and what DuckDB does not count."""
A_THREAD = 500 * MB
"""Each thread of DuckDB holds memory of its own, so there is one for so much of it."""
MOST_WRITTEN = 4000 * MB
"""No file that is written while reading may grow larger: the copy of a publication, and what goes to disk beside it."""
LAST_TO_STAY = 1000
"""On a machine that runs out of memory Linux ends such a process before any other."""
_limits = [Limits()]


def limits_of_process() -> Limits:
    """The limits of this process."""
    return _limits[0]


def impose(limits: Limits) -> None:
    """Hold this process to limits from now on. Raises OSError where the system does not take one of them."""
    _limits[0] = limits
    if limits.memory is None or sys.platform == "win32":
        return
    # What is written counts, not what is reserved: libraries reserve much more than they use.
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    # A picture of the memory would hold what was handed in.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    if sys.platform == "linux":
        Path("/proc/self/oom_score_adj").write_text(str(LAST_TO_STAY))


def within_limits() -> dict[str, str | bool | int | float | list[str]]:
    """How DuckDB is opened so that it stays within the limits of this process."""
    memory = limits_of_process().memory
    if memory is None:
        return {}
    return {
        "memory_limit": f"{int(FOR_TABLES * memory / MB)}MB",
        "threads": max(1, memory // A_THREAD),
        "max_temp_directory_size": f"{MOST_WRITTEN // MB}MB",
    }


def too_many_rows(n: int, name: str) -> Problem | None:
    """A table with more rows than are read here."""
    most = limits_of_process().rows
    return None if most is None or n <= most else beyond("too_many_rows", name, counted(n), counted(most))


def too_many_columns(n: int, name: str) -> Problem | None:
    """A table with more columns than are read here."""
    most = limits_of_process().columns
    return None if most is None or n <= most else beyond("too_many_columns", name, counted(n), counted(most))


def too_much_inside(n: int, name: str) -> Problem | None:
    """A file that is larger than is read here, once it is unpacked: `n` bytes."""
    most = limits_of_process().size
    return None if most is None or n <= most else beyond("too_much_inside", name, readable(n), readable(most))


def out_of_memory(name: str, limits: Limits) -> Problem:
    """A file whose reading takes more memory than it may."""
    return beyond("out_of_memory", name, None, readable(limits.memory or 0))


def beyond(kind: str, name: str, value: str | None, most: str | None) -> Problem:
    return Problem(kind, name, value=value, expected=most, weight=Weight.FILE)


def counted(n: int) -> str:
    """A whole number as people read it."""
    return f"{n:,}"


def readable(n: int) -> str:
    """A size as people read it."""
    return f"{counted(-(-n // MB))} MB" if n < 10_000 * MB else f"{counted(n // (1000 * MB))} GB"


def is_memory(error: BaseException) -> bool:
    """Whether an error says that memory was not enough."""
    return isinstance(error, MemoryError | duckdb.OutOfMemoryException)
