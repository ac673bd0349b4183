"""What happens to a writer that dies or is cramped? Run as a process of its own, which loads once and forks.

`python -m tests.store.children killed STORE FILES TIMES` kills so many publishers at random moments.
`python -m tests.store.children stopped STORE FILES` kills one at each step of making things last.
`python -m tests.store.children cramped STORE FILES` lets publishers write files of a limited size only.
Each prints one JSON object. Nothing of DuckDB runs in this process itself, so that a fork of it is sound.
"""

import contextlib
import json
import os
import random
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dashboard.loading.words_file import read_words
from dashboard.model.problem import sentence
from dashboard.store.history import current_number, history, publication_path
from dashboard.store.publish import publish, verify
from tests.conftest import TODAY, WRITER


def forked(work: Callable[[], object], after: float | None = None) -> str | None:
    """Do the work in a fork and give what it returned, as JSON text; None when it was killed `after` seconds."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            os.write(writing, json.dumps(work()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        # The pipe is readable once there is an answer, or once the child is gone.
        if after is not None and not select.select([answers], [], [], after)[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        answer = answers.read()
    os.waitpid(child, 0)
    return answer.decode() or None


def published(store: Path, files: list[Path]) -> dict[str, object]:
    outcome = publish(store, files, WRITER, TODAY)
    words = read_words()
    said = [sentence(problem, words) for problem in outcome.problems]
    return {"number": outcome.move and outcome.move.number, "said": said}


def state(store: Path, from_number: int = 1) -> dict[str, object]:
    """The history, and whether every publication from a number on is whole. Raises when one is not."""
    moves = list(history(store))
    for move in moves:
        if move.number >= from_number:
            verify(publication_path(store, move.publication), move.size)
    known = {move.publication for move in moves}
    files = {file.stem for file in (store / "publications").glob("*.duckdb")}
    leftovers = [path.name for path in store.rglob("*") if "making-" in path.name or path.suffix == ".draft"]
    return {"last": current_number(store), "unknown": sorted(files - known), "leftovers": leftovers}


def killed(store: Path, files: list[Path], rounds: int) -> dict[str, object]:
    chance = random.Random(7)
    acknowledged, usual = [], 10.0
    for _ in range(3):
        begin = time.monotonic()
        acknowledged.append(json.loads(forked(lambda: published(store, files)) or "")["number"])
        usual = min(usual, time.monotonic() - begin)
    kills, lost, broken, unswept = 0, 0, [], []
    for _ in range(2 * rounds):
        if kills == rounds:
            break
        answer = forked(lambda: published(store, files), after=chance.uniform(0, usual))
        kills += answer is None
        acknowledged += [json.loads(answer)["number"]] if answer else []
        after_kill = forked(partial(state, store, acknowledged[-1]))
        if after_kill is None:
            broken.append("after a kill")
            continue
        lost += json.loads(after_kill)["last"] < acknowledged[-1]
        follow = forked(lambda: published(store, files))
        if follow is None or json.loads(follow)["number"] is None:
            broken.append(f"after the next publication: {follow}")
            continue
        acknowledged.append(json.loads(follow)["number"])
        clean = json.loads(forked(partial(state, store, acknowledged[-1] + 1)) or "")
        unswept += [*clean["unknown"], *clean["leftovers"]]
    whole = forked(lambda: state(store)) is not None
    return {
        "kills": kills,
        "lost": lost,
        "broken": broken,
        "unswept": unswept,
        "whole": whole,
        "rising": acknowledged == sorted(set(acknowledged)),
    }


def stopped(store: Path, files: list[Path]) -> dict[str, object]:
    """Publishers that die right before their first sync or rename, their second, and so on."""
    stops, broken, lost, unswept = 0, [], 0, []
    for number in range(1, 100):
        before = json.loads(forked(lambda: current_number(store)) or "0")

        def work(last: int = number) -> object:
            for name in ("fsync", "replace"):
                setattr(os, name, _deadly(getattr(os, name), last))
            return published(store, files)

        answer = forked(work)
        stops += answer is None
        found = forked(partial(state, store, before))
        if found is None:
            broken.append(number)
            continue
        lost += json.loads(found)["last"] < before
        follow = json.loads(forked(partial(published, store, files)) or "{}")
        clean = json.loads(forked(partial(state, store, before)) or "{}")
        if not follow.get("number") or not clean:
            broken.append(number)
        unswept += [*clean.get("unknown", []), *clean.get("leftovers", [])]
        if answer is not None:
            break
    return {"stops": stops, "broken": broken, "lost": lost, "unswept": unswept}


_calls = [0]


def _deadly(call: Callable[..., object], last: int) -> Callable[..., object]:
    """A system call that kills this process instead of happening for the last time allowed."""

    def dying(*arguments: object, **named: object) -> object:
        _calls[0] += 1
        if _calls[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **named)

    return dying


def cramped(store: Path, files: list[Path]) -> dict[str, object]:
    found = []
    size = max(file.stat().st_size for file in (store / "publications").iterdir())
    for part in (0, size // 1000, size // 16, size // 4, size // 2, size * 9 // 10):

        def work(limit: int = part) -> object:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            return published(store, files)

        found.append(json.loads(forked(work) or "null"))
    return {"found": found, "state": json.loads(forked(lambda: state(store)) or "null")}


if __name__ == "__main__":
    deed, place, *rest = sys.argv[1:]
    if deed == "killed":
        print(json.dumps(killed(Path(place), [Path(file) for file in rest[:-1]], int(rest[-1]))))
    elif deed == "stopped":
        print(json.dumps(stopped(Path(place), [Path(file) for file in rest])))
    else:
        print(json.dumps(cramped(Path(place), [Path(file) for file in rest])))
