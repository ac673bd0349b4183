"""What does it cost? Runs every measurement on this machine, one after the other, and writes RESULTS.md."""

import argparse
import os
import platform
from collections.abc import Callable, Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks import browser, cold, load, memory, queries, sessions

HERE = Path(__file__).parent
TITLES = {"sample": "the sample (4 thousand)", "1m": "1 million", "10m": "10 million"}
Lines = list[str]


def main() -> None:
    """Measure the parts asked for, all by default, and write them down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", nargs="*", default=list(PARTS), choices=list(PARTS))
    parser.add_argument("--sizes", nargs="*", default=list(TITLES), choices=list(TITLES))
    parser.add_argument("--clicks", type=int, default=browser.CLICKS)
    asked = parser.parse_args()
    lines = ["# What it costs", "", machine(), ""]
    for part in asked.parts:
        print(f"== {part}", flush=True)
        lines += [*PARTS[part](asked), ""]
        (HERE / "RESULTS.md").write_text("\n".join([*lines, *tried()]), "utf-8")


def machine() -> str:
    """The machine and the versions, in one line; no names."""
    names = ("streamlit", "duckdb", "altair", "pandas")
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"Measured on {date.today()}: {os.cpu_count()} cores, {memory_gb:.0f} GiB, Python {platform.python_version()}, "
        f"{versions}. Medians; written by `make bench`. Other machines give other times; the ratios count."
    )


def tried() -> Lines:
    """What was tried on the way, kept by hand beside the scripts."""
    return ["## What was tried", "", (HERE / "tried.md").read_text("utf-8")]


def verdict(value: float, most: float) -> str:
    """Whether an aim is met, in a word."""
    return "met" if value <= most else "**missed**"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Lines:
    """A Markdown table."""
    names = list(head)
    return ["| " + " | ".join(row) + " |" for row in (names, ["---"] * len(names), *rows)]


def clicks(asked: argparse.Namespace) -> Lines:
    """From the click on a filter to the last chart redrawn."""
    lines = ["## From a click on a filter to the last chart redrawn (ms)", ""]
    heat = {}
    for size in asked.sizes:
        # Reading the whole file on every click is what the usual page does; at 10 million nobody would wait for it.
        subjects = [one for one in browser.SUBJECTS if one.server != "usual" or size != "10m"]
        found = browser.measure(size, subjects, asked.clicks)
        medians = {name: measured.median for name, measured in found.items() if len(measured.clicks) > 1}
        heat[size] = medians["our Heat map"]
        lines += [f"### {TITLES[size]} answers", ""]
        lines += table(
            ("page", "median", "p95", "clicks"),
            ((n, f"{m.median:.0f}", f"{m.p95:.0f}", str(len(m.clicks))) for n, m in found.items() if len(m.clicks) > 1),
        )
        aims = (("floor", 2.5), ("Dash page", 0.6), ("usual Streamlit page", 1 / 3))
        lines += ["", "Heat map against each, and the aim:", ""]
        lines += [
            f"- {name}: {heat[size] / medians[name]:.2f} times, at most {most:.2f}: "
            f"{verdict(heat[size] / medians[name], most)}"
            for name, most in aims
            if name in medians
        ]
        lines.append("")
    if {"sample", "10m"} <= set(heat):
        ratio = heat["10m"] / heat["sample"]
        lines.append(
            f"Heat map at 10 million against the sample: {ratio:.2f} times, at most 1.20: {verdict(ratio, 1.2)}"
        )
    return lines


def server_time(asked: argparse.Namespace) -> Lines:
    """Where the server time of a run goes, over choices that were not made before."""
    rows = []
    for size in asked.sizes:
        for page, parts in queries.measure(size).items():
            rest = parts.total - parts.queries - parts.charts
            aim = verdict(parts.queries, 10) if size == "10m" else ""
            numbers = (f"{ms:.1f}" for ms in (parts.queries, parts.charts, rest, parts.total))
            rows.append((TITLES[size], page, *numbers, aim))
    head = ("answers", "page", "queries", "charts", "rest", "all", "queries under 10 ms at 10 million")
    return ["## Server time of a run, every choice a new one (ms)", "", *table(head, rows)]


def crowds(asked: argparse.Namespace) -> Lines:
    """Sessions that click without pause on one process."""
    found = sessions.measure("sample")
    best = max(crowd.a_second for crowd in found)
    rows = ((str(c.sessions), f"{c.a_second:.0f}", f"{c.p50:.0f}", f"{c.p95:.0f}") for c in found)
    return [
        "## Sessions clicking without pause on one process (Heat map)",
        "",
        *table(("sessions", "reruns a second", "p50 ms", "p95 ms"), rows),
        "",
        f"At least 120 reruns a second: {verdict(120, best)} ({best:.0f}).",
    ]


def memories(asked: argparse.Namespace) -> Lines:
    """Memory after many reruns against memory after some."""
    early, late = memory.measure("sample")
    return [
        "## Memory of one process",
        "",
        f"{early:.0f} MB after {memory.EARLY} reruns, {late:.0f} MB after {memory.LATE}: {late / early:.2f} times, "
        f"at most 1.10: {verdict(late / early, 1.1)}",
    ]


def loads(asked: argparse.Namespace) -> Lines:
    """Loading a CSV file to a published store, against the bare copy of the file into a table."""
    rows = []
    for size in [size for size in asked.sizes if size != "sample"]:
        costs = {way: load.middle(found) for way, found in load.measure(size).items()}
        ratio = costs["publish"].seconds / costs["bare"].seconds
        aims = f"{verdict(ratio, 2)}, {verdict(costs['publish'].peak_mb, 2000)}" if size == "10m" else ""
        seconds = (f"{costs['bare'].seconds:.2f}", f"{costs['publish'].seconds:.2f}", f"{ratio:.2f}")
        rows.append((TITLES[size], *seconds, f"{costs['publish'].peak_mb:.0f}", aims))
    head = (
        "answers",
        "bare CREATE TABLE (s)",
        "dashboard publish (s)",
        "times",
        "peak MB",
        "at most twice, under 2 GB",
    )
    return ["## Loading a CSV file to a published, verified store", "", *table(head, rows)]


def colds(asked: argparse.Namespace) -> Lines:
    """From starting the process to the first chart."""
    found = {kind: median(seconds) for kind, seconds in cold.measure("sample").items()}
    empty = found["empty/"]
    rows = ((kind, f"{s:.2f}", f"{s / empty:.2f}", verdict(s / empty, 1.5)) for kind, s in found.items())
    return [
        "## Cold start to first chart",
        "",
        *table(("page", "seconds", "times the empty app with the same imports", "at most 1.5"), rows),
    ]


PARTS: dict[str, Callable[[argparse.Namespace], Lines]] = {
    "loads": loads,
    "clicks": clicks,
    "server": server_time,
    "crowds": crowds,
    "memory": memories,
    "cold": colds,
}


if __name__ == "__main__":
    main()
