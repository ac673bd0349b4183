"""What do killed saves and checks leave behind, and which files does a server hold open that nobody reads?

`python -m tests.long.leftovers STORE KILLS` kills savers and checkers at random moments, in a separate process that
forks: it must not have used DuckDB. It prints one JSON object.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from dashboard.loading.sandbox import PREFIX
from dashboard.loading.yaml_file import read_words
from dashboard.model.records import Draft
from dashboard.store.history import history
from dashboard.store.pool import IDLE_SECONDS, USUAL_SECONDS
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.publishing.save_rows import save_answers, stored_answers
from dashboard.store.reader import Reader
from tests.conftest import ROOT, TINY, TODAY, WRITER
from tests.handles import handles_on, when_none
from tests.long.served import look, served, session
from tests.long.trial import Found
from tests.store.children import forked, state

TITLE = "killed saves, and files that nobody reads any more"
KILLS, FEW_KILLS = 100, 5
ALLOWED = 30.0
"""Seconds after which files that nobody reads must be closed."""
KEY = ("R2", "a-op", "T2.a")
FILES = 2
"""How many files those pages read: the publication in force, and its masked copy. A scenario is laid over them."""
SHOWN = {
    "what is in force": {},
    "a masked copy": {"safe": "yes"},
    "a scenario": {"imagined": "in~R2,a-op~T2.a~somewhat"},
    "a masked scenario": {"imagined": "in~R2,a-op~T2.a~dont_know", "safe": "yes"},
}
"""What sessions look at, by the query of their link. Nobody saves with imagined answers: it would change nothing."""
FIGURES = {
    "kills": "Saves and checks killed at random moments",
    "left": "Folders left behind by those kills",
    "before": "Of these, still there before the next start",
    "after": "Of these, still there after it",
    "acknowledged": "Acknowledged saves",
    "lost": "Of these lost",
    "opened": "Files open while pages showed them: in force, masked, imagined",
    "held": f"Former and private files still open {ALLOWED:.0f} s after their last reader",
}


def trial(long: bool, folder: Path) -> Found:
    """Kill savers and checkers, then start a server once, open pages on it, publish, and see what it releases."""
    store, places = folder / "store", folder / "places"
    places.mkdir()
    publish(Load(store, [TINY], WRITER, TODAY))
    environment = {**os.environ, "TMPDIR": str(places), "DASHBOARD_STORE": str(store)}
    command = [sys.executable, "-m", "tests.long.leftovers", str(store), str(KILLS if long else FEW_KILLS)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    found = json.loads(ended.stdout) | {"before": len(list(places.glob(f"{PREFIX}*")))}
    seconds = USUAL_SECONDS if long else 3.0
    with served({**environment, IDLE_SECONDS: str(seconds)}) as (address, process):
        found |= let_go(store, places, address, process)
    return Found(tuple((name, str(found[key])) for key, name in FIGURES.items()), tuple(wrong(found)))


def wrong(found: dict[str, int]) -> Iterator[str]:
    """What should not have been found."""
    for key in ("lost", "after", "held"):
        if found[key]:
            yield f"{FIGURES[key]}: {found[key]}"
    if not found["before"]:
        yield "No kill left a folder, so nothing was swept."
    if found["opened"] < FILES:
        yield f"Only {found['opened']} files were open while pages showed them."


def let_go(store: Path, places: Path, address: str, process: int) -> dict[str, int]:
    """How many folders remain once a page is open, how many files pages hold open, and how many stay open afterwards.

    One visitor stays on a page that shows what is in force, and another stays without having clicked since before.
    """
    with ExitStack() as stays, ExitStack() as leave:
        asleep, awake = (stays.enter_context(session(address)) for _ in range(2))
        look(asleep)
        swept = len(list(places.glob(f"{PREFIX}*")))
        former = [store / "publications" / f"{move.publication}.duckdb" for move in history(store)]
        opened: set[str] = set()
        for query in SHOWN.values():
            look(leave.enter_context(session(address)), query)
            opened |= {*handles_on(places, process), *handles_on(store / "publications", process)} - _locks(places)
        save(store, "no")
        look(awake)
        leave.close()

        def held() -> list[str]:
            private = set(handles_on(places, process)) - _locks(places)
            return [*private, *(link for file in former for link in handles_on(file, process))]

        when_none(held, ALLOWED)
        return {"after": swept, "opened": len(opened), "held": len(held())}


def _locks(places: Path) -> set[str]:
    return {str(lock) for lock in places.glob("*/LOCK")}


def save(store: Path, status: str) -> int | None:
    """Answer one criterion as the page does; return the number of the step, None if it was refused."""
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        was = stored_answers(cursor, [KEY])[KEY]
    move = save_answers(store, [Draft(was, replace(was, status=status))], WRITER, TODAY).revision
    return move.number if move else None


def _checked(store: Path) -> int:
    return len(check(store, [TINY], TODAY))


def killed(store: Path, kills: int) -> dict[str, int]:
    """Kill this many savers and checkers; return what was acknowledged, what was lost, and the folders they left."""
    chance, places = random.Random(11), Path(tempfile.gettempdir())
    acknowledged, done, left = [], 0, 0
    usual = 0.0
    for turn in range(10 * kills):
        # The last one leaves something for the next start to find.
        if done >= kills and list(places.glob(f"{PREFIX}*")):
            break
        work = partial(_checked, store) if turn % 3 == 2 else partial(save, store, ("yes", "mostly")[turn % 2])
        begun = time.monotonic()
        before = set(places.glob(f"{PREFIX}*"))
        answer = forked(work, after=chance.uniform(0, usual) if turn > 1 else None)
        usual = usual or time.monotonic() - begun
        done += answer is None
        left += len(set(places.glob(f"{PREFIX}*")) - before)
        if answer and turn % 3 != 2:
            acknowledged.append(int(answer))
    whole = json.loads(forked(partial(state, store)) or "{}")
    lost = sum(number > whole.get("last", 0) for number in acknowledged)
    return {"kills": done, "left": left, "acknowledged": len(acknowledged), "lost": lost}


if __name__ == "__main__":
    # Read once, for all forks.
    read_words()
    print(json.dumps(killed(Path(sys.argv[1]), int(sys.argv[2]))))
