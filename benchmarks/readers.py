"""What do several processes with one store do behind nginx, when do they show what is new, and what if one is killed?

Sessions are those of `sessions.py`, each with the cookie of a visitor of its own. What a run shows, its texts and the
data of its chart, must be what one session alone was shown before for the same address.
"""

import asyncio
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.generate import ROOT, SEED, WORK
from benchmarks.load import store_of
from benchmarks.memory import resident
from benchmarks.proxy import NGINX, behind_nginx
from benchmarks.servers import free_port, running, streamlit_command, wait_for
from benchmarks.sessions import SECONDS
from benchmarks.visits import Shown, Visit, all_shown
from dashboard.model.answer import Answer, Key
from dashboard.model.records import Draft
from dashboard.store.locking import PUBLIC_NAMES, Writer
from dashboard.store.publishing.save_rows import save_answers, stored_answers
from dashboard.store.reader import Reader

PROCESSES = (1, 2, 4)
SESSIONS = 32
KILLED_AFTER = 2.0
"""Seconds from the first click until a process is killed."""
OPPOSITE = """
SELECT r.round, o.operation, k.criterion, worst.status
FROM answer AS a JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no) JOIN framework AS f USING (framework_no) JOIN scale AS s USING (status_no)
JOIN scale AS worst ON (worst.framework_no, worst.scale_no, worst.value) = (s.framework_no, s.scale_no, 0)
WHERE r.round = (SELECT max(round) FROM round WHERE NOT closed) AND f.framework = 'crbp' AND s.value = 1
ORDER BY hash(o.operation, k.criterion), worst.status LIMIT 1
"""
"""An answer that counts in full, in the framework that sessions see, and a status that counts for nothing."""
LATEST = 30.0
"""Seconds after which a process that does not show what was published counts as failed."""


@dataclass(frozen=True)
class Together:
    """What processes do together: reruns a second, milliseconds of one, memory in MB, seconds until all see news.

    `moved` sessions were at a process that was killed; `answered` is when the last of them had its answer.
    """

    processes: int
    a_second: float
    p50: float
    p95: float
    megabytes: float
    seen: float
    wrong: int
    compared: int
    moved: int = 0
    answered: float = 0.0


@dataclass(frozen=True)
class Site:
    """Running processes: the address of their proxy, and of each."""

    address: str
    each: Sequence[str]
    pids: Sequence[int]
    store: Path


def measure(size: str) -> list[dict[str, Any]] | None:
    """Return the figures for each number of processes; None if there is no nginx here."""
    if NGINX is None:
        return None
    found = []
    for n in PROCESSES:
        with served(size, n) as site:
            found.append(vars(asyncio.run(_measured(site))))
    return found


@contextmanager
def served(size: str, n: int) -> Iterator[Site]:
    """Serve a copy of the store of one size by several processes, until the block ends."""
    folder = WORK / "readers"
    shutil.rmtree(folder, ignore_errors=True)
    store = Path(shutil.copytree(store_of(size), folder / "store"))
    ports, port = [free_port() for _ in range(n)], free_port()
    environment = {"DASHBOARD_STORE": str(store), PUBLIC_NAMES: f"127.0.0.1:{port}"}
    with ExitStack() as stack:
        processes = [
            stack.enter_context(running(streamlit_command(ROOT / "app.py", one), ROOT, environment)) for one in ports
        ]
        each = [f"http://127.0.0.1:{one}" for one in ports]
        for one in each:
            wait_for(f"{one}/_stcore/health")
        address = stack.enter_context(behind_nginx(ports, folder / "nginx", port))
        yield Site(address, each, [process.pid for process in processes], store)
    shutil.rmtree(folder, ignore_errors=True)


