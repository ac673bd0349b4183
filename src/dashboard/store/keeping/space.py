"""How much space does the store take, how much is left, and is it enough for what is about to be done?"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from dashboard.loading.apart.limits import readable
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import StoreError

RESERVE = 16_000_000
"""How many bytes must stay free: a completely full disk stops everything else on the machine too."""


@dataclass(frozen=True)
class Space:
    """Bytes used by the store and free on its disk, and the number of publications."""

    store: int
    free: int
    publications: int


def space_of(store: Path) -> Space:
    """The space that the store takes. Raises OSError if its disk cannot be queried."""
    files = [path for path in store.rglob("*") if path.is_file()]
    publications = sum(path.suffix == ".duckdb" and path.parent.name == "publications" for path in files)
    return Space(sum(path.stat().st_size for path in files), shutil.disk_usage(store).free, publications)


def require_space(folder: Path, needed: int) -> None:
    """Raise StoreError unless this many bytes can be written in an existing folder while a reserve stays free."""
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE:
        asked, left = readable(needed + RESERVE), readable(free)
        raise StoreError(Problem("disk_full", folder.name, value=left, expected=asked, weight=Weight.FILE))
