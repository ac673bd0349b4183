"""How does the copy of a store get what stands beside the history? What is new is copied, what is gone is removed.

Sessions that ended are only added, since people sign out at a copy too. Nothing of an open question comes along, and
not when tokens were last used.
"""

import time
from contextlib import suppress
from pathlib import Path

from dashboard.store.ended import FOLDER as ENDED
from dashboard.store.ended import KEPT_SECONDS
from dashboard.store.keeping.copied import put

ALIKE = ("mappings/*.yaml", "people/*.json", "room/*/record.json", "views/*.yaml")


def copy_beside(store: Path, target: Path, draft: Path) -> None:
    """Copy it, through the file `draft`. Raises OSError."""
    for pattern in ALIKE:
        theirs = {path.relative_to(store): path for path in store.glob(pattern)}
        for name, path in theirs.items():
            _copy_changed(path, target / name, draft)
        for path in target.glob(pattern):
            if path.relative_to(target) not in theirs:
                path.unlink()
    for path in (store / ENDED).glob("[!.]*"):
        # A session that was ended twice ended the later time.
        if _when(path) > _when(target / ENDED / path.name):
            _copy_changed(path, target / ENDED / path.name, draft)
    for path in (target / ENDED).glob("*"):
        if path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink()


def _copy_changed(path: Path, final: Path, draft: Path) -> None:
    # Whoever removes it meanwhile removes it here the next time.
    with suppress(FileNotFoundError):
        if not final.exists() or final.read_bytes() != path.read_bytes():
            put(path, final, draft)


def _when(path: Path) -> float:
    try:
        return float(path.read_text("utf-8"))
    except (OSError, ValueError):
        return -1.0
