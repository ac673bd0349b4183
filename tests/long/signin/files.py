"""Does anybody get a file that a page made for somebody else? All that pages offer one person, asked for by others."""

import asyncio
import http.client
import random
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from dashboard.model.pages import PAGES
from tests.long.marked import publish_marked
from tests.long.signin.collector import Collector
from tests.long.signin.signing import cookie, signing_in
from tests.long.trial import Found

TITLE = "files of one person asked for by others"
OTHERS = {
    "viewer of one operation": "viewer@operation:qxv-op-b",
    "reviewer of one country": "reviewer@country:TGO",
    "no role": "",
    "another administrator": "admin",
}
"""Roles of others who are signed in, by what they are called."""
FEW = ("heatmap", "plan")
"""The pages that the short form opens."""
WAYS = (
    ("GET", "{}", ()), ("HEAD", "{}", ()), ("GET", "{}", (("Range", "bytes=0-9"),)), ("GET", "{bare}.x", ()),
    ("GET", "{bare}", ()), ("GET", "{}?a=b", ()), ("GET", "/heatmap{}", ()), ("GET", "/static/..{}", ()),
    ("GET", "/{}", ()), ("GET", "/x/..{}", ()), ("GET", "/%6dedia/{name}", ()), ("GET", "/media/./{name}", ()),
    ("GET", "/media//{name}", ()), ("GET", "/static/media/{name}", ()), ("GET", "/media/x/static/../../{name}", ()),
)  # fmt: skip
"""In which ways the address of a file is asked for: method, form of the address, further headers."""


@dataclass
class Asked:
    """What came of asking for the files of another."""

    tries: int = 0
    got: int = 0
    own: int = 0
    wrong: tuple[str, ...] = ()


def trial(long: bool, folder: Path) -> Found:
    store, _ = publish_marked(folder)
    with signing_in(folder, store) as (address,):
        owner, asked = asyncio.run(_all_asked(long, address))
    figures = (
        ("Pages opened, with all that folds", f"{len(_pages(long))}"),
        ("Files offered", f"{len(owner.addresses)}"),
        ("Times others asked for one of them", f"{asked.tries:,}"),
        ("Of these answered with a file", f"{asked.got}"),
        ("Files that their owner gets", f"{asked.own}"),
    )
    idle = () if asked.own == len(owner.addresses) > 0 else ("The owner does not get every file.",)
    return Found(figures, (*asked.wrong, *owner.wrong, *idle))


def _pages(long: bool) -> list[tuple[str, str]]:
    """The pages and their parts, as a link names them."""
    names = [name for name in PAGES if long or name in FEW]
    return [
        (name, f"part={part}" if part else "")
        for name in names
        for part in (*PAGES[name].parts, "")[: None if long else 1]
    ]


async def _all_asked(long: bool, address: str) -> tuple[Collector, Asked]:
    """One person opens pages and has files made; the others ask for them while those pages are open."""
    owner = _somebody(address, "owner", "admin")
    others = {name: _somebody(address, name.replace(" ", "-"), role) for name, role in OTHERS.items()}
    asked = Asked()
    for one in (owner, *others.values()):
        await one.enter()
        await one.open("heatmap")
    for page, query in _pages(long):
        await owner.open_whole(page, query)
        for made in [*owner.made_on_request][: None if long else 3]:
            await _press(owner, made, others, asked)
        await asyncio.to_thread(_ask_all, address, owner, others, asked)
    for one in (owner, *others.values()):
        await one.leave()
    return owner, asked


def _somebody(address: str, name: str, role: str) -> Collector:
    return Collector(address, {"Cookie": cookie(name, role, address)}, lambda: None, random.Random(name))


async def _press(owner: Collector, made: str, others: dict[str, Collector], asked: Asked) -> None:
    """Others try to have a file made by its id, then its owner does."""
    for name, one in others.items():
        asked.tries += 1
        if not (answer := await one.asks_for(made)).startswith("no file"):
            asked.got += 1
            asked.wrong += (f"{name} has a file made that was offered to somebody else: {answer}",)
    got = await owner.asks_for(made)
    if got.startswith("no file"):
        asked.wrong += (f"The owner gets {got}",)
    else:
        owner.addresses.add(got)


def _ask_all(address: str, owner: Collector, others: dict[str, Collector], asked: Asked) -> None:
    held = {name: dict(one.headers) for name, one in others.items()} | {"nobody": {}, "a forged cookie": FORGED}
    with closing(http.client.HTTPConnection(address)) as connection:
        for file in sorted(owner.addresses):
            asked.own += _gets(connection, "GET", file, dict(owner.headers))
            for name, headers in held.items():
                if file in (others[name].addresses if name in others else ()):
                    continue
                for method, form, more in WAYS:
                    path = form.format(file, bare=file.partition(".")[0], name=file.rpartition("/")[2])
                    asked.tries += 1
                    if _gets(connection, method, path, headers | dict(more)):
                        asked.got += 1
                        asked.wrong += (f"{name} gets {method} {path}",)


FORGED = {"Cookie": "_streamlit_user=eyJhIjoxfQ.aaaaaa.bbbbbbbb"}


def _gets(connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str]) -> bool:
    """Whether a file is answered. Any other address ends on the page, which is no file."""
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status in (200, 206) and "text/html" not in answer.headers.get("content-type", "")
