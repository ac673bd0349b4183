"""Why can nothing be read from a folder that should be a store? A wrong name must not look like an empty store."""

from fnmatch import fnmatch
from pathlib import Path

from dashboard.model.problem import Problem, Weight
from dashboard.store.history import has_history
from dashboard.store.location import BESIDE, OWN_WORK, is_replica

NOTHING_OF_OURS = (*OWN_WORK, *BESIDE, "moves", "publications", ".*", "lost+found")
"""What may be in the folder of a store in which nothing is published yet."""


def lacking(store: Path) -> Problem | None:
    """A Problem that names the folder, if there is no store or nothing was ever published in it. Creates nothing."""
    place = store.absolute()
    if not store.exists():
        return Problem("store_missing", str(place), weight=Weight.FILE)
    if not store.is_dir():
        return Problem("store_is_file", str(place), weight=Weight.FILE)
    if (store / "CURRENT").exists() or has_history(store) or is_replica(store):
        return None
    others = sorted(
        path.name for path in store.iterdir() if not any(fnmatch(path.name, own) for own in NOTHING_OF_OURS)
    )
    if others:
        return Problem("store_of_others", str(place), value=others[0], weight=Weight.FILE)
    return nothing_published(store)


def nothing_published(store: Path) -> Problem:
    """The Problem that nothing is in force in a store."""
    return Problem("nothing_published", str(store.absolute()), weight=Weight.FILE)
