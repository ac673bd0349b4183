"""What does the copy of a store show whose maker dies? Run as a separate process, which loads once and forks.

`python -m tests.store.keeping.stopped_copies STORE FILE` kills one before each sync and rename: at first over nothing,
then over a copy whose store has since published FILE and pruned the rest. Then the size of files is limited, as on a
full disk. Prints one JSON object.
"""

import json
import os
import resource
import shutil
import sys
from functools import partial
from pathlib import Path

from dashboard.loading.files.words_file import read_words
from dashboard.store.history import current_number, history, publication_path
from dashboard.store.intact import verify
from dashboard.store.keeping.prune import Keep, prune
from dashboard.store.keeping.replicate import Replicated, replicate
from tests.conftest import WRITER
from tests.store.children import deadly, forked, published


def shown(copy: Path) -> int:
    """The number that the copy shows, whole; 0 if it shows nothing yet. Raises StoreError if it is damaged."""
    if current_number(copy):
        revision = next(history(copy))
        verify(publication_path(copy, revision.publication), revision.size, revision.sha256)
    return current_number(copy)


def history_of(store: Path) -> dict[str, bytes]:
    """Every file of the history of a store."""
    paths = [store / "CURRENT", *store.glob("moves/*"), *store.glob("publications/*")]
    return {str(path.relative_to(store)): path.read_bytes() for path in paths}


def stopped(store: Path, copy: Path, base: Path | None) -> tuple[int, list[str]]:
    """How often a copy was stopped on its way from `base` to the store, and what was wrong afterwards."""
    allowed, wrong, number = {0 if base is None else current_number(base), current_number(store)}, list[str](), 0
    while number < 200:
        number += 1
        shutil.rmtree(copy, ignore_errors=True)
        if base is not None:
            shutil.copytree(base, copy)

        def work(last: int = number) -> object:
            for name in ("fsync", "replace"):
                setattr(os, name, deadly(getattr(os, name), last))
            return isinstance(replicate(store, copy), Replicated)

        answer = forked(work)
        found = json.loads(forked(partial(shown, copy)) or "-1")
        if found not in allowed:
            wrong.append(f"stopped at {number}, it shows {found}")
        if forked(lambda: isinstance(replicate(store, copy), Replicated)) != "true":
            wrong.append(f"stopped at {number}, it cannot be completed")
        if history_of(copy) != history_of(store) or list(copy.glob("making-*")):
            wrong.append(f"stopped at {number} and completed, it is not the same")
        if answer is not None:
            break
    return number - 1, wrong


def limited(store: Path, copy: Path, base: Path) -> list[object]:
    """The kinds of problems if only half a publication may be written, what the copy shows, and what is left over."""
    shutil.rmtree(copy)
    shutil.copytree(base, copy)
    half = next(history(store)).size // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (half, half))
    outcome = replicate(store, copy)
    return [[problem.kind for problem in outcome.problems], shown(copy), [path.name for path in copy.glob("making-*")]]


def main(store: Path, file: Path) -> dict[str, object]:
    """Both ways. DuckDB is never used in this process itself, so that it is safe to fork."""
    # Read once, for all forks.
    read_words()
    copy, base = store.parent / "copy", store.parent / "base"
    at_first, wrong = stopped(store, copy, None)
    copy.rename(base)
    forked(partial(published, store, file))
    forked(lambda: prune(store, Keep(last=1), WRITER).revision is not None)
    later, still_wrong = stopped(store, copy, base)
    cramped = json.loads(forked(partial(limited, store, copy, base)) or "[]")
    return {"at_first": at_first, "later": later, "wrong": [*wrong, *still_wrong], "cramped": cramped}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
