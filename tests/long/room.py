"""Does a room of phones that vote at once lose a vote, even if its server is killed, and can one phone hold it up?"""

import asyncio
import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from benchmarks.proxy import NGINX, behind_nginx

from dashboard.loading.yaml_file import read_words
from dashboard.model.known_codes import GRADES
from dashboard.model.vote import FIRST, Vote
from dashboard.store.votes import ask, code_of, standing, vote
from tests.long.phone import CutOffError, Phone
from tests.long.running_room import Server, note_syncs, running_room
from tests.long.trial import Found
from tests.servers import free_port
from tests.voting import SEVERITY, device

TITLE = "a whole room votes at once"
HALVES = (
    b"",
    b"POST /vote HTTP/1.1\r\nHost: ",
    b"POST /vote HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nnumber=1",
)
COUNTED, TOO_MANY = 303, 429
AT_ONCE = 40
"""Phones that vote without a pause."""


@dataclass(frozen=True)
class Length:
    """How much is tried. nginx ends half-sent requests after ten seconds, which is too long for the short form."""

    phones: int
    kills: int
    lines: int
    halves: int


LONG = Length(phones=500, kills=20, lines=100_000, halves=300)
SHORT = Length(phones=30, kills=1, lines=2000, halves=0)


@dataclass
class Log:
    """Collects results as they are found."""

    figures: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def must_be(self, wanted: int, name: str, n: int) -> None:
        """A figure with only one acceptable value."""
        self.figures.append((name, str(n)))
        if n != wanted:
            self.wrong.append(f"{name}: {n} and not {wanted}.")


def trial(long: bool, folder: Path) -> Found:
    length, log = LONG if long else SHORT, Log()
    store = folder / "store"
    ask(store, SEVERITY)
    syncs = note_syncs(folder)
    told: dict[str, str] = {}
    for n in range(length.kills):
        proxy = free_port()
        with running_room(store, syncs, proxy) as server:
            if not n:
                with _before(server, proxy, folder, length, log) as halves:
                    asyncio.run(_all_vote(server.port, halves, store, syncs, length, log))
            asyncio.run(_vote_until_killed(server, code_of(store), random.Random(n), told))
    _compare(store, told, length, log)
    _long_log(folder / "large", length, log)
    return Found(tuple(log.figures), tuple(log.wrong))


@contextmanager
def _before(server: Server, port: int, folder: Path, length: Length, log: Log) -> Iterator[list[tuple[int, bytes]]]:
    """nginx before the room, for the requests that are half-sent: the port and the text of each."""
    if not length.halves or NGINX is None:
        log.figures += [("Half-sent requests", "not tried: nginx is not installed")] if length.halves else []
        yield []
        return
    with behind_nginx([server.port], folder / "nginx", port):
        yield [(port, HALVES[n % len(HALVES)]) for n in range(length.halves)]


async def _all_vote(
    port: int, halves: Sequence[tuple[int, bytes]], store: Path, syncs: Path, length: Length, log: Log
) -> None:
    """Every phone votes at the same moment, while a script keeps sending requests and others send half of one."""
    phones = [Phone(port) for _ in range(length.phones)]
    code = code_of(store)
    for phone in phones:
        await phone.asks("GET", f"/vote?code={code}")
    await asyncio.gather(*(phone.asks("POST", "/vote", {"group": "board"}) for phone in phones))
    half_sent = [asyncio.create_task(_half(*one)) for one in halves]
    script = asyncio.create_task(_refused(Phone(port)))
    before, begun = syncs.stat().st_size, time.perf_counter()
    told = await asyncio.gather(*(_votes_and_looks(phone, GRADES[n % 4]) for n, phone in enumerate(phones)))
    seconds = time.perf_counter() - begun
    now = standing(store)
    counted = {} if now is None else now.votes
    kept = sum((FIRST, phone.cookies["device"]) in counted for phone in phones)
    log.figures.append(("Phones that vote at the same moment from one address", str(length.phones)))
    log.must_be(length.phones, "Told that their vote counts", sum(told))
    log.must_be(length.phones, "Counted", kept)
    log.figures.append(("Seconds until the last was told", f"{seconds:.1f}"))
    log.figures.append(("Syncs of the disk for all of them", str(syncs.stat().st_size - before)))
    log.figures.append(("Refused, of 200 requests that one connection sends without a pause", str(await script)))
    if not await script:
        log.wrong.append("A connection that asks without a pause was never refused.")
    if half_sent:
        ended = [seconds for seconds in await asyncio.gather(*half_sent) if seconds]
        log.figures.append(("Half-sent requests at nginx before the room, opened together", str(len(half_sent))))
        log.must_be(len(half_sent), "Ended by nginx", len(ended))
        log.figures.append(("Seconds until the last was ended", f"{max(ended, default=0):.0f}"))
    for phone in phones:
        await phone.leaves()


