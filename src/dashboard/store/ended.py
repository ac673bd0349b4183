"""Which sessions have ended before their time? A small file for each, in the store, where every process sees it.

A file is named by a digest, so the folder names nobody. It may be missing from a backup: then a session that was ended
lasts until its time is over.
"""

import time
from hashlib import sha256
from pathlib import Path

from dashboard.store.durable import write_atomically

FOLDER = "ended"
KEPT_SECONDS = 31 * 24 * 60 * 60
"""Longer than any session lasts."""


def digest(text: str) -> str:
    """The name under which a session, or all sessions of a subject, are ended."""
    return sha256(text.encode()).hexdigest()


def end(store: Path, name: str, at: float) -> None:
    """End what began until `at`, in whole seconds since 1970. Raises OSError if that cannot be recorded."""
    folder = store / FOLDER
    write_atomically(folder / name, f"{int(at)}\n")
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)


def has_ended(store: Path, name: str, began: float) -> bool:
    """Whether what began then was ended. If the folder cannot be read, everything has: nobody can know better."""
    try:
        return began <= float((store / FOLDER / name).read_text("utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
