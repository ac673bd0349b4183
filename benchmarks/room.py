"""How soon is a vote shown on the facilitator's screen, with a hundred phones in the room?

The screen is a real Chromium on the page of the room; its content is recorded with a time stamp whenever it changes.
Phones are connections that request the same pages, with the same cookies and as often as phones do, and draw nothing: a
hundred browsers would measure this machine rather than theirs. A vote counts from the moment its phone sends it.
"""

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from benchmarks.browser import chromium
from benchmarks.generate import ROOT, SEED
from benchmarks.load import store_of
from benchmarks.servers import free_port, running, streamlit_command, wait_for
from dashboard.model.known_codes import GRADES
from dashboard.model.vote import QuestionText, VoteQuestion
from dashboard.store.votes import ask, code_of, standing

PHONES = 100
LOOKS_AGAIN = 3.0
"""Seconds after which a waiting phone asks again, as the voting page tells it."""
SPREADS = {"at once": 0.0, "within ten seconds": 10.0}
KEY = "BENCHMARKKEY"
NOTE = """() => {
  window.noted = [];
  const note = () => {
    const found = document.body.innerText.match(/(\\d+) ha(?:s|ve) voted/);
    const last = window.noted[window.noted.length - 1];
    if (found && (!last || last[0] !== +found[1])) window.noted.push([+found[1], Date.now() / 1000]);
  };
  new MutationObserver(note).observe(document.body, {childList: true, subtree: true, characterData: true});
  note();
}"""


@dataclass(frozen=True)
class Waited:
    """Seconds from sending a vote until it is counted on the screen, and until the phone is told that it counts."""

    phones: int
    shown: tuple[float, ...]
    told: tuple[float, ...]

    def figures(self) -> dict[str, float]:
        return {
            "phones": self.phones,
            **{
                f"{name}_{part}": value
                for name, spent in (("shown", self.shown), ("told", self.told))
                for part, value in (("p50", median(spent)), ("p95", quantiles(spent, n=20)[-1]), ("max", max(spent)))
            },
        }


@dataclass
class Phone:
    """One person: the cookies of their browser, when they voted, and when that was confirmed."""

    port: int
    cookies: dict[str, str]
    sent: float = 0.0
    told: float = 0.0

    async def asks(self, method: str, path: str, form: dict[str, str] | None = None) -> int:
        """Return the status of one answer, keeping its cookies."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(form or {}).encode()
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {held}\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        answer = (await reader.read()).partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        writer.close()
        await writer.wait_closed()
        for line in answer:
            if line.lower().startswith("set-cookie: "):
                name, _, value = line[12:].split(";")[0].partition("=")
                self.cookies[name] = value
        return int(answer[0].split()[1])

    async def takes_part(self, code: str, draw: random.Random, begin: asyncio.Event, spread: float, end: float) -> None:
        """Join, wait as a phone does, vote at the given time, and wait on."""
        await self.asks("GET", f"/vote?code={code}")
        await self.asks("POST", "/vote", {"group": draw.choice(("board", "sales"))})
        await asyncio.sleep(draw.random() * LOOKS_AGAIN)
        await self.asks("GET", "/vote")
        await begin.wait()
        await asyncio.sleep(draw.random() * spread)
        self.sent = time.time()
        status = await self.asks("POST", "/vote", {"number": "1", "ballot": "1", "choice": draw.choice(GRADES)})
        assert status == 303, status
        await self.asks("GET", "/vote")
        self.told = time.time()
        while time.time() < end:
            await asyncio.sleep(LOOKS_AGAIN)
            await self.asks("GET", "/vote")


async def _all_vote(port: int, code: str, spread: float) -> list[Phone]:
    phones = [Phone(port, {}) for _ in range(PHONES)]
    begin = asyncio.Event()
    end = time.time() + LOOKS_AGAIN + spread + 8
    tasks = [
        asyncio.create_task(phone.takes_part(code, random.Random(SEED + number), begin, spread, end))
        for number, phone in enumerate(phones)
    ]
    await asyncio.sleep(LOOKS_AGAIN + 1)
    begin.set()
    await asyncio.gather(*tasks)
    return phones


def shown_after(phones: Sequence[Phone], order: Sequence[str], noted: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return for each vote, in the order written, how long it took until the screen counted that many."""
    by_device = {phone.cookies["device"]: phone for phone in phones}
    return tuple(
        next(at for count, at in noted if count >= place) - by_device[device].sent
        for place, device in enumerate(order, start=1)
    )


def _question() -> VoteQuestion:
    titles = {grade: f"{grade} – {grade}" for grade in GRADES}
    said = QuestionText("How severe would this be?", "A risk.", "", titles, {"board": "Board", "sales": "Sales"})
    return VoteQuestion("severity", "", "", "", "", GRADES, "function", {"en": said}, "")


def _screen(page: Page, address: str) -> None:
    page.goto(f"{address}/enter?once={KEY}")
    expect(page.get_by_text("0 have voted")).to_be_visible(timeout=60_000)
    page.evaluate(NOTE)


def measure() -> dict[str, dict[str, float]]:
    """Measure both ways to vote, each in a separate room over a copy of the sample's store."""
    found = {}
    for name, spread in SPREADS.items():
        with tempfile.TemporaryDirectory() as folder:
            store = Path(shutil.copytree(store_of("sample"), Path(folder) / "store"))
            ask(store, _question())
            found[name] = _measured(store, spread).figures()
    return found


def _measured(store: Path, spread: float) -> Waited:
    port = free_port()
    command = [*streamlit_command(ROOT / "room.py", port), "--browser.serverAddress", "localhost"]
    environment = {"DASHBOARD_STORE": str(store), "DASHBOARD_ROOM_KEY": KEY, "DASHBOARD_ROOM_ONCE": KEY}
    with running(command, ROOT, environment), chromium() as browser:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/vote")
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        _screen(page, address)
        # Playwright occupies this thread's event loop, so the phones run in another thread.
        with ThreadPoolExecutor(1) as thread:
            phones = thread.submit(asyncio.run, _all_vote(port, code_of(store), spread)).result()
        expect(page.get_by_text(f"{PHONES} have voted")).to_be_visible(timeout=60_000)
        noted = page.evaluate("window.noted")
        now = standing(store)
        assert now is not None
        order = [device for _, device in now.votes]
        assert len(order) == PHONES
        return Waited(PHONES, shown_after(phones, order, noted), tuple(one.told - one.sent for one in phones))


if __name__ == "__main__":
    for way, figures in measure().items():
        print(way, {name: round(value, 3) for name, value in figures.items()}, file=sys.stdout)
