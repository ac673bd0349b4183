"""What is left of an upgrade that dies while the new store takes its place? Killed before and after each system call.

`python -m tests.store.keeping.switching OLD NEW FOLDER` takes a store, the same store upgraded, and an empty folder.
What converts is replaced by a copy of NEW, so that hundreds of upgrades take seconds. It prints one JSON object.
"""

import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.loading.yaml_file import read_words
from dashboard.store import upgrade
from dashboard.store.disk import HOLDER
from dashboard.store.history import current_number, read_revision
from tests.store.children import forked

CALLS = ("rename", "replace", "unlink", "rmdir", "mkdir", "fsync", "open")
Contents = dict[str, bytes]


def contents(folder: Path) -> Contents:
    """Every file of a store by its path, without locks."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("LOCK", HOLDER))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def upgraded(store: Path, new: Path, made: Path) -> list[str]:
    """Upgrade with the content that was made before; return the kinds of problems."""

    def carry(_: Path, folder: Path, *given: object) -> tuple[Counter[str], list[object]]:
        shutil.copytree(made / "publications", folder / "publications")
        return Counter(), []

    def carry_moves(_: Path, folder: Path, *given: object) -> object:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return read_revision(folder, current_number(folder))

    def read(_: Path, revisions: list[Any], *given: object) -> tuple[list[object], list[object]]:
        return [upgrade.OldPublication(revisions[-1], 0, [])], []

    for name, replaced in (("_carry", carry), ("_carry_moves", carry_moves), ("_read_publications", read)):
        setattr(upgrade, name, replaced)
    return [problem.kind for problem in upgrade.upgrade(store, new, switch=True).problems]


def dying(at: int, after: bool) -> None:
    """Have this process die at a call from the moment on at which all is converted; before it, or right after it."""
    calls = [0]
    begin = upgrade.copy_beside

    def deadly(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            calls[0] += 1
            done = call(*given, **named) if after and calls[0] == at else None
            if calls[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return done if after and calls[0] == at else call(*given, **named)

        return called

    def begins(*given: Path) -> None:
        for name in CALLS:
            setattr(os, name, deadly(getattr(os, name)))
        upgrade._exchanged = deadly(upgrade._exchanged)
        begin(*given)

    setattr(upgrade, "copy_beside", begins)  # noqa: B010


def tried(folder: Path, old: Path, made: Path, at: int, after: bool, exchanges: bool) -> dict[str, object]:
    """Kill one upgrade and look; then upgrade again, into the same folder, and if that is refused, into another."""
    store, new = folder / "store", folder / "new"
    shutil.copytree(old, store)

    def work() -> object:
        dying(at, after)
        if not exchanges:
            upgrade._exchanged = lambda one, other: False
        return upgraded(store, new, made)

    killed = forked(work) is None
    left = places(folder, old, made)
    again = json.loads(forked(lambda: upgraded(store, new, made)) or "null")
    # Where the folder is taken, the sentence asks for another.
    other = json.loads(forked(lambda: upgraded(store, folder / "other", made)) or "null") if again else again
    return {"at": at, "killed": killed, "left": left, "again": again, "other": other, "then": places(folder, old, made)}


def places(folder: Path, old: Path, made: Path) -> dict[str, str]:
    """What each folder holds: the whole old store, the whole new one, or a part of one."""
    beside = {name: content for name, content in contents(old).items() if name.startswith("views/")}
    whole = {"old": contents(old), "new": contents(made) | beside}
    found = {path.name: contents(path) for path in sorted(folder.iterdir())}
    return {name: next((one for one in whole if whole[one] == holds), "part") for name, holds in found.items()}


def main(old: Path, made: Path, folder: Path) -> list[dict[str, object]]:
    results = list[dict[str, object]]()
    for exchanges in (True, False):
        for after in (False, True):
            for at in range(1, 100):
                place = folder / f"{exchanges}-{after}-{at}"
                place.mkdir()
                results.append({"exchanges": exchanges, **tried(place, old, made, at, after, exchanges)})
                shutil.rmtree(place)
                if not results[-1]["killed"]:
                    break
    return results


if __name__ == "__main__":
    # Read once, for all forks.
    read_words()
    print(json.dumps(main(*map(Path, sys.argv[1:4]))))
