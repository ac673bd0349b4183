"""Do saved views and tours tell of operations that who opens them does not see? By list, link, search and file."""

import asyncio
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

from dashboard.model.pages import PAGES
from dashboard.model.tour import Step
from dashboard.store.locking import Writer
from dashboard.store.named_files import save_view
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.canary import MARK
from tests.conftest import TODAY
from tests.long.marked import others_in, publish_marked
from tests.long.signin.collector import Collector
from tests.long.signin.signing import cookie, signing_in
from tests.long.trial import Found
from tests.ui.versions.test_sight import plain

TITLE = "saved views and tours that name others"
WHO = {
    "viewer of one operation": (f"viewer@operation:{MARK}-op-b", "", "b"),
    "contributor of one operation, names hidden": (f"contributor@operation:{MARK}-op-c", "yes", ""),
    "reviewer of one operation": (f"reviewer@operation:{MARK}-op-c", "", "c"),
    "no role": ("", "", ""),
    "administrator, names hidden": ("admin", "yes", ""),
}
"""Who looks: the role, whether names are hidden, and whose operations they see by name."""
FEW = ("viewer of one operation", "administrator, names hidden")
OTHERS = "defghijk"
"""Letters of operations that only the administrator sees by name."""
FORMS = ("{}", "**{}**", "{}'s", "({})", "_{}_")
"""How a text may name somebody."""
LINKED = f"{MARK}-op-d"
"""The operation that links name."""


@dataclass
class Looker(Collector):
    """Somebody who looks, and searches also what is packed in files."""

    hidden: str = ""
    n_files: int = 0
    n_saved: int = field(default=0)
    """How often the pack of saved views was on offer."""

    async def looks(self, page: str, **asked: str) -> None:
        """Open a page with all that folds on it, have its files made, and search each of them."""
        await self.open_whole(page, urlencode(asked | ({"safe": "yes"} if self.hidden else {})))
        for made in self.made_on_request[:8]:
            await self.reads_file(await self.asks_for(made))

    def _search(self, content: bytes, sees: frozenset[str] | None, where: str) -> None:
        """What the link itself says may be repeated."""
        super()._search(content.replace(f"“{LINKED}”".encode(), b""), sees, where)

    async def reads_file(self, address: str) -> None:
        if not address.startswith("/media/"):
            self.wrong.append(f"{self.page}: {address}")
            return
        self.n_files += 1
        _, content = await asyncio.to_thread(self._read, address)
        sees = self.sees() or frozenset()
        self.wrong += [
            f"seen in a file of {self.page}: {text!r}" for text in others_in(plain(content).encode(), sees)[:1]
        ]

    async def packs(self, page: str) -> None:
        """Make a pack, of saved views if they are on offer, or all the same."""
        await self.looks(page)
        choice = self.widget("pack_views")
        if choice is None:
            return
        saved = [one for one in self.options[choice] if "saved" in one.lower()]
        self.n_saved += bool(saved)
        for wanted in (*saved, "saved", "Saved views"):
            self.values[choice] = wanted
            before = set(self.addresses)
            await self.press("pack_make")
            for address in sorted(self.addresses - before):
                await self.reads_file(address)


def trial(long: bool, folder: Path) -> Found:
    store, _ = publish_marked(folder)
    _name_others(store, folder)
    with signing_in(folder, store) as (address,):
        found = [asyncio.run(_looks(address, name, long)) for name in WHO if long or name in FEW]
    figures = (
        ("People who looked", f"{len(found)}"),
        ("Pages, searches and packs opened", f"{sum(len(one.spent) for one in found):,}"),
        ("Files made and unpacked", f"{sum(one.n_files for one in found):,}"),
        ("Megabytes searched", f"{sum(one.n_bytes for one in found) / 1e6:,.1f}"),
        ("Names of operations met, of those that may be seen", f"{sum(one.n_named for one in found):,}"),
    )
    idle = [] if any(one.n_named for one in found) else ["Nobody was shown an operation by name."]
    idle += [] if any(one.n_files for one in found) else ["No file was made."]
    return Found(figures, tuple(dict.fromkeys([*(said for one in found for said in one.wrong), *idle])))


def _name_others(store: Path, folder: Path) -> None:
    """Save a view and publish a tour for each operation, in whose own words it is named."""
    writer = Writer("host", "names others")
    for letter in OTHERS:
        tel, land = f"{MARK.title()}tel {letter}", f"{MARK.title()}land {letter}"
        step = Step.of_view("country", {"operation": f"{MARK}-op-{letter}"}, f"View of {tel}", f"What {land} has done")
        assert save_view(store, step, writer) is None
    outcome = publish(Load(store, [_tour(folder)], replace(writer, role="host"), TODAY))
    assert outcome.revision is not None, outcome.problems


def _tour(folder: Path) -> Path:
    """A tour whose steps open no place of others, which would take it away, but name them in their words."""
    steps = "".join(
        f'  - {{page: {page}, title: "Of {form.format(f"{MARK}-op-{letter}")}", '
        f'text: "Where {form.format(f"{MARK}TEL {letter.upper()}")} stands in {form.format(f"{MARK}land {letter}")}", '
        f'note: "Ask {form.format(f"{MARK.title()}tel {letter}")}"}}\n'
        for page, letter, form in zip(("country", "heatmap", "plan", "compare", "risks"), OTHERS, FORMS, strict=False)
    )
    path = folder / "frameworks" / "tours" / "others.yaml"
    head = f"schema_version: 1\ntour: others\ntitle: Through {MARK}land d\naudience: Board of {MARK}tel d\nminutes: 5\n"
    path.write_text(f"{head}steps:\n{steps}", "utf-8")
    return path.parents[1]


async def _looks(address: str, name: str, long: bool) -> Looker:
    role, hidden, letters = WHO[name]
    header = {"Cookie": cookie(name.replace(" ", "-").replace(",", ""), role, address)}
    one = Looker(address, header, lambda: frozenset(letters), random.Random(name), hidden=hidden)
    await one.enter()
    await one.open("heatmap", "safe=yes" if hidden else "")
    for page, asked in _links(long):
        await one.looks(page, **asked)
    for page in ("heatmap", "country")[: None if long else 1]:
        await one.packs(page)
    for typed in (f"{MARK}tel", LINKED, "View of", "Through")[: None if long else 1]:
        await one.looks("heatmap")
        await one.press("search_open")
        if (box := one.widget("search_typed")) is not None:
            one.values[box] = typed
            await one.run()
    for page in ("tours", "views", "presenter", "present")[: None if long else 2]:
        await one.reads(f"/api/{page}.csv")
    await one.leave()
    return one


def _links(long: bool) -> list[tuple[str, dict[str, str]]]:
    """Links that name a tour, its steps, an earlier publication, or what is out of sight."""
    tours = [("own", 2), ("others", 5)]
    links: list[tuple[str, dict[str, str]]] = [("present", {}), ("", {}), ("data", {"part": "publications"})]
    for tour, n in tours:
        for step in range(1, n + 1)[: None if long else 2]:
            asked = {"tour": tour, "tour_step": f"{step}"}
            links += [(page, asked) for page in ("presenter", "heatmap", "present")[: None if long else 2]]
            links += [("heatmap", asked | {"publication": "1"})]
    links += [("collect", {"part": "own"}), ("collect", {"part": "own", "operation": LINKED})]
    if long:
        links += [
            ("heatmap", {"imagined": f"in~2025,{LINKED}~CRBP-01.b~no"}),
            ("overview", {"tour": "others", "back": "country?operation=a"}),
        ]
        links += [(page, {"operation": LINKED}) for page in PAGES]
    return links