async def _measured(site: Site) -> Together:
    right = await all_shown(site.each[0])
    visits, _ = await _crowd(site, right)
    memory = median(resident(pid) for pid in site.pids)
    seen, unlike = await _news(site)
    spent = [one for visit in visits for one in visit.spent]
    n = len(site.pids)
    found = Together(
        n, len(spent) / SECONDS, median(spent), quantiles(spent, n=20)[-1], memory, seen,
        sum(visit.wrong for visit in visits) + unlike, sum(visit.compared for visit in visits),
    )  # fmt: skip
    if n == 1:
        return found
    visits, killed = await _crowd(site, await all_shown(site.each[1]), site.pids[0])
    ends = [end for visit in visits for end in visit.ends]
    return replace(
        found, wrong=found.wrong + sum(visit.wrong for visit in visits),
        compared=found.compared + sum(visit.compared for visit in visits),
        moved=len(ends), answered=max(ends, default=killed) - killed,
    )  # fmt: skip


async def _crowd(site: Site, right: Shown, kill: int | None = None) -> tuple[list[Visit], float]:
    """Let sessions click at once through the proxy; with `kill`, kill this process meanwhile. Returns when that was."""
    ready, until, killed = asyncio.Event(), [float("inf")], 0.0
    draws = [random.Random(SEED + number) for number in range(SESSIONS)]
    cookies = [{"Cookie": f"dashboard_visitor={draw.randbytes(16).hex()}"} for draw in draws]
    visits = [
        Visit(f"http://{site.address}", draw, right=right, headers=cookie)
        for draw, cookie in zip(draws, cookies, strict=True)
    ]
    tasks = [asyncio.create_task(visit.stay(ready, lambda: time.perf_counter() >= until[0])) for visit in visits]
    while not all(visit.shown for visit in visits) and not any(task.done() for task in tasks):
        await asyncio.sleep(0.05)
    until[0] = time.perf_counter() + SECONDS
    ready.set()
    if kill is not None:
        await asyncio.sleep(KILLED_AFTER)
        killed = time.perf_counter()
        os.kill(kill, signal.SIGKILL)
    await asyncio.gather(*tasks)
    return visits, killed


async def _news(site: Site) -> tuple[float, int]:
    """Publish while a session clicks at each process: seconds until all are shown it, and how many differ."""
    key, change = _one_answer(site.store)
    stop = asyncio.Event()

    async def watch(address: str) -> tuple[float, str]:
        visit = Visit(address, random.Random(SEED))
        async with visit.connected() as socket:
            await visit.run(socket)
            visit.set("round", [key[0]])
            await visit.run(socket)
            before = visit.shown
            watching.append(address)
            while visit.shown == before and not stop.is_set():
                await visit.run(socket)
            return time.time(), visit.shown

    watching: list[str] = []
    tasks = [asyncio.create_task(watch(address)) for address in site.each]
    while len(watching) < len(tasks):
        await asyncio.sleep(0.05)
    outcome = await asyncio.to_thread(
        save_answers, site.store, [change], Writer("data steward", "measured"), date.today()
    )
    if outcome.revision is None:
        raise RuntimeError(outcome.problems)
    # A change that nobody is shown would otherwise never end.
    asyncio.get_running_loop().call_later(LATEST, stop.set)
    found = await asyncio.gather(*tasks)
    if stop.is_set():
        raise RuntimeError("a process does not show what was published")
    published = (site.store / "CURRENT").stat().st_mtime
    shown = [digest for _, digest in found]
    return max(at for at, _ in found) - published, sum(digest != shown[0] for digest in shown)


def _one_answer(store: Path) -> tuple[Key, Draft[Answer]]:
    """An answer of the newest open round, and its opposite."""
    published = Reader(store).current()
    if published is None:
        raise LookupError(store)
    with published.cursor() as cursor:
        *found, status = cursor.execute(OPPOSITE).fetchall()[0]
        key: Key = (str(found[0]), str(found[1]), str(found[2]))
        was = stored_answers(cursor, [key])[key]
    return key, Draft(was, replace(was, status=status))
