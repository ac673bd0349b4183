"""Folding 1, 10 and 100 million answers, here and in engines elsewhere, and in one that loses a worker meanwhile.

    python -m benchmarks.scale MILLIONS...       these sizes, printed

The answers are Parquet files of a million rows each, made one at a time: more rows need more files, not more memory.
DASHBOARD_SCALE is the largest size of a run, in millions.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from math import isclose
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.engines import SPARK_MISSING, Running, processor_seconds, sail, spark, spark_home
from benchmarks.generate import ROOT, SEED, WORK, largest
from benchmarks.load import store_of
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import sentence
from dashboard.store.history import StoreError, current_number, publication_path, read_revision
from dashboard.store.publishing import engine as engines
from dashboard.store.publishing.engine import Engine, fold
from dashboard.store.sql import always

SIZES = (1, 10, 100)
"""In millions, about: a part holds what is asked of a group of that size."""
LOST_AT = 1
"""The size at which an engine loses a worker, in millions."""
FOLDED = ("tally", "matched")
LISTS = ("criterion", "framework", "scale", "round", "old_words")
MEMORY = "1500MB"
"""What DuckDB may take in a publication."""
LATE = 0.3
"""Processor seconds that a worker has spent on the second fold when it is killed: in the midst of it."""
# Every group has the operations of the first again, under numbers of their own; there is one head office.
OPERATIONS = """
CREATE TABLE operation AS
SELECT o.* REPLACE (o.operation_no + CAST(part * $step AS INTEGER) AS operation_no)
FROM made.operation AS o CROSS JOIN range($parts) AS p(part) WHERE o.kind = 'operation' OR part = 0
"""
PART = f"""
COPY (
    WITH drawn AS (
        SELECT a.round_no, o.operation_no + CAST($part * $step AS INTEGER) AS operation_no, a.criterion_no, c.scale_no,
            hash(a.round_no, o.operation_no, a.criterion_no, $part, {SEED}) AS h
        FROM made.asked AS a JOIN made.operation AS o USING (profile_no) JOIN made.criterion AS c USING (criterion_no)
        WHERE o.kind = 'operation' OR $part = 0
    ),
    steps AS (SELECT scale_no, list(status_no ORDER BY status_no) AS steps FROM made.scale GROUP BY scale_no)
    SELECT d.round_no, d.operation_no, d.criterion_no, steps[1 + CAST((h >> 8) % len(steps) AS INTEGER)] AS status_no,
        CAST((h >> 20) % 4 AS SMALLINT) AS evidence,
        DATE '2025-02-01' + CAST((h >> 24) % 118 AS INTEGER) AS answered_on, CAST(NULL AS SMALLINT) AS version_no
    FROM drawn AS d JOIN steps USING (scale_no) ORDER BY d.round_no, d.operation_no
) TO '{{file}}' (FORMAT parquet)
"""


@dataclass(frozen=True)
class Folded:
    """One folding: how many answers and sums, seconds, peak memory here and of the largest process there, in MB.

    `same` says whether all sums are those of DuckDB; `said` is the sentence with which it was refused, if it was.
    """

    answers: int
    sums: int
    seconds: float
    here_mb: float
    there_mb: float = 0.0
    same: bool = True
    said: str = ""


def measure() -> dict[str, Any]:
    """Return the foldings of every size by way, and those in which a worker was lost, by engine."""
    found = {size: {way: asdict(one) for way, one in _ways(size).items()} for size in SIZES if size <= largest()}
    lost = {name: [asdict(one) for one in told] for name, told in _lost(LOST_AT).items()}
    return {"sizes": found, "lost": lost, "lost_at": LOST_AT, "missing": "" if spark_home() else SPARK_MISSING}


def made(size: int) -> Path:
    """Return the folder of a group of this many million answers, generating what it lacks."""
    folder = WORK / "scale"
    folder.mkdir(parents=True, exist_ok=True)
    # In a separate process: the peak memory reported for a child starts at its parent's size.
    subprocess.run([sys.executable, "-m", "benchmarks.scale", "make", str(folder), str(size)], cwd=ROOT, check=True)
    return folder


def make(folder: Path, size: int) -> None:
    """Write the parts that are missing, and the lists of a group of `size` parts."""
    store = store_of("1m")
    base = publication_path(store, read_revision(store, current_number(store)).publication)
    lists = folder / f"lists-{size}.duckdb"
    lists.unlink(missing_ok=True)
    with duckdb.connect(str(lists), config={"memory_limit": MEMORY}) as connection:
        connection.execute(f"ATTACH '{base}' AS made (READ_ONLY)")
        ((step,),) = connection.execute("SELECT max(operation_no) FROM made.operation").fetchall()
        for part in range(size):
            file = folder / f"part-{part:03}.parquet"
            if not file.exists():
                draft = file.with_suffix(".draft")
                connection.execute(PART.format(file=draft), {"part": part, "step": step})
                draft.replace(file)
        connection.execute(OPERATIONS, {"parts": size, "step": step})
        for name in LISTS:
            connection.execute(f"CREATE TABLE {name} AS FROM made.{name}")
        for name in FOLDED:
            connection.execute(f"CREATE TABLE {name} AS FROM made.{name} LIMIT 0")
        ((view,),) = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'counted_with'").fetchall()
        connection.execute(view)
        connection.execute("CREATE TABLE touched AS FROM made.touched LIMIT 0")
        connection.execute(
            "INSERT INTO touched "
            "SELECT DISTINCT round_no, country_no FROM made.asked JOIN made.operation USING (profile_no)"
        )
        files = [str(folder / f"part-{part:03}.parquet") for part in range(size)]
        connection.execute(f"CREATE VIEW answer AS FROM read_parquet({files})")


def fold_once(folder: Path, size: int, address: str) -> None:
    """Fold in this process and print what it took as JSON, after a line for each part that begins. Keeps the sums."""
    whole = engines._fold

    def telling(*given: Any) -> None:
        print("begins", flush=True)
        whole(*given)

    engines._fold = telling  # type: ignore[assignment]
    file = shutil.copyfile(folder / f"lists-{size}.duckdb", folder / f"folding-{size}.duckdb")
    said, started = "", time.perf_counter()
    with duckdb.connect(str(file), config={"memory_limit": MEMORY}) as connection:
        try:
            fold(connection, always, Engine(address))
        except StoreError as error:
            said = sentence(error.problem, read_words())
        seconds = time.perf_counter() - started
        ((answers,),) = connection.execute("SELECT count(*) FROM answer").fetchall()
        sums = sum(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in FOLDED)
    (peak,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    print(json.dumps(asdict(Folded(answers, sums, seconds, int(peak.split()[1]) / 1024, said=said))))


def _folded(folder: Path, size: int, engine: Running | None = None, watch: Callable[[], None] | None = None) -> Folded:
    """Fold in a process of its own; call `watch` when the second part begins."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.scale",
        "fold",
        str(folder),
        str(size),
        engine.address if engine else "",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        begun, said = 0, ""
        for line in process.stdout:
            said, begun = line, begun + 1
            if begun == 2 and watch is not None:
                watch()
    if process.returncode:
        raise RuntimeError(f"folding {size} million ended with {process.returncode}")
    return replace(Folded(**json.loads(said)), there_mb=engine.peak_mb() if engine else 0.0)


