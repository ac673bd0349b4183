"""Does any text from others become more than its own characters on a page? Checked in a browser, page by page."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from dashboard.model.pages import PAGES, url_path
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.browser.conftest import ARGUMENTS, LAPTOP, PROGRAM, running, someone, still
from tests.conftest import TODAY
from tests.hostile import seen
from tests.hostile_group import ALL, MARKER, decide, write_hostile
from tests.long.trial import Found

TITLE = "texts of others on every page"
MORE = {
    "overview": ("country=GHA,COL", "tour=executive&tour_step=1"),
    "heatmap": ("framework=cop-2014&kind=support",),
    "compare": ("subject=gha-op,col-op,region.africa", "subject=gha-op,gha-op@2024&by=risk_area"),
    "country": ("operation=gha-op&round=2024", "operation=HQ&framework=cop-2014"),
    "crosswalk": ("by=right",),
    "review": ("criterion=CRBP-02.a",),
    "number": ("country=GHA&principle=CRBP-02", "kind=support"),
    "case": ("case_study=C14", "case_study=C11"),
    "guidance_item": ("guidance=G-vendors-child-found-selling", "guidance=G-ads-near-children"),
    "presenter": ("tour=executive&tour_step=1",),
    "plan": ("action=A-001", "show_as=form", "show_as=grid", "show_as=board", "show_as=timeline"),
    "frameworks": ("framework=cop-2020",),
    "setting": ("setting=retail_agents",),
}
VISITS = [
    (name, query)
    for name in PAGES
    for query in ("", *(f"part={part}" for part in list(PAGES[name].parts)[1:]), *MORE.get(name, ()))
]
SHORT = [("guidance", ""), ("data", ""), ("data", "part=publications")]
ROUNDS = 2
"""How often the whole walk is made, each time with other texts in every place."""
GATHER = Path(__file__).with_name("texts.js").read_text("utf-8")
TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066\u2067]")
CUT = "…"
WAIT = 120_000
"""Milliseconds; other trials may keep the machine busy."""


@dataclass
class Walk:
    """What was seen so far: how often each text occurred, in how many places, and which had become something else."""

    seen: Counter[int] = field(default_factory=Counter)
    pages: int = 0
    wrong: dict[str, str] = field(default_factory=dict)

    def look(self, page: Page, where: str) -> None:
        """Read every text that is on the page now."""
        self.pages += 1
        for place in page.evaluate(GATHER):
            for number, fault in faults(place):
                self.seen[number] += 1
                if fault:
                    self.wrong.setdefault(f"{where}: {fault}", "")


def faults(place: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """For every marker in one run of text: the number of its text, and what is wrong, empty if nothing is."""
    # Our own sentences put some titles into lower case.
    text = seen(place["text"]).lower()
    for found in MARKER.finditer(text):
        number = int(found[2])
        wanted = seen(ALL[number]).lower()
        if found[1] == "qz":
            before = text[: found.start()].rstrip()
            # A chart truncates a word that is too wide, even within a text.
            cut_within = wanted.endswith(before.rpartition(CUT)[2]) if CUT in before and place["chart"] else False
            whole = before.endswith(wanted) or cut_within
        else:
            behind = text[found.end() :].lstrip()
            cut = behind.partition(CUT)[0].rstrip() if CUT in behind else None
            whole = behind.startswith(wanted) or (cut is not None and wanted.startswith(cut)) or not behind
        told = f"{place['place']}: {text[max(0, found.start() - 60) : found.end() + 60]!r}, expected {wanted[:60]!r}"
        if not whole:
            yield number, f"not its own characters in {told}"
        elif place["coded"]:
            yield number, f"read as code in {told}"
        elif place["markdown"] and TURNS.search(place["text"]):
            yield number, f"a mark that turns the direction in {told}"
        else:
            yield number, ""


def trial(long: bool, folder: Path) -> Found:
    """Publish a hostile group and read all its pages; only two in the short form."""
    walk = Walk()
    for number in range(ROUNDS if long else 1):
        _walk(walk, folder / str(number), number * len(ALL) // ROUNDS, VISITS if long else SHORT, long)
    n_pages, n_parts = len({name for name, _ in (VISITS if long else SHORT)}), len(VISITS if long else SHORT)
    figures = (
        ("Texts, each made to be read as something else", str(len(ALL))),
        ("Of these seen on a page", str(len(walk.seen))),
        ("Pages", str(n_pages)),
        ("Addresses of pages, with their parts", str(n_parts)),
        ("Places where a text was seen", f"{walk.seen.total():,}"),
        ("Texts that became something else", str(len(walk.wrong))),
    )
    unseen = len(ALL) - len(walk.seen) if long else len(ALL) // 2 - len(walk.seen)
    return Found(figures, (*walk.wrong, *([f"{unseen} texts were seen on no page"] if unseen > 0 else [])))


def _walk(walk: Walk, folder: Path, start: int, visits: list[tuple[str, str]], long: bool) -> None:
    folder.mkdir()
    folders, corpus = write_hostile(folder, start)
    outcome = publish(Load(folder / "store", folders, Writer(corpus.marked("role"), corpus.marked("why")), TODAY))
    assert outcome.revision, outcome.problems
    decide(folder / "store", corpus)
    with running(folder / "store") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(ARGUMENTS))
        page = someone(browser, viewport=LAPTOP).new_page()
        for name, query in visits:
            page.goto(f"{address}/{url_path(name)}?{query}")
            _wait(page)
            walk.look(page, f"{name}?{query}")
            if long:
                _open_all(page)
                walk.look(page, f"{name}?{query}, opened")
        browser.close()


def _open_all(page: Page) -> None:
    """Open what can be opened without leaving the page: expanders, and tables beside charts."""
    for what in ("[data-testid=stExpander] summary", "[data-testid=stMain] [data-testid=stCheckbox] label"):
        for one in page.locator(what).all():
            if one.is_visible():
                one.click()
                _wait(page)


def _wait(page: Page) -> None:
    """Wait until the page is stable, including lazily loaded parts, and charts are drawn."""
    page.locator("[data-testid=stMain] [data-testid=stMarkdownContainer]").first.wait_for(
        state="attached", timeout=WAIT
    )
    still(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=WAIT)
    page.wait_for_load_state("networkidle")
    still(page)
