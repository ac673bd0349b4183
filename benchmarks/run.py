"""Measure everything, or the chosen parts, and write RESULTS.md: each part in its own section.

    python -m benchmarks.run                     everything, about an hour, 30 GB of disk
    python -m benchmarks.run --only load,cold    these parts; the other figures keep their last values

Needs Chromium and, for the Dash page, a package index: its environment is made in benchmarks/.venv.
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from typing import Any

from benchmarks import (
    browser,
    cold,
    load,
    memory,
    packs,
    parts,
    preview,
    queries,
    readers,
    room,
    savers,
    scale,
    sessions,
    slow,
    wire,
)
from benchmarks.generate import LOADED, ROOT, SIZES, WORK, generated
from benchmarks.report import TITLES, section
from benchmarks.sections import with_section
from benchmarks.servers import make_dash

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
ALL_SIZES = ("sample", *SIZES)
NO_USUAL = "10m"
"""At this size a data frame in memory, copied for every run, is beyond the target machines."""


def measure_load() -> dict[str, Any]:
    """Measure loading both ways; the other parts read what it publishes."""
    return {
        size: {way: asdict(load.middle(costs)) for way, costs in load.measure(size).items()} for size in load.sizes()
    }


def measure_preview() -> dict[str, Any]:
    """Measure a workbook being imported: previewed, and published as previewed."""
    return {size: asdict(preview.measure(size)) for size in SIZES}


def measure_browser() -> dict[str, Any]:
    """Measure clicks in Chromium, for every page and size."""
    make_dash()
    found: dict[str, Any] = {}
    for size in ALL_SIZES:
        subjects = [one for one in browser.SUBJECTS if not (one.server == "usual" and size == NO_USUAL)]
        found[size] = {
            name: {
                "median": one.median, "p95": one.p95, "clicks": len(one.clicks),
                "unchanged": one.unchanged, "again": one.again,
                **{part: one.part(part) for part in ("queries", "charts", "total")},
            }
            for name, one in browser.measure(size, subjects).items()
        }  # fmt: skip
    return found


def measure_parts() -> dict[str, float]:
    """Measure additions to the floor page, one kind of element at a time."""
    return parts.measured("sample")


def measure_queries() -> dict[str, Any]:
    """Measure the parts of a run on the server without a browser, and the search."""
    pages = {size: {page: asdict(spent) for page, spent in queries.measure(size).items()} for size in ALL_SIZES}
    return {**pages, "search": asdict(queries.measure_search("sample"))}


def measure_sessions() -> dict[str, list[dict[str, Any]]]:
    """Measure sessions clicking without pause, on our page, on the floor page, and on one with as many elements."""
    return {name: [asdict(crowd) for crowd in sessions.measure("sample", name)] for name in ("ours", "parts", "floor")}


def measure_memory() -> dict[str, float]:
    """Measure memory early and late."""
    early, late = memory.measure("sample")
    return {"early": early, "late": late}


def measure_cold() -> dict[str, list[float]]:
    """Measure cold starts."""
    return cold.measure("sample")


def measure_wire() -> dict[str, Any]:
    """Measure bytes sent to the browser when a filter changes."""
    return {"pages": {name: asdict(sent) for name, sent in wire.measure("sample").items()}, "shapes": wire.shapes()}


def measure_slow() -> dict[str, dict[str, float]]:
    """Measure the heat map over a slow link."""
    return {name: asdict(one) for name, one in slow.measure("sample").items()}


def measure_room() -> dict[str, dict[str, float]]:
    """Measure a hundred phones voting."""
    return room.measure()


def measure_savers() -> dict[str, Any]:
    """Measure fifty people who save, joined and one by one."""
    return {size: savers.measure(size) for size in ("sample", "1m")}


def measure_readers() -> list[dict[str, Any]] | None:
    """Measure several processes behind nginx, if it is installed."""
    return readers.measure("sample")


def measure_packs() -> dict[str, Any]:
    """Measure packs for each audience, and one of thirty views."""
    return packs.measure("sample")


def measure_scale() -> dict[str, Any]:
    """Measure folding up to a hundred million answers, here and elsewhere; DASHBOARD_SCALE limits the size."""
    return scale.measure()


PARTS: dict[str, Callable[[], Any]] = {
    "load": measure_load,
    "preview": measure_preview,
    "browser": measure_browser,
    "parts": measure_parts,
    "queries": measure_queries,
    "sessions": measure_sessions,
    "memory": measure_memory,
    "cold": measure_cold,
    "wire": measure_wire,
    "slow": measure_slow,
    "room": measure_room,
    "savers": measure_savers,
    "readers": measure_readers,
    "packs": measure_packs,
    "scale": measure_scale,
}
OF_THE_SAMPLE = {"parts", "sessions", "memory", "cold", "wire", "slow", "room", "readers", "packs"}
"""Parts that need no generated rows."""


def machine() -> dict[str, str]:
    """Describe the machine measured on, without names or places."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    said = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return {
        "date": date.today().isoformat(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("streamlit", "duckdb", "altair", "pandas", "pyarrow")},
        "chromium": next((word for word in said if word[0].isdigit()), "unknown"),
        "dash": _dash_version(),
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def _dash_version() -> str:
    wanted = (ROOT / "benchmarks" / "requirements-dash.txt").read_text("utf-8").split()
    return next(line.removeprefix("dash==") for line in wanted if line.startswith("dash=="))


def main() -> None:
    """Measure, keep the figures, and write RESULTS.md."""
    parser = argparse.ArgumentParser(description="Measure the dashboard and write RESULTS.md.")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between: " + ", ".join(PARTS))
    parser.add_argument("--clean", action="store_true", help="remove the generated files and stores at the end")
    given = parser.parse_args()
    chosen = given.only.split(",")
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    # A terminated run must still end the servers it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    WORK.mkdir(parents=True, exist_ok=True)
    # Folding makes its own answers, over the lists of the smallest group.
    of_lists = ("1m",) if "scale" in chosen else ()
    for size in ALL_SIZES if set(chosen) - OF_THE_SAMPLE - {"scale"} else ("sample", *of_lists):
        # Stores are rebuilt by the code being measured; generated files are kept, because they only depend on the
        # lists.
        shutil.rmtree(WORK / f"store-{size}", ignore_errors=True)
        if size in SIZES:
            generated(size)
        if size not in SIZES or "load" not in chosen:
            load.store_of(size)
    for part in chosen:
        print(f"{part} ...", file=sys.stderr, flush=True)
        around, started = machine(), time.perf_counter()
        try:
            text = section(part, PARTS[part](), around)
        except Exception as error:  # noqa: BLE001 - one part that fails must not cost the others their figures
            print(f"{part} failed: {error}", file=sys.stderr, flush=True)
            continue
        print(f"{part} took {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
        RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), TITLES[part], text), "utf-8")
    if given.clean:
        made = ("scale", *LOADED, *(f"store-{size}" for size in ALL_SIZES))
        for folder in (WORK / name for name in made):
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