async def _votes_and_looks(phone: Phone, choice: str) -> bool:
    """Whether a phone is told that its vote counts."""
    status, _ = await phone.asks("POST", "/vote", {"number": "1", "ballot": "1", "choice": choice})
    _, page = await phone.asks("GET", "/vote")
    return status == COUNTED and read_words()("vote.voted") in unescape(page)


async def _refused(phone: Phone) -> int:
    refused = sum([(await phone.asks("GET", "/vote"))[0] == TOO_MANY for _ in range(200)])
    await phone.leaves()
    return refused


async def _half(port: int, text: bytes) -> float:
    """Seconds until the connection is closed; 0 if it is not within a minute."""
    begun = time.perf_counter()
    try:
        await asyncio.wait_for(Phone(port).sends_half(text), 60)
    except TimeoutError:
        return 0
    return time.perf_counter() - begun


def _compare(store: Path, told: dict[str, str], length: Length, log: Log) -> None:
    """Check that every vote that was acknowledged counts."""
    now = standing(store)
    found = {} if now is None else {given.device: given.choice for given in now.votes.values()}
    log.figures.append(("Times the server was killed (kill -9) while phones voted", str(length.kills)))
    log.figures.append(("Votes confirmed to phones before a kill", str(len(told))))
    more = len(found) - length.phones - len(told)
    log.figures.append(("Votes counted although the kill came before their phones were told", str(more)))
    log.must_be(0, "Votes confirmed and then lost", sum(found.get(one) != choice for one, choice in told.items()))
    if not told:
        log.wrong.append("No vote was told to count before the server was killed.")


async def _vote_until_killed(server: Server, code: str, draw: random.Random, told: dict[str, str]) -> None:
    """One vote after the other from new devices, until the server is killed; acknowledged ones go into `told`."""
    enough = len(told) + draw.randint(20, 200)

    async def votes() -> None:
        phone = Phone(server.port, {"joined": code, "group": "board"})
        with suppress(CutOffError):
            while True:
                phone.cookies["device"] = name = device(draw.getrandbits(100))
                form = {"number": "1", "ballot": "1", "choice": draw.choice(GRADES)}
                status, _ = await phone.asks("POST", "/vote", form)
                if status == COUNTED:
                    told[name] = form["choice"]
                if len(told) >= enough:
                    server.kill()

    await asyncio.gather(*(votes() for _ in range(AT_ONCE)))


def _long_log(store: Path, length: Length, log: Log) -> None:
    """A question with a very long log."""
    ask(store, SEVERITY)
    lines = (json.dumps({"vote": [FIRST, device(n), GRADES[n % 4], "board"]}) for n in range(length.lines))
    with (store / "room" / "000001" / "log.jsonl").open("a") as stream:
        stream.writelines(f"{line}\n" for line in lines)
    seconds, counted = [], []
    for n in range(2):
        begun = time.perf_counter()
        now = standing(store)
        counted.append(0 if now is None else now.n_voted())
        seconds.append(time.perf_counter() - begun)
        vote(store, 1, Vote(FIRST, device(length.lines + n), "1", "board"))
    log.figures.append((f"Seconds to count {length.lines:,} votes first", f"{seconds[0]:.2f}"))
    log.figures.append(("Seconds to count them again, with one more", f"{seconds[1]:.3f}"))
    if counted != [length.lines, length.lines + 1]:
        log.wrong.append(f"Of {length.lines} votes {counted} were counted.")
