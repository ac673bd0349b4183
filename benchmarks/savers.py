"""How long does a contributor wait for *saved* while fifty others save, in two processes on one store?

Each saves one answer every five seconds, through the same code as the page; the first saves are spread over five
seconds. *One by one* is the same without joining those who wait. Pages are not drawn.

    python -m benchmarks.savers STORE PROCESS joined|alone     one process; prints what its people waited
"""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.generate import ROOT, SEED, WORK
from benchmarks.load import store_of
from dashboard.model.answer import Answer, Key
from dashboard.model.records import Draft
from dashboard.store.locking import Writer
from dashboard.store.publishing import edits
from dashboard.store.publishing.save_rows import save_answers, stored_answers
from dashboard.store.reader import Reader

PROCESSES, PEOPLE = 2, 25
SECONDS, EVERY = 60.0, 5.0
ASKED = """
SELECT r.round, o.operation, k.criterion
FROM answer AS a JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
WHERE r.round = (SELECT max(round) FROM round WHERE NOT closed) AND a.answered_on IS NOT NULL AND a.na_reason IS NULL
ORDER BY hash(o.operation, k.criterion) LIMIT $n
"""


@dataclass(frozen=True)
class Saves:
    """What one way of saving cost: seconds from Save to *saved*, what was refused or lost, and the disk it used."""

    waited: tuple[float, ...]
    refused: int
    lost: int
    publications: int
    megabytes: float

    def figures(self) -> dict[str, float]:
        """Return the figures of one row."""
        return {
            "saves": len(self.waited), "p50": median(self.waited), "p95": quantiles(self.waited, n=20)[-1],
            "max": max(self.waited), **{name: value for name, value in asdict(self).items() if name != "waited"},
        }  # fmt: skip


def measure(size: str) -> dict[str, dict[str, float]]:
    """Return the figures of both ways, each on its own copy of the store of one size."""
    return {way: _measured(size, way).figures() for way in ("joined", "alone")}


def _measured(size: str, way: str) -> Saves:
    store = WORK / "store-savers"
    shutil.rmtree(store, ignore_errors=True)
    shutil.copytree(store_of(size), store)
    before = _files(store)
    line = [sys.executable, "-m", "benchmarks.savers", str(store)]
    running = [
        subprocess.Popen([*line, str(process), way], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for process in range(PROCESSES)
    ]
    found: list[dict[str, Any]] = [json.loads(process.communicate()[0]) for process in running]
    after = _files(store)
    notes = {tuple(key): note for one in found for key, note in one["notes"]}
    saves = Saves(
        tuple(seconds for one in found for seconds in one["waited"]),
        sum(one["refused"] for one in found),
        sum(note != _stored(Reader(store), key).note for key, note in notes.items()),
        len(after) - len(before),
        (sum(after.values()) - sum(before.values())) / 1e6,
    )
    shutil.rmtree(store)
    return saves


def _files(store: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in (store / "publications").iterdir()}


def _stored(reader: Reader, key: Key) -> Answer:
    published = reader.current()
    if published is None:
        raise LookupError(key)
    with published.cursor() as cursor:
        return stored_answers(cursor, [key])[key]


def save_for_a_while(store: Path, process: int, way: str) -> dict[str, Any]:
    """Let the people of one process save; return what each save waited, and the last note of each that was saved."""
    if way == "alone":
        edits.MOST = 1
        edits.PAUSE = edits.TURN = 0
    reader = Reader(store)
    published = reader.current()
    if published is None:
        raise LookupError(store)
    with published.cursor() as cursor:
        keys: Sequence[Key] = cursor.execute(ASKED, {"n": PROCESSES * PEOPLE}).fetchall()
    with ThreadPoolExecutor(PEOPLE) as pool:
        found = list(pool.map(lambda key: _one(reader, key), keys[process::PROCESSES]))
    return {
        "waited": [seconds for waited, _, _ in found for seconds in waited],
        "refused": sum(refused for _, refused, _ in found),
        "notes": [(key, note) for key, (_, _, note) in zip(keys[process::PROCESSES], found, strict=True)],
    }


def _one(reader: Reader, key: Key) -> tuple[list[float], int, str]:
    draw, waited, refused, note = random.Random(f"{SEED} {key}"), list[float](), 0, ""
    began = time.monotonic()
    due = began + draw.uniform(0, EVERY)
    while due < began + SECONDS:
        time.sleep(max(0.0, due - time.monotonic()))
        was = _stored(reader, key)
        wanted = replace(was, note=f"Said after {len(waited)} others")
        started = time.monotonic()
        outcome = save_answers(reader.store, [Draft(was, wanted)], Writer("contributor", ""), date.today())
        waited.append(time.monotonic() - started)
        refused += outcome.revision is None
        note = wanted.note if outcome.revision is not None else note
        due = max(due + EVERY, time.monotonic())
    return waited, refused, note


if __name__ == "__main__":
    print(json.dumps(save_for_a_while(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
