"""Every page there is. A new page is its script in `pages/`, its room, its words, and one entry here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

FIGURES = "figures"


@dataclass(frozen=True)
class Page:
    """One page of the navigation.

    `shows` is the column of `store/publishing/tour_matches.sql` that counts what the filters leave of it: a step of a
    tour with nothing left is told. `parts` are the parts it has, in order, the first one open at first; a part that
    shows something else than the page says what. `tables` are its figures for other tools, the first one first: names
    of questions, each with the fields of the view that must be chosen before it has rows.
    """

    section: str
    shown: bool = True
    """Whether it stands in the navigation; else it is reached from other pages."""
    in_tours: bool = True
    """Whether a step of a tour may open it."""
    shows: str = FIGURES
    parts: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def counted(self, part: str) -> str:
        """What is counted to know whether the filters leave something: of an open part, or of the page."""
        return self.parts.get(part) or self.shows


RISKS = {
    "gaps": None,
    "settings": None,
    "likelihood": None,
    "opportunities": "openings",
    "rights": None,
    "map": None,
    "context": None,
}
PLAN = {
    "todo": None,
    "board": None,
    "timeline": None,
    "gains": FIGURES,
    "next_best": FIGURES,
    "targets": FIGURES,
    "grid": FIGURES,
    "write": FIGURES,
}
ASSESS = {"collect": None, "answer": None, "owed": None, "check": None}


def _tables(*free: str, **needing: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Questions that need nothing chosen, then those that do."""
    return MappingProxyType({**dict.fromkeys(free, ()), **needing})


COUNTRY_TABLES = _tables(
    "answers",
    operation_reading=("operation",),
    operation_areas=("operation",),
    operation_risks=("operation",),
)
PLAN_TABLES = _tables("plan", "plan_unplanned", "targets", next_best=("operation", "focus"))
RISK_TABLES = _tables(
    "risk_list", "opportunity_list", "risk_rights", "risk_map", "risk_checks", "places", quadrant=("indicator",)
)
OUTSIDE = frozenset({"places", "quadrant"})
"""Tables of outside facts, which tell one country from another: there are none while names are hidden."""

PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "overview": Page("summary", tables=_tables("headline", "areas", "exposures", "decisions")),
        "heatmap": Page("summary", tables=_tables("heatmap")),
        "country": Page("summary", tables=COUNTRY_TABLES),
        "compare": Page("compare", tables=_tables(compare_figures=("subject",))),
        "changes": Page("compare", tables=_tables(changes=("earlier",), changes_moves=("earlier",))),
        "review": Page("compare", tables=_tables(review=("criterion",))),
        "risks": Page("understand", shows="risks", parts=RISKS, tables=RISK_TABLES),
        "rights": Page("understand", tables=_tables("rights")),
        "frameworks": Page("understand", shows="criteria", tables=_tables("standard", "standard_areas")),
        "crosswalk": Page("understand", tables=_tables("projected", crosswalk=("against",))),
        "editions": Page("understand"),
        "setting": Page("understand", shows="risks", tables=_tables("settings")),
        "guidance": Page(
            "act",
            parts={"for_you": None, "browse": "guidance"},
            tables=_tables("guidance_for_you", "guidance_list"),
        ),
        "cases": Page("act", shows="cases", tables=_tables("cases")),
        "plan": Page("act", shows="actions", parts=PLAN, tables=PLAN_TABLES),
        "assess": Page("act", parts=ASSESS, tables=_tables("owed", "owed_functions", "owed_rounds", "agreement")),
        "whatif": Page("act", in_tours=False),
        "workshop": Page("act", in_tours=False),
        "room": Page("act", in_tours=False),
        "outcome": Page("act", shown=False, shows="risks"),
        "guidance_item": Page("act", shown=False, shows="one_guidance"),
        "case": Page("act", shown=False, shows="one_case"),
        "presenter": Page("act", shown=False, in_tours=False),
        "number": Page("data", shown=False),
        "data": Page(
            "data",
            shows="anything",
            parts={"sources": None, "robustness": FIGURES},
            tables=_tables("contents", "sources", "versions", "method", "robustness"),
        ),
    }
)
"""Every page by the name of its script, its address and its words, in the order of the navigation."""

FRONT = next(iter(PAGES))
"""The page that an address without a name opens."""
WORKSHOP = "workshop"
"""Where tours are started."""
COLUMNS = (("summary", "compare", "act"), ("understand", "data"))
"""Which sections stand under each other in the two columns of the navigation."""
IN_TOURS = tuple(name for name, page in PAGES.items() if page.in_tours)
PARTS = tuple(part for page in PAGES.values() for part in page.parts)
"""The parts of all pages; no two bear one name."""


def url_path(name: str) -> str:
    """The address of a page below that of the server."""
    return "" if name == FRONT else name


def sections() -> dict[str, tuple[str, ...]]:
    """The pages of each section, in order."""
    names = dict.fromkeys(page.section for page in PAGES.values())
    return {section: tuple(name for name, page in PAGES.items() if page.section == section) for section in names}
