"""How does the copy of a store get what stands beside the history? What is new is copied, what is gone is removed.

Sessions that ended are only added, since people sign out at a copy too. Nothing of an open question comes along, and
not when tokens were last used.
"""

import json
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dashboard.model.problem import Problem, Weight
from dashboard.store.durable import write_atomically
from dashboard.store.ended import FOLDER as ENDED
from dashboard.store.ended import KEPT_SECONDS
from dashboard.store.keeping.copied import copy_tree, put
from dashboard.store.keeping.sources import FILE, FOLDER

ALIKE = ("mappings/*.yaml", "people/*.json", "room/*/record.json", "views/*.yaml")


def copy_beside(store: Path, target: Path, draft: Path) -> Iterable[Problem]:
    """Copy it, through the file `draft`; a Problem for each source that cannot be copied. Raises OSError."""
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
    return _copy_sources(store / FOLDER, target / FOLDER, draft)


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


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None


def _copy_sources(theirs: Path, ours: Path, draft: Path) -> Iterable[Problem]:
    """Copy archives of others: first their folders, then the file that names the one in use."""
    names = {path.parent.name for path in theirs.glob(f"*/{FILE}")}
    problems = [problem for name in sorted(names) if (problem := _copy_source(theirs / name, ours / name, draft))]
    for path in ours.glob("*"):
        if path.name not in names:
            # Without this file it is no longer there, whatever happens to the rest.
            (path / FILE).unlink(missing_ok=True)
            shutil.rmtree(path, ignore_errors=True)
    return problems


def _copy_source(theirs: Path, ours: Path, draft: Path) -> Problem | None:
    text = _text(theirs / FILE)
    if text is None or _text(ours / FILE) == text:
        return None
    try:
        folder = Path(str(json.loads(text)["folder"])).name
    except (ValueError, KeyError, TypeError):
        return Problem("source_unreadable", f"{FOLDER}/{theirs.name}", weight=Weight.FILE)
    with suppress(FileNotFoundError):
        copy_tree(theirs / folder, ours / folder, draft)
    if _text(theirs / FILE) != text:
        # A later archive has taken its place, and its files may be gone.
        return _copy_source(theirs, ours, draft)
    write_atomically(ours / FILE, text)
    for former in ours.iterdir():
        if former.is_dir() and former.name != folder:
            shutil.rmtree(former, ignore_errors=True)
    return None
