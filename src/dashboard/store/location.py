"""Where is the store? In the folder `.dashboard` of the project, or where DASHBOARD_STORE says. Is it only a copy?"""

import os
from datetime import datetime
from pathlib import Path

from dashboard.model.problem import Problem, Weight

DEFAULT = Path(".dashboard")
HOLDER = ".holder"
"""The file in which a writer that holds the lock says who it is."""
OWN_WORK = ("LOCK", HOLDER, "making-*")
"""What a writer leaves in a store before anything is published."""
BESIDE = ("ended", "mappings", "people", "room", "safe", "views")
"""What a store holds besides its history."""
REPLICA = "REPLICA"
"""The file that marks the copy of another store. It holds the time of the last complete copy, in UTC."""


def store_folder() -> Path:
    """The folder of publications; it need not exist yet."""
    return Path(os.environ.get("DASHBOARD_STORE") or DEFAULT)


def is_named() -> bool:
    """Whether the location of the store was configured; an empty variable names none."""
    return bool(os.environ.get("DASHBOARD_STORE"))


def may_be_filled(store: Path) -> bool:
    """Whether the sample may be published into this store: its location is the default one, and it is empty.

    A store whose location was configured belongs to somebody: what is missing may be on its way back from a backup.
    """
    if is_named():
        return False
    try:
        return all(any(path.match(own) for own in OWN_WORK) for path in store.iterdir())
    except FileNotFoundError:
        return True


def is_replica(store: Path) -> bool:
    """Whether the store is marked as the copy of another one, where alone anything is changed (docs/operating.md)."""
    return (store / REPLICA).exists()


def refused_as_replica(store: Path) -> Problem | None:
    """Why nothing can be changed in this store, if it is only a copy."""
    return Problem("replica", str(store), weight=Weight.FILE) if is_replica(store) else None


def copied_at(store: Path) -> datetime | None:
    """When a copy was last complete, in UTC; None if it never was, or if this is no copy."""
    try:
        return datetime.fromisoformat((store / REPLICA).read_text("ascii").strip())
    except (OSError, ValueError):
        return None
