"""Where does the server spend the time of a run? Queries, charts, the rest, in one session without a browser.

Every choice is new, so that nothing is answered from a cache. In addition, the search over everything is measured
without a page.
"""

import asyncio
import json
import random
import sys
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.browser import WELCOMED
from benchmarks.generate import SEED
from benchmarks.load import store_of
from benchmarks.servers import serving
from benchmarks.sessions import Session
from dashboard.queries.elements.search import index_of
from dashboard.store.reader import Published, Reader

PAGES = {
    "Overview": "",
    "Heat map": "heatmap",
    "Risks": "risks",
    "By right": "crosswalk?part=each_right",
    "Crosswalk": "crosswalk",
    "Side by side": "compare",
    "Changes": "changes",
}
"""The address of each page; the server would show the Overview for one that it does not know."""
FLOOR = "floor page"
ALIKE = {"Overview": "overview", "Heat map": "heatmap"}
"""What `pages/parts.py` adds to the floor page, by the page of ours that then has as many elements."""
SCENARIO = "a new scenario"
RUNS = 22
TURNS = 2
"""How often all pages are visited in turn, so that whatever else slows the machine slows them alike."""
WARM_UP = 2
SEARCHES = 200
FRAMEWORK, ROUND = "crbp", "2025"
"""Framework and round of scenarios; generated groups have both."""
CRITERIA = "SELECT criterion FROM criterion_card WHERE framework = $framework ORDER BY criterion_no"


def as_many_as(page: str) -> str:
    """Return the title of the page that has as many elements as one of ours, and none of our code."""
    return f"as many elements as {page}"


@dataclass(frozen=True)
class Parts:
    """The median milliseconds of a run spent on queries, on charts, and in total."""

    queries: float
    charts: float
    total: float


class Wanderer(Session):
    """A visitor who chooses another round, then one more risk area, in turn."""

    def choose(self) -> None:
        """Make a choice that was not made before."""
        name = "round" if len(self.spent) % 2 else "risk_area"
        step = len(self.spent) // 2 + 1
        options = self.offered(name)
        self.set(name, [options[step % len(options)]] if name == "round" else options[:step])


@dataclass
class Imagining(Session):
    """A visitor who opens a link to another scenario each time: one more criterion is assumed to be implemented."""

    criteria: tuple[str, ...] = ()

    def choose(self) -> None:
        """Open a scenario that nobody has seen before."""
        assumed = ",".join(f"all~{code}~implemented" for code in self.criteria[: len(self.spent) + 1])
        self.query = f"framework={FRAMEWORK}&imagined=called~{len(self.spent)},in~{ROUND},{assumed}"


def visitors(address: str, size: str) -> dict[str, Session]:
    """Return who visits what, by the title of the row."""
    draw = random.Random(SEED)
    known = {"Cookie": f"{WELCOMED}=later"}
    found: dict[str, Session] = {}
    for title, place in PAGES.items():
        page, _, query = place.partition("?")
        found[title] = Wanderer(address, draw, page, query, headers=known)
    published = Reader(store_of(size)).current()
    assert published is not None
    with published.cursor() as cursor:
        codes = cursor.execute(CRITERIA, {"framework": FRAMEWORK}).fetchall()
    for title in ("Overview", "Heat map"):
        page = PAGES[title]
        found[f"{title}, {SCENARIO}"] = Imagining(
            address, draw, page, headers=known, criteria=tuple(code for (code,) in codes)
        )
    return found


def measure(size: str) -> dict[str, Parts]:
    """Return the parts of a run of each page, of pages with as many elements, and of the floor page."""
    spent: dict[str, list[dict[str, float]]] = defaultdict(list)
    with ExitStack() as running:
        ours = running.enter_context(serving("ours", size))
        plain = {as_many_as(page): serving("parts", size, {"BENCH_PART": part}) for page, part in ALIKE.items()}
        plain[FLOOR] = serving("floor", size)
        servers = {title: running.enter_context(server) for title, server in plain.items()}
        people = visitors(ours.address, size)
        for title, server in servers.items():
            people[title] = Wanderer(server.address, random.Random(SEED), page="")
        for turn in range(1, TURNS + 1):
            for title, visitor in people.items():
                spent[title] += _visit(visitor, servers.get(title, ours).timing, RUNS * turn // TURNS)
    return {title: _parts(runs) for title, runs in spent.items()}


def _visit(visitor: Session, timing: Path, until: int) -> list[dict[str, float]]:
    """Click until that many choices are made; return what each run cost, `inf` for all if a run did not end."""
    timing.unlink(missing_ok=True)
    ready = asyncio.Event()
    ready.set()
    try:
        asyncio.run(visitor.click(until, ready, [0.0]))
    except TimeoutError:
        return [{"total": inf}]
    # The first opens the page anew, with what was chosen before.
    lines = [json.loads(line) for line in timing.read_text("utf-8").splitlines()][1 + WARM_UP :]
    if {line["page"] for line in lines} != {visitor.page}:
        raise RuntimeError(f"{visitor.page or 'Overview'}: another page was shown")
    return lines


def _parts(runs: list[dict[str, float]]) -> Parts:
    if any(run["total"] == inf for run in runs):
        return Parts(inf, inf, inf)
    return Parts(*(median(run.get(part, 0.0) for run in runs) for part in ("queries", "charts", "total")))


@dataclass(frozen=True)
class Search:
    """Milliseconds of one search, once the words of the publication are read."""

    median: float
    p95: float
    searches: int


def measure_search(size: str) -> Search:
    """Search for one to four words of a title, every other time with a typing error; each search is new."""
    published = Reader(store_of(size)).current()
    assert published is not None
    spent = []
    for words in _sought(published, SEARCHES + WARM_UP):
        started = perf_counter()
        index_of(published, "en").find(" ".join(words))
        spent.append(1000 * (perf_counter() - started))
    spent = spent[WARM_UP:]
    return Search(median(spent), quantiles(spent, n=20)[-1], len(spent))


def _sought(published: Published, n: int) -> list[tuple[str, ...]]:
    """Return `n` searches, drawn from the titles of guidance and cases and the texts of criteria."""
    titles = published.cursor().sql(
        "SELECT title FROM guidance UNION ALL SELECT title FROM case_study "
        "UNION ALL SELECT text FROM criterion ORDER BY 1"
    )
    draw, texts = random.Random(SEED), [title.lower().split() for (title,) in titles.fetchall()]
    searches = []
    for turn in range(n):
        words = [word for word in draw.choice(texts) if len(word) > 3]
        words = draw.sample(words, min(len(words), draw.randint(1, 4)))
        if turn % 2:
            at = draw.randrange(1, len(words[0]))
            words[0] = words[0][:at] + words[0][at + 1 :]
        searches.append(tuple(words))
    return searches


if __name__ == "__main__":
    print("search", measure_search("sample"))
    for size in sys.argv[1:] or ["sample"]:
        for page, parts in measure(size).items():
            print(size, page, parts)
