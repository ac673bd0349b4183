"""What happens to a writer that dies or lacks space? Run as a separate process, which loads once and forks.

- `python -m tests.store.children killed STORE FILES TIMES` kills that many publishers at random moments.
- `python -m tests.store.children stopped STORE FILES` kills one before each sync and rename.
- `python -m tests.store.children stopped_joined STORE FILES` does the same to one that publishes for several people.
- `python -m tests.store.children cramped STORE FILES` limits the size of the files that publishers may write.
- `python -m tests.store.children full STORE FILES` leaves them too little of a small disk.
- `python -m tests.store.children frozen STORE FILES` requests changes where nothing can be written.

Each prints one JSON object. DuckDB is never used in this process itself, so that it is safe to fork.
"""

import contextlib
import json
import os
import random
import resource
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import sentence
from dashboard.model.records import RECORDS, as_csv
from dashboard.store.history import current_number, history, publication_path, read_revision, revision_numbers
from dashboard.store.locking import Outcome
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish, publish_together
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert
from dashboard.store.verify import verify
from tests.conftest import TODAY, WRITER

ANSWERS = (("R2", "a-op", "T1.a"), ("R2", "b-op", "T1.a"), ("R2", "a-op", "T2.a"))
FOLLOWED = 5
"""After this many kills, one writer is allowed to finish."""


def forked(work: Callable[[], object], after: float | None = None) -> str | None:
    """Do the work in a fork and return its result as JSON text; None if it was killed after `after` seconds."""
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


def published(store: Path, *files: Path) -> dict[str, object]:
    outcome = publish(Load(store, files, WRITER, TODAY))
    words = read_words()
    said = [sentence(problem, words) for problem in outcome.problems]
    return {"number": outcome.revision and outcome.revision.number, "said": said}


def state(store: Path, from_number: int = 1) -> dict[str, object]:
    """The history, and whether every publication from a number on is intact. Raises if one is not."""
    moves = list(history(store))
    for move in moves:
        if move.number >= from_number:
            verify(publication_path(store, move.publication), move.size)
    # If it is killed right before moving the pointer, a writer leaves a step that is not part of the history.
    known = {read_revision(store, number).publication for number in revision_numbers(store)}
    gone = sorted(name for name in known if not publication_path(store, name).exists())
    files = {file.stem for file in (store / "publications").glob("*.duckdb")}
    leftovers = [path.name for path in store.rglob("*") if "making-" in path.name or path.suffix == ".draft"]
    return {"last": current_number(store), "unknown": sorted(files - known), "leftovers": [*leftovers, *gone]}


def killed(store: Path, files: list[Path], rounds: int) -> dict[str, object]:
    chance = random.Random(7)
    acknowledged, usual = [], 10.0
    for turn in range(4):
        begin = time.monotonic()
        acknowledged.append(json.loads(forked(partial(published, store, files[turn % len(files)])) or "")["number"])
        usual = min(usual, time.monotonic() - begin)
    kills, lost, broken, unswept = 0, 0, [], []
    for turn in range(2 * rounds):
        if kills == rounds:
            break
        file = files[turn % len(files)]
        answer = forked(partial(published, store, file), after=chance.uniform(0, usual))
        kills += answer is None
        acknowledged += [json.loads(answer)["number"]] if answer else []
        after_kill = forked(partial(state, store, acknowledged[-1]))
        if after_kill is None:
            broken.append("after a kill")
            continue
        lost += json.loads(after_kill)["last"] < acknowledged[-1]
        # Most are killed among the leftovers of the one before.
        if turn % FOLLOWED:
            continue
        follow = forked(partial(published, store, file))
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


