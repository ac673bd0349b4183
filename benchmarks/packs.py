"""Packs for each audience and one of thirty views: seconds, memory of all processes together, size of each file."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.generate import ROOT, WORK
from benchmarks.load import store_of
from dashboard.model.pages import PAGES
from dashboard.tasks.pack import PACK_FORMATS
from dashboard.tasks.pack_views import AUDIENCES

VIEWS = 30
LISTED = f"{VIEWS} views"
BETWEEN = 0.1
"""Seconds between two looks at the memory."""


def measure(size: str) -> dict[str, dict[str, Any]]:
    """Return what the command spends on all formats at once, for each audience and for a list of views."""
    with tempfile.TemporaryDirectory(prefix="bench-pack-", dir=WORK) as place:
        folder = Path(place)
        listed = folder / "views.yaml"
        listed.write_text(yaml.safe_dump({"steps": list(_steps())}), "utf-8")
        asked = {**{audience: ("--audience", audience) for audience in AUDIENCES}, LISTED: ("--views", str(listed))}
        return {name: _measured(size, folder, views) for name, views in asked.items()}


def _measured(size: str, folder: Path, views: Sequence[str]) -> dict[str, Any]:
    """Return the seconds from start to end, the largest memory in MB, and the size of each file in MB."""
    targets = [folder / f"pack.{ending}" for ending in PACK_FORMATS]
    asked = [*views, *(str(part) for target in targets for part in ("-o", target))]
    command = [sys.executable, "-m", "dashboard", "pack", "--store", str(store_of(size)), *asked]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _family(process.pid))))
        time.sleep(BETWEEN)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"no pack was made: {' '.join(views)}")
    sizes = {target.suffix.removeprefix("."): target.stat().st_size / 1e6 for target in targets}
    return {"seconds": seconds, "memory": peak, "sizes": sizes}


def _steps() -> Iterator[dict[str, Any]]:
    """Yield views of as many pages, each with every part of it that a tour can open, as the steps of a list."""
    places = [(name, part) for name, page in PAGES.items() if page.in_tours for part in page.parts or ("",)]
    for page, part in places[:VIEWS]:
        yield {"page": page, "view": {"part": part} if part else {}, "title": page, "text": page}


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> float:
    """Return the memory in MB that a process holds now; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


if __name__ == "__main__":
    print(measure(sys.argv[1] if sys.argv[1:] else "sample"))
