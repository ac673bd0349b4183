"""What is left of a server that thirty sessions use for ten minutes, while something is published every minute?

Everybody opens pages with filters drawn at random, and another tool asks for the heat map over one connection.
"""

import asyncio
import csv
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from statistics import median, quantiles

import httpx
from benchmarks.memory import resident

from dashboard.model.pages import PAGES, url_path
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import ROOT, TODAY, WRITER
from tests.long.served import served
from tests.long.trial import Found
from tests.long.visitor import Visitor

TITLE = "many sessions for a long time"
OPENED = [name for name in PAGES if name not in ("presenter", "number", "case", "guidance_item")]
FILTERS = ("round=2024", "country=TCD,GHA", "risk_area=RA02", "framework=cop-2014", "kind=support", "")
MOST_LEFT = 1.3
"""How many times the memory of a server that one visitor has seen whole may be left at the end."""
FORGOTTEN = 240
"""Seconds after which a server has forgotten the sessions that ended."""


@dataclass(frozen=True)
class Length:
    """How long a trial is, in seconds, and of how many sessions."""

    sessions: int
    lasts: float
    publishes_each: float
    forgotten: float


FULL, SHORT = Length(30, 600, 60, FORGOTTEN), Length(4, 20, 8, 0)


@dataclass
class Seen:
    """What happened: milliseconds of every run, heat maps by publication, memory, load, and what went wrong."""

    spent: list[float] = field(default_factory=list)
    polls: int = 0
    tables: dict[int, set[str]] = field(default_factory=dict)
    publications: int = 0
    memory: dict[str, float] = field(default_factory=dict)
    load: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def trial(full: bool, folder: Path) -> Found:
    """Use one server, and look at its memory before, at its highest, and after everybody has left."""
    length, seen = FULL if full else SHORT, Seen()
    data = Path(copytree(ROOT / "data", folder / "data"))
    _published(folder, [ROOT / "frameworks", data])
    with served({"DASHBOARD_STORE": str(folder / "store")}) as (address, pid):
        asyncio.run(_used(address, pid, length, seen, lambda: _published(folder, [_changed(data)])))
    left = seen.memory["left"] / seen.memory["before"]
    if full and left > MOST_LEFT:
        seen.wrong.append(f"{left:.2f} times the memory of before is left.")
    if differing := [number for number, tables in seen.tables.items() if len(tables) > 1]:
        seen.wrong.append(f"The heat map of publications {differing} was not always the same.")
    return Found(_figures(length, seen), tuple(dict.fromkeys(seen.wrong)))


def _figures(length: Length, seen: Seen) -> tuple[tuple[str, str], ...]:
    memory = ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in seen.memory.items())
    runs = f"{len(seen.spent)} in {length.sessions} sessions, median {median(seen.spent):.0f} ms"
    calm = max(seen.load) <= 3
    slow = f", 95 % within {quantiles(seen.spent, n=20)[-1]:.0f} ms" if calm and len(seen.spent) > 20 else ""
    return (
        ("Pages opened", runs + slow),
        ("Publications meanwhile", str(seen.publications)),
        ("Tables asked for by other tools", f"{seen.polls}, of {len(seen.tables)} publications"),
        ("Memory", memory),
        ("Load while it ran", f"{min(seen.load):.1f} to {max(seen.load):.1f}"),
    )


async def _used(address: str, pid: int, length: Length, seen: Seen, publishes: Callable[[], None]) -> None:
    await _visits(address, random.Random(0), seen, OPENED, pause=0)
    seen.memory["before"] = resident(pid)
    seen.spent.clear()
    ends = time.monotonic() + length.lasts
    visitors = [_stays(address, random.Random(n), seen, ends) for n in range(1, length.sessions + 1)]
    beside = (_polls(address, seen, ends), _publishes(publishes, length, seen, ends), _watches(pid, seen, ends))
    await asyncio.gather(*visitors, *beside)
    await asyncio.sleep(length.forgotten)
    seen.memory["left"] = resident(pid)


async def _stays(address: str, draw: random.Random, seen: Seen, ends: float) -> None:
    while time.monotonic() < ends:
        await _visits(address, draw, seen, draw.choices(OPENED, k=8), pause=8, ends=ends)


async def _visits(
    address: str, draw: random.Random, seen: Seen, pages: list[str], pause: float, ends: float = float("inf")
) -> None:
    """One visitor opens these pages, with a pause of up to so many seconds after each, and leaves."""
    visitor = Visitor(address, {}, lambda: None, draw)
    await visitor.enter()
    for page in pages:
        if time.monotonic() < ends:
            await visitor.open(url_path(page), draw.choice(FILTERS))
            await asyncio.sleep(draw.uniform(0, pause))
    await visitor.leave()
    seen.spent += visitor.spent
    seen.wrong += visitor.wrong


async def _polls(address: str, seen: Seen, ends: float) -> None:
    """Another tool asks again and again over a connection that it keeps, at times just after the server closed it."""
    async with httpx.AsyncClient(base_url=f"http://{address}", timeout=120) as client:
        while time.monotonic() < ends:
            try:
                told = (await client.get("/api/heatmap", params={"framework": "crbp", "round": "2025"})).json()
            except httpx.HTTPError as error:
                seen.wrong.append(f"A question of another tool ended in {type(error).__name__}.")
            else:
                seen.polls += 1
                seen.tables.setdefault(told["publication"], set()).add(str(told["rows"]))
            await asyncio.sleep(5)


async def _publishes(publishes: Callable[[], None], length: Length, seen: Seen, ends: float) -> None:
    while time.monotonic() + length.publishes_each / 2 < ends:
        await asyncio.sleep(length.publishes_each / 2)
        await asyncio.to_thread(publishes)
        seen.publications += 1
        await asyncio.sleep(length.publishes_each / 2)


async def _watches(pid: int, seen: Seen, ends: float) -> None:
    while time.monotonic() < ends:
        seen.load.append(os.getloadavg()[0])
        with suppress(OSError):
            seen.memory["highest"] = max(seen.memory.get("highest", 0), resident(pid))
        await asyncio.sleep(2)


def _published(folder: Path, what: list[Path]) -> None:
    outcome = publish(Load(folder / "store", what, WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems


def _changed(data: Path) -> Path:
    """The actions, with another word in the text of the first."""
    file = data / "actions.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        head, first, *rest = csv.reader(opened)
    first[head.index("text")] += " Again."
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([head, first, *rest])
    return file