def joined(store: Path, file: Path) -> dict[str, object]:
    """Publish for three people at once; the file says what is new, so that every time something is."""
    loads = []
    for place, key in enumerate(ANSWERS):
        folder = Path(tempfile.mkdtemp(dir=store.parent)) / f"typed-{place}"
        folder.mkdir()
        row = dict(zip(("round", "operation", "criterion"), key, strict=True))
        row |= {"status": "yes", "evidence": "seen", "note": f"{file.name} {current_number(store)}"}
        (folder / "answers.csv").write_text(as_csv(RECORDS["answers"], [row]), "utf-8", newline="")
        loads.append(Load(store, [folder], WRITER, TODAY, all_or_nothing=True, keys=frozenset([key])))
    outcomes = publish_together(loads)
    numbers = [outcome.revision and outcome.revision.number for outcome in outcomes]
    return {"number": numbers[-1], "said": [str(problem) for outcome in outcomes for problem in outcome.problems]}


def stopped(
    store: Path, files: list[Path], publishing: Callable[[Path, Path], dict[str, object]] = published
) -> dict[str, object]:
    """Publishers that die right before their first sync or rename, their second, and so on."""
    (file,) = files
    stops, broken, lost, unswept = 0, [], 0, []
    for number in range(1, 100):
        before = json.loads(forked(lambda: current_number(store)) or "0")

        def work(last: int = number) -> object:
            for name in ("fsync", "replace"):
                setattr(os, name, deadly(getattr(os, name), last))
            return publishing(store, file)

        answer = forked(work)
        stops += answer is None
        found = forked(partial(state, store, before))
        if found is None:
            broken.append(number)
            continue
        lost += json.loads(found)["last"] < before
        follow = json.loads(forked(partial(publishing, store, file)) or "{}")
        clean = json.loads(forked(partial(state, store, before)) or "{}")
        if not follow.get("number") or not clean:
            broken.append(number)
        unswept += [*clean.get("unknown", []), *clean.get("leftovers", [])]
        if answer is not None:
            break
    return {"stops": stops, "broken": broken, "lost": lost, "unswept": unswept}


_calls = [0]


def deadly(call: Callable[..., object], last: int) -> Callable[..., object]:
    """A system call that kills this process instead of running once the allowed number is used up."""

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
            return published(store, *files)

        found.append(json.loads(forked(work) or "null"))
    return {"found": found, "state": json.loads(forked(lambda: state(store)) or "null")}


def full(store: Path, files: list[Path]) -> dict[str, object]:
    """Publishers on a disk with only so many bytes left."""
    found = []
    size = max(file.stat().st_size for file in (store / "publications").iterdir())
    ballast = store.parent / "ballast"
    for left in (0, 4096, size // 2, size * 9 // 10, size, size * 11 // 10):
        room = os.statvfs(store)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, room.f_bavail * room.f_frsize - left))
        found.append(json.loads(forked(partial(published, store, *files)) or "null"))
        ballast.unlink()
    after = json.loads(forked(partial(published, store, *files)) or "null")
    return {"found": found, "state": json.loads(forked(lambda: state(store)) or "null"), "after": after}


def frozen(store: Path, files: list[Path]) -> dict[str, object]:
    """Every request to change a store that cannot be written to, and what it says."""
    words = read_words()
    number = current_number(store)
    wishes: dict[str, Callable[[], Outcome]] = {
        "publish": lambda: publish(Load(store, files, WRITER, TODAY)),
        "revert": lambda: revert(store, 1, WRITER),
        "close": lambda: close_round(store, "R1", WRITER, TODAY, accept=True),
    }
    said = {}
    for name, wish in wishes.items():
        outcome = wish()
        said[name] = [outcome.revision is None, *(sentence(problem, words) for problem in outcome.problems)]
    checked = [problem.kind for problem in check(store, files, TODAY)]
    read = Reader(store).current() is not None
    return {"said": said, "checked": checked, "read": read, "last": current_number(store) - number}


DEEDS: dict[str, Callable[[Path, list[Path]], dict[str, object]]] = {
    "stopped": stopped,
    "stopped_joined": partial(stopped, publishing=joined),
    "cramped": cramped,
    "full": full,
    "frozen": frozen,
}

if __name__ == "__main__":
    deed, place, *rest = sys.argv[1:]
    # Read once, for all forks.
    read_words()
    if deed == "killed":
        print(json.dumps(killed(Path(place), [Path(file) for file in rest[:-1]], int(rest[-1]))))
    else:
        print(json.dumps(DEEDS[deed](Path(place), [Path(file) for file in rest])))
