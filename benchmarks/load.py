"""Loading: a bare `CREATE TABLE AS SELECT * FROM read_csv` against check, join, fold and publish of the same file.

Each in its own process, in turn, into a new file; wall time from start to end of the process, and its peak memory. The
largest file is loaded once each way, and not if DASHBOARD_SCALE, in millions, is below it.
"""

import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.generate import LOADED, ROOT, SIZES, WORK, generated, largest

BARE = """
import sys, duckdb
with duckdb.connect(sys.argv[1]) as connection:
    connection.execute("CREATE TABLE answers AS SELECT * FROM read_csv(?)", [sys.argv[2]])
"""
TURNS = 3


def sizes() -> list[str]:
    """Return the names of the sizes to load."""
    return [name for name, rows in LOADED.items() if name in SIZES or rows <= largest() * 1_000_000]


@dataclass(frozen=True)
class Cost:
    """The cost of one process: wall-clock seconds, processor seconds, and peak memory in MB."""

    seconds: float
    processor: float
    peak_mb: float


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end and return its cost. Raises RuntimeError if it fails."""
    started = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(command[0], list(command), os.environ, file_actions=quiet)
    _, status, used = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    if status:
        raise RuntimeError(f"{command[1:4]} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def store_of(name: str) -> Path:
    """Return the published store of one size (`sample` is the project's own data), making it if needed."""
    store = WORK / f"store-{name}"
    if not (store / "CURRENT").exists():
        cost(_publishing(name, store))
    return store


def _publishing(name: str, store: Path) -> list[str]:
    group = ROOT / "data" if name == "sample" else generated(name)
    return [sys.executable, "-m", "dashboard", "publish", str(ROOT / "frameworks"), str(group), "--store", str(store)]


def measure(name: str) -> dict[str, list[Cost]]:
    """Return the costs of both ways, in turn. File and last store are kept if other measurements need them."""
    group = generated(name)
    bare, store = WORK / "bare.duckdb", WORK / f"store-{name}"
    _touch(group / "answers.csv")
    costs: dict[str, list[Cost]] = {"bare": [], "publish": []}
    for _ in range(TURNS if name in SIZES else 1):
        bare.unlink(missing_ok=True)
        costs["bare"].append(cost([sys.executable, "-c", BARE, str(bare), str(group / "answers.csv")]))
        shutil.rmtree(store, ignore_errors=True)
        costs["publish"].append(cost(_publishing(name, store)))
    bare.unlink(missing_ok=True)
    if name not in SIZES:
        shutil.rmtree(store)
        shutil.rmtree(group)
    return costs


def _touch(path: Path) -> None:
    """Read a file once, so that both ways find it in the system's cache."""
    with path.open("rb") as stream:
        while stream.read(1 << 20):
            pass


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure, and the highest peak."""
    return Cost(median(c.seconds for c in costs), median(c.processor for c in costs), max(c.peak_mb for c in costs))


if __name__ == "__main__":
    for size in sys.argv[1:] or ["1m", "10m"]:
        for way, costs in measure(size).items():
            found = middle(costs)
            print(f"{size} {way}: {found.seconds:.2f} s, {found.processor:.2f} s of processor, {found.peak_mb:.0f} MB")