def _sums(folder: Path, size: int) -> list[list[tuple[Any, ...]]]:
    with duckdb.connect(str(folder / f"folding-{size}.duckdb"), read_only=True) as connection:
        return [connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in FOLDED]


def _alike(one: list[list[tuple[Any, ...]]], other: list[list[tuple[Any, ...]]]) -> bool:
    """Whether all sums are the same; of decimals, all but the last digits."""
    return all(
        len(a) == len(b)
        and all(
            isclose(x, y, rel_tol=1e-9) if isinstance(x, float) and isinstance(y, float) else x == y
            for row, its in zip(a, b, strict=True) for x, y in zip(row, its, strict=True)
        )
        for a, b in zip(one, other, strict=True)
    )  # fmt: skip


def _ways(size: int) -> dict[str, Folded]:
    folder = made(size)
    found = {"DuckDB": _folded(folder, size)}
    expected = _sums(folder, size)
    for workers in (1, 2):
        with sail(workers) as engine:
            one = _folded(folder, size, engine)
            found[f"Sail, {workers} worker{'s' if workers > 1 else ''}"] = replace(
                one, same=_alike(_sums(folder, size), expected)
            )
    return found


def _killing(pid: int) -> Callable[[], None]:
    """Kill a process once it has worked on what has just begun."""
    started = processor_seconds(pid)

    def kill() -> None:
        begun = max(started, processor_seconds(pid))
        while processor_seconds(pid) < begun + LATE:
            time.sleep(0.01)
        os.kill(pid, 9)

    return kill


def _lost(size: int) -> dict[str, list[Folded]]:
    """A worker is lost in the midst of a fold: Spark ends right without it; Sail dies with it, and is asked again."""
    folder = made(size)
    _folded(folder, size)
    expected = _sums(folder, size)
    found: dict[str, list[Folded]] = {}
    with sail(2) as engine:
        died = _folded(folder, size, engine, _killing(engine.process.pid))
    with sail(2) as engine:
        again = _folded(folder, size, engine)
        found["Sail"] = [died, replace(again, same=_alike(_sums(folder, size), expected))]
    if spark_home():
        with spark(2) as engine:
            one = _folded(folder, size, engine, lambda: _killing(engine.workers()[0])())
            found["Spark"] = [replace(one, same=_alike(_sums(folder, size), expected))]
    return found


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", folder, size]:
            make(Path(folder), int(size))
        case ["fold", folder, size, address]:
            fold_once(Path(folder), int(size), address)
        case millions:
            for million in map(int, millions or SIZES):
                for name, found in _ways(million).items():
                    print(million, name, found, flush=True)
