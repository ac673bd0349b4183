"""Which files are open? As listed by Linux, for this process or for others of the same user."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.waiting import LONGEST, happens


def handles_on(path: Path, process: int | str = "self") -> list[str]:
    """A process's open handles on a file, or on anything that is or was in a folder; `*` means every process."""
    links = map(_leads_to, Path("/proc").glob(f"{process}/fd/*"))
    return [link for link in links if _is_in(link.removesuffix(" (deleted)"), path)]


def when_none(handles: Callable[[], Sequence[object]], longest: float = LONGEST) -> bool:
    """Wait until nothing is open any more; returns whether that happened in time."""
    return happens(lambda: not handles(), longest)


def _leads_to(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:
        # Closed in the meantime, or somebody else's.
        return ""


def _is_in(link: str, path: Path) -> bool:
    return link == str(path) or link.startswith(f"{path}{os.sep}")
