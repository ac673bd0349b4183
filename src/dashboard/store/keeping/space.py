"""How much room does the store take, how much is left, and is it enough for what is about to be done?"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from dashboard.loading.apart.limits import readable
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import StoreError

RESERVE = 16_000_000
"""So many bytes stay free: a disk that is filled to the last byte stops everything else on the machine too."""


@dataclass(frozen=True)
class Space:
    """Bytes of the store and of its disk, and how many publications lie there."""

    store: int
    free: int
    publications: int


def space_of(store: Path) -> Space:
    """What the store takes. Raises OSError where its disk cannot be asked."""
    files = [path for path in store.rglob("*") if path.is_file()]
    publications = sum(path.suffix == ".duckdb" and path.parent.name == "publications" for path in files)
    return Space(sum(path.stat().st_size for path in files), shutil.disk_usage(store).free, publications)


def require_space(folder: Path, needed: int) -> None:
    """Raise StoreError unless so many bytes can be written in a folder that is there, and a reserve stays free."""
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE:
        asked, left = readable(needed + RESERVE), readable(free)
        raise StoreError(Problem("disk_full", folder.name, value=left, expected=asked, weight=Weight.FILE))
