"""Do many people of five roles work at once without an error, a loss, or a sight of what is not theirs?"""

import asyncio
import random
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from dashboard.model.permissions import Role
from tests.long.confirmed import what_is_missing
from tests.long.crowd import Member
from tests.long.loads import LOADED, Loads
from tests.long.marked import criteria_of, operation_of, publish_marked
from tests.long.signin.signing import ISSUER, cookie, signing_in
from tests.long.trial import Found
from tests.long.upgraded import upgraded
from tests.long.visitor import Visitor

TITLE = "people of five roles work at once"


@dataclass(frozen=True)
class Length:
    """How much is tried: people by role, in the order of roles; seconds in all, and between two loads."""

    people: tuple[int, int, int, int, int]
    seconds: float
    every: float


LONG = Length(people=(18, 14, 10, 4, 4), seconds=600, every=20)
SHORT = Length(people=(2, 2, 1, 1, 1), seconds=10, every=3)
LATEST = 120
"""Seconds by which a busy machine may be late until everybody has done their part."""
ROLES_MOVED = 3


def trial(long: bool, folder: Path) -> Found:
    length = LONG if long else SHORT
    store, countries = publish_marked(folder)
    with signing_in(folder, store, 2) as (first, second):
        crowd = _crowd(length, (first, second), countries, folder / "data")
        loads = asyncio.run(_all_work(crowd, length, store, folder))
    found, (n_stores, wrong) = _found(crowd, loads, store), upgraded(long, folder / "earlier")
    figures = (*found.figures, ("Stores of earlier programs upgraded to tables with roles", f"{n_stores}"))
    return Found(figures, (*found.wrong, *wrong))


def _crowd(length: Length, addresses: tuple[str, str], countries: dict[str, str], data: Path) -> list[Member]:
    """Everybody by role. Every second person of a role has it in a country, every third is at the second process."""
    crowd = list[Member]()
    for role, n in zip(Role, length.people, strict=True):
        for number in range(n):
            letter = sorted(countries)[number % len(countries)]
            where = f"country:{countries[letter]}" if number % 2 else f"operation:{operation_of(letter)}"
            whole = role in (Role.STEWARD, Role.ADMIN)
            # The last contributor has only what the administrator grants in the dashboard.
            granted = "" if _is_granted(role, number, length) else str(role) if whole else f"{role}@{where}"
            member = _member(f"{role}-{number}", role, "" if whole else letter, granted, addresses[number % 3 == 1])
            member.criteria = [] if whole else criteria_of(data, operation_of(letter))[LOADED:][number // 10 :: 2]
            crowd.append(member)
    return crowd


def _is_granted(role: Role, number: int, length: Length) -> bool:
    return role is Role.CONTRIBUTOR and number == length.people[1] - 1


def _member(name: str, role: Role, letter: str, granted: str, address: str) -> Member:
    headers = {"Cookie": cookie(name, granted, address)}
    visitor = Visitor(address, headers, lambda: None, random.Random(name))
    member = Member(f"{ISSUER}|{name}", role, letter, visitor)
    if letter:
        visitor.sees = lambda: frozenset() if member.is_shut_out else frozenset(letter)
    return member


async def _all_work(crowd: list[Member], length: Length, store: Path, folder: Path) -> Loads:
    """Everybody clicks while files are published, and one person's role is taken away and given back in between."""
    (granted,) = (one for one in crowd if one.role is Role.CONTRIBUTOR and one.subject.endswith(_last(length)))
    loads = Loads(store, folder, granted)
    await asyncio.to_thread(loads.grant, True)
    end = time.monotonic() + length.seconds

    def is_over() -> bool:
        done = loads.n_roles >= ROLES_MOVED and all(one.has_done_their_part for one in crowd)
        return time.monotonic() >= end + (0 if done else LATEST)

    working = [asyncio.create_task(one.work(is_over)) for one in crowd]
    while not is_over():
        await asyncio.sleep(length.every)
        await asyncio.to_thread(loads.publish_next)
    await asyncio.gather(*working)
    if granted.is_shut_out:
        await asyncio.to_thread(loads.grant, True)
    return loads


def _last(length: Length) -> str:
    return f"{Role.CONTRIBUTOR}-{length.people[1] - 1}"


def _found(crowd: list[Member], loads: Loads, store: Path) -> Found:
    missing = what_is_missing(crowd, loads, store)
    errors = [*loads.wrong, *(said for one in crowd for said in one.visitor.wrong)]
    seen = [said for said in errors if said.startswith("seen on")]
    spent = [ms for one in crowd for ms in one.visitor.spent]
    by_name = [one for one in crowd if one.letter]
    figures = (
        ("Sessions, of five roles, on two processes", f"{len(crowd)}"),
        ("Of them limited to an operation or a country", f"{len(by_name)}"),
        ("Reruns", f"{len(spent):,}"),
        ("Milliseconds of one rerun, median and p95", f"{median(spent):,.0f}, {quantiles(spent, n=20)[-1]:,.0f}"),
        ("Megabytes that were searched", f"{sum(one.visitor.n_bytes for one in crowd) / 1e6:,.0f}"),
        ("Answers confirmed", f"{sum(one.n_saved for one in crowd)}"),
        ("Reviews confirmed", f"{sum(len(one.reviewed) for one in crowd)}"),
        ("Files published meanwhile", f"{loads.n_files}"),
        ("Times a role was given or taken away", f"{loads.n_roles}"),
        ("Errors", f"{len(errors) - len(seen)}"),
        ("Lost, or without its author", f"{len(missing)}"),
        ("Seen of what must not be seen", f"{len(seen)}"),
    )
    idle = [f"{one.subject} was never shown an operation." for one in crowd if not one.visitor.n_named]
    nothing = [
        f"No {name} was confirmed." for name, n in zip(("answer", "review"), _confirmed(crowd), strict=True) if not n
    ]
    return Found(figures, tuple(dict.fromkeys([*errors, *missing, *idle, *nothing])))


def _confirmed(crowd: list[Member]) -> tuple[int, int]:
    return sum(one.n_saved for one in crowd), sum(len(one.reviewed) for one in crowd)
