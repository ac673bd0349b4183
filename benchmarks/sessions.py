"""Sessions that click without pause on one server process, using Streamlit's own messages without a browser.

Every session opens the heat map, then chooses another round or another risk area as soon as the previous run is over.
"""

import asyncio
import random
import re
import sys
import time
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import parse_qsl, urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.generate import SEED
from benchmarks.servers import serving

SESSIONS = (1, 10, 50, 100)
SECONDS = 8.0
LONGEST = 60.0
"""Seconds of silence after which a server counts as failed."""
CHOSEN = ("round", "risk_area")
OFFERED = re.compile(r'name="filter_(\w+)" value="([^"]*)"')
Value = str | list[str]


@dataclass
class Session:
    """One visitor: the widgets as the browser would hold them, and how long every run took, in milliseconds."""

    address: str
    draw: random.Random
    page: str = "heatmap"
    query: str = ""
    """The query of the page's address."""
    values: dict[str, Value] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    filters: dict[str, list[str]] = field(default_factory=dict)
    """The codes in each list of our filter bar."""
    spent: list[float] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    """The hashes of the large messages of the last run, which a browser keeps and is not sent again."""
    opened: bool = False
    """Whether the page is there."""

    def connected(self) -> websockets.connect:
        """Return the connection of the page, to be opened."""
        host = self.address.removeprefix("http://")
        return websockets.connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            origin=None,
            additional_headers=self.headers,
        )

    async def click(self, runs: int | None, ready: asyncio.Event, until: list[float]) -> None:
        """Open the page, wait for the others, then click `runs` times, or until the given time."""
        async with self.connected() as socket:
            await self._run(socket)
            self.opened = True
            await ready.wait()
            while (len(self.spent) < runs) if runs is not None else (time.perf_counter() < until[0]):
                self.choose()
                started = time.perf_counter()
                await self._run(socket)
                self.spent.append(1000 * (time.perf_counter() - started))

    def choose(self) -> None:
        """Choose another round or another risk area at random."""
        name = self.draw.choice(CHOSEN)
        self.set(name, [self.draw.choice(self.offered(name))])

    def offered(self, name: str) -> list[str]:
        """Return the codes that a filter offers."""
        return self.filters.get(name) or next(all_ for one, all_ in self.options.items() if one.endswith(f"-{name}"))

    def set(self, name: str, codes: list[str]) -> None:
        """Choose in a filter: our bar writes the address, the floor page has widgets."""
        if self.filters:
            self.query = urlencode(dict(parse_qsl(self.query)) | {name: ",".join(codes)})
        else:
            widget = next(widget for widget in self.options if widget.endswith(f"-{name}"))
            self.values[widget] = codes[0] if name == "round" else codes

    async def _run(self, socket: websockets.ClientConnection) -> None:
        """Request a run and read to its end. Raises RuntimeError if the page shows an error instead."""
        wish = BackMsg()
        wish.rerun_script.page_name = self.page
        wish.rerun_script.query_string = self.query
        for widget, value in self.values.items():
            state = wish.rerun_script.widget_states.widgets.add(id=widget)
            if isinstance(value, str):
                state.string_value = value
            else:
                state.string_array_value.data.extend(value)
        wish.rerun_script.cached_message_hashes.extend(self.held)
        self.held = set()
        await socket.send(wish.SerializeToString())
        while True:
            answer = ForwardMsg()
            content = await asyncio.wait_for(socket.recv(), LONGEST)
            answer.ParseFromString(content if isinstance(content, bytes) else content.encode())
            kind = answer.WhichOneof("type")
            if kind == "ref_hash":
                self.held.add(answer.ref_hash)
            elif answer.metadata.cacheable:
                self.held.add(answer.hash)
            if kind == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return
                if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise RuntimeError("the page does not compile")
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif kind == "delta":
                self._take(answer)

    def _take(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"the page shows {element.exception.type}: {element.exception.message}")
        if kind == "html":
            for name, code in OFFERED.findall(element.html.body):
                self.filters.setdefault(name, [])
                self.filters[name] += [code] if code and code not in self.filters[name] else []
        elif kind == "selectbox":
            box = element.selectbox
            self.options[box.id] = list(box.options)
            if box.set_value or box.id not in self.values:
                self.values[box.id] = box.raw_value if box.set_value else box.options[box.default]
        elif kind == "radio":
            radio = element.radio
            self.options[radio.id] = list(radio.options)
            if radio.set_value or radio.id not in self.values:
                self.values[radio.id] = radio.raw_value if radio.set_value else radio.options[radio.default]
        elif kind == "multiselect":
            many = element.multiselect
            self.options[many.id] = list(many.options)
            if many.set_value or many.id not in self.values:
                self.values[many.id] = list(many.raw_values) if many.set_value else []


@dataclass(frozen=True)
class Crowd:
    """The result of several sessions: total reruns per second, and the milliseconds of one."""

    sessions: int
    reruns: int
    a_second: float
    p50: float
    p95: float


def crowd(address: str, sessions: int, seconds: float = SECONDS) -> Crowd:
    """Let several sessions click at once for some seconds."""
    return asyncio.run(_crowd(address, sessions, seconds))


async def _crowd(address: str, sessions: int, seconds: float) -> Crowd:
    ready = asyncio.Event()
    until = [0.0]
    visitors = [Session(address, random.Random(SEED + number)) for number in range(sessions)]
    tasks = [asyncio.create_task(visitor.click(None, ready, until)) for visitor in visitors]
    while not all(visitor.opened for visitor in visitors) and not any(task.done() for task in tasks):
        await asyncio.sleep(0.05)
    started = time.perf_counter()
    until[0] = started + seconds
    ready.set()
    await asyncio.gather(*tasks)
    lasted = time.perf_counter() - started
    spent = [one for visitor in visitors for one in visitor.spent]
    return Crowd(sessions, len(spent), len(spent) / lasted, median(spent), quantiles(spent, n=20)[-1])


def click_on(address: str, runs: int, sessions: int = 4) -> None:
    """Make a number of reruns, shared by a few sessions that stay connected throughout."""

    async def all_of_them() -> None:
        ready = asyncio.Event()
        ready.set()
        visitors = [Session(address, random.Random(SEED + number)) for number in range(sessions)]
        await asyncio.gather(*(visitor.click(runs // sessions, ready, [0.0]) for visitor in visitors))

    asyncio.run(all_of_them())


def measure(size: str, name: str = "ours") -> list[Crowd]:
    """Measure each number of sessions, one after the other, on one process of the server of that name.

    `parts` is the floor page with as many elements as the heat map has, and its cells.
    """
    with serving(name, size, {"BENCH_PART": "heatmap"}) as server:
        crowd(server.address, 1, 2)
        return [crowd(server.address, sessions) for sessions in SESSIONS]


if __name__ == "__main__":
    for found in measure(sys.argv[1] if sys.argv[1:] else "sample"):
        print(found)
