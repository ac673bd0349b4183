"""Sessions that compare what they are shown, and connect again when their connection ends, as a browser does."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.generate import SEED
from benchmarks.sessions import Session

AGAIN = 0.1
"""Seconds until a session tries again to connect."""
Shown = dict[str, str]
"""A digest of what is shown, by the query of the address."""


@dataclass
class Visit(Session):
    """A session that connects again when its connection ends, and compares what it is shown."""

    right: Shown = field(default_factory=dict)
    shown: str = ""
    compared: int = 0
    wrong: int = 0
    ends: list[float] = field(default_factory=list)
    """When a run ended that had to connect again."""

    async def run(self, socket: websockets.ClientConnection) -> float:
        """Run the page once, compare, and return the milliseconds it took."""
        self.parts = sha256()
        started = time.perf_counter()
        await self._run(socket)
        spent = 1000 * (time.perf_counter() - started)
        self.shown = self.parts.hexdigest()
        self.compared += self.query in self.right
        self.wrong += self.right.get(self.query, self.shown) != self.shown
        return spent

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        element = answer.delta.new_element
        if element.WhichOneof("type") in ("markdown", "vega_lite_chart"):
            self.parts.update(element.SerializeToString())

    async def stay(self, ready: asyncio.Event, over: Callable[[], bool]) -> None:
        """Open the page, wait for the others, then choose until it is over, at another process if one ends."""
        while not over():
            try:
                async with self.connected() as socket:
                    await self.run(socket)
                    if ready.is_set():
                        self.ends.append(time.perf_counter())
                    await ready.wait()
                    while not over():
                        self.choose()
                        self.spent.append(await self.run(socket))
            except (OSError, websockets.WebSocketException):
                await asyncio.sleep(AGAIN)


async def all_shown(address: str) -> Shown:
    """What one process shows one session, for every choice that sessions make."""
    visit, shown = Visit(address, random.Random(SEED)), Shown()
    async with visit.connected() as socket:
        await visit.run(socket)
        shown[visit.query] = visit.shown
        for areas in ([], *([area] for area in visit.offered("risk_area"))):
            for round_ in visit.offered("round"):
                visit.set("round", [round_])
                visit.set("risk_area", areas)
                await visit.run(socket)
                shown[visit.query] = visit.shown
    return shown
