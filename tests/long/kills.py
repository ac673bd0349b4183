"""Does a killed writer lose anything? When publishing a file, and when saving what was typed on a page."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from dashboard.loading.yaml_file import read_words
from dashboard.model.permissions import Deed
from dashboard.model.problem import sentence
from dashboard.store.publishing.edits import EditedTable, publish_edits
from dashboard.store.verify import verify_history
from tests.conftest import ROOT, TINY, TODAY, WRITER
from tests.long.trial import Found
from tests.store.children import forked, published, state

TITLE = "writers killed"
STATUS = ("yes", "no", "mostly", "somewhat")


WAYS = ("publish", "a page's save")
AT_ONCE = 2
"""How many stores are worked on at once."""


def trial(long: bool, folder: Path) -> Found:
    """Kill writers at random moments, most of them among the leftovers of the one before, in several stores."""
    stores = [(way, seed) for way in WAYS for seed in range(5 if long else 1)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda one: _in_a_process(folder, one[0], one[1], 100 if long else 5), stores))
    figures, wrong = list[tuple[str, str]](), list[str]()
    for way in WAYS:
        ours = [one for (its, _), one in zip(stores, found, strict=True) if its == way]
        figures += [
            (f"Writers killed in {way}", str(sum(one["kills"] for one in ours))),
            ("Changes acknowledged meanwhile", str(sum(one["acknowledged"] for one in ours))),
        ]
        wrong += [f"{way}: {said}" for one in ours for said in one["wrong"]]
    figures.append(("Changes lost, left unfinished or damaged", str(len(wrong))))
    return Found(tuple(figures), tuple(wrong))


def _in_a_process(folder: Path, way: str, seed: int, kills: int) -> dict[str, Any]:
    place = folder / f"{WAYS.index(way)}-{seed}"
    place.mkdir()
    command = [sys.executable, "-m", "tests.long.kills", str(place), way, str(seed), str(kills)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(folder: Path, way: str, seed: int, kills: int) -> dict[str, Any]:
    """One store. DuckDB is never used in this process itself, so that it is safe to fork."""
    # Read once, for all forks.
    read_words()
    store, files = folder / "store", _files(folder)
    forked(partial(published, store, TINY))
    by_file: list[Callable[[], object]] = [partial(published, store, file) for file in files]
    by_page: list[Callable[[], object]] = [partial(saved, store, status) for status in STATUS]
    found, wrong = killed(store, by_file if way == WAYS[0] else by_page, kills, seed)
    damage = json.loads(forked(partial(serious, store)) or '["the history could not be read"]')
    return {**found, "wrong": [*wrong, *damage]}


def saved(store: Path, status: str) -> dict[str, object]:
    """Save one typed answer as a page does."""
    row = {"round": "R2", "operation": "b-op", "criterion": "T1.a", "status": status, "evidence": "seen"}
    table = EditedTable("answers", [row], ["the answer"])
    outcome = publish_edits(store, [table], WRITER, Deed.ANSWER, TODAY, lambda _: ([table], ()))
    return {"number": outcome.revision and outcome.revision.number}


def serious(store: Path) -> list[str]:
    """All damage that verification finds, in words."""
    words = read_words()
    return [sentence(problem, words) for problem in verify_history(store).problems if problem.serious]


def killed(
    store: Path, writers: Sequence[Callable[[], object]], kills: int, seed: int
) -> tuple[dict[str, int], list[str]]:
    """Kill this many, and let one in five live; return the counts, and a sentence for each thing that was lost."""
    chance = random.Random(seed)
    usual, last = 10.0, 0
    for writer in writers:
        begin = time.monotonic()
        last = json.loads(forked(writer) or "")["number"]
        usual = min(usual, time.monotonic() - begin)
    done, acknowledged, wrong = 0, len(writers), list[str]()
    for turn in range(3 * kills):
        if done == kills:
            break
        answer = forked(writers[turn % len(writers)], after=None if turn % 5 == 4 else chance.uniform(0, usual))
        done += answer is None
        if answer is not None:
            number = json.loads(answer)["number"]
            acknowledged += 1
            if not number or number <= last:
                wrong.append(f"after {done} kills a writer that was let live published nothing new")
            last = number or last
        after = json.loads(forked(partial(state, store, last)) or "null")
        if after is None or after["last"] < last:
            wrong.append(f"after {done} kills, change {last} is lost or cannot be read")
        elif answer is not None and (after["unknown"] or after["leftovers"]):
            wrong.append(f"after {done} kills something unfinished was left behind")
    return {"kills": done, "acknowledged": acknowledged}, wrong


def _files(folder: Path) -> list[Path]:
    paths = []
    for status in STATUS:
        paths.append(folder / f"{status}.csv")
        paths[-1].write_text(f"round,operation,criterion,status,evidence\nR2,a-op,T2.a,{status},seen\n")
    return paths


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
