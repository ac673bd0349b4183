"""Does a store of an earlier program become one in which people have roles, complete and chained?"""

import tarfile
from pathlib import Path

from dashboard.model.problem import sentence
from dashboard.store.upgrade import Upgraded, upgrade
from dashboard.store.verify import verify_history
from tests.conftest import ROOT
from tests.long.crowd import WORDS

FIRST = "df7a283"
"""The smallest of the stores."""


def upgraded(long: bool, folder: Path) -> tuple[int, list[str]]:
    """Upgrade every store that is held, or the smallest one; return how many, and what is wrong with the new ones."""
    packed = sorted((ROOT / "tests" / "stores").glob("*.tar.xz" if long else f"{FIRST}.tar.xz"))
    wrong = list[str]()
    for path in packed:
        place = folder / path.name.partition(".")[0]
        with tarfile.open(path) as content:
            content.extractall(place, filter="data")
        outcome = upgrade(place / "store", place / "new")
        problems = list(outcome.problems)
        if isinstance(outcome, Upgraded):
            problems += [problem for problem in verify_history(place / "new").problems if problem.serious]
        wrong += [f"{place.name}: {sentence(problem, WORDS)}" for problem in problems]
    return len(packed), wrong
