"""Every page. A new page is a script in `pages/`, its room, its words, and one entry here.

A page and what is selected on it are one short text, for a URL or a table: `heatmap;country:GHA!BOL;round:2024` is the
heat map of two countries in one round. None of these separators needs escaping in a URL, and none may occur in a code.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from dashboard.model.filters import FILTERS

FIGURES = "figures"
EVERY = ("framework", "round", "kind", *FILTERS, "counting")
"""All that the filter bar can hold."""
BOTH = tuple(name for name in EVERY if name != "kind")
"""What narrows a page that shows respect beside support, or neither."""
MORE = ("right", "setting", "function", "counting")
"""What the bar shows behind *More filters* until it is chosen, on pages that are not about it."""
OWN_PART = "own"
"""The part that shows what one person has to do; there is none for anybody else."""
WHOLE = ("",)
"""Instead of parts: the page, which has none."""


@dataclass(frozen=True)
class Page:
    """One page, and the navigation menu that it belongs to.

    `shows` is the column of `store/load/lists/tour_matches.sql` that counts what the filters leave of it: a step of a
    tour with nothing left is reported. `parts` are in order, the first one open by default; a part that shows something
    else says what. `tables` are figures for other tools, the default first: questions, each with the fields it needs.
    """

    menu: str
    shown: bool = True
    """Whether it appears in the navigation; otherwise other pages lead to it."""
    in_tours: bool = True
    """Whether a step of a tour may open it."""
    shows: str = FIGURES
    risks: tuple[str, ...] = ()
    """The parts that show risks, so that they say how many of them no principle can keep; `WHOLE` is a page itself."""
    risks_as: str = ""
    """The way in which it shows risks, if it does so only when it is shown like that."""
    one: tuple[str, ...] = ()
    """The parts that show one operation of those that the filter of countries keeps."""
    as_answered: tuple[str, ...] = ()
    """The parts whose figures stay as answered, however answers count elsewhere; `WHOLE` is a page itself."""
    compares: tuple[str, ...] = ()
    """The parts that keep to the criteria that all have answered, if that is chosen; `WHOLE` is a page itself."""
    obeys: tuple[str, ...] = BOTH
    """The filters that narrow it, in order: the bar has no others."""
    obey: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """The filters of parts that are narrowed by fewer, or by respect or support too."""
    about: tuple[str, ...] = ()
    """Filters that the bar shows at once, though other pages fold them."""
    parts: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def counted(self, part: str) -> str:
        """What is counted to know whether the filters leave something: for an open part, or for the page."""
        return self.parts.get(part) or self.shows

    def filters(self, part: str) -> tuple[str, ...]:
        """What narrows an open part, or the page."""
        return self.obey.get(self._open(part), self.obeys)

    def shows_risks(self, part: str, show_as: str) -> bool:
        """Whether an open part, or the page, shows risks in the way in which it is shown."""
        return self._open(part) in self.risks or show_as == self.risks_as != ""

    def stays_as_answered(self, part: str) -> bool:
        """Whether the figures of an open part, or of the page, stay as answered."""
        return self._open(part) in self.as_answered

    def keeps_to_common(self, part: str) -> bool:
        """Whether an open part, or the page, keeps to the criteria that all have answered."""
        return self._open(part) in self.compares

    def shows_one(self, part: str) -> bool:
        """Whether an open part shows one operation."""
        return self._open(part) in self.one

    def _open(self, part: str) -> str:
        """The part that is open: unless one is named, the first that is there for everybody; empty if there is none."""
        return part or next((one for one in self.parts if one != OWN_PART), "")


@dataclass(frozen=True)
class MovedPage:
    """What became of a page: a page, a part of it and how that is shown, and its table; empty by default."""

    page: str
    part: str = ""
    table: str = ""
    view: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What else must be chosen there, unless the link chooses it."""

    def parameters(self, chosen: Container[str]) -> dict[str, str]:
        """What the address holds besides the fields that a link has chosen."""
        more = {name: code for name, code in self.view.items() if name not in chosen}
        return {"part": self.part, **more} if self.part else more


COUNTRY = {"summary": None, "answers": None, "own_risks": "risks", "heard": None, "facts": None}
RISKS = {
    "gaps": None,
    "settings": None,
    "opportunities": "openings",
}
CROSSWALK = {"areas": None, "each_right": None}
PLAN = {"actions": None, "effects": FIGURES, "targets": FIGURES}
COLLECT = {"own": None, "collect": None, "answer": None, "owed": None, "check": None}


PRESENT = {"tours": None, "outcome": "risks", "vote": None}


def _tables(*free: str, **needing: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Questions that need no selection, then those that do."""
    return MappingProxyType({**dict.fromkeys(free, ()), **needing})


COUNTRY_TABLES = _tables(
    "answers",
    "participation",
    "law",
    operation_reading=("operation",),
    operation_areas=("operation",),
    operation_risks=("operation",),
)
COLLECT_TABLES = _tables("owed", "owed_functions", "owed_rounds", "agreement", "evidence_items", "answer_comments")
PLAN_TABLES = _tables("plan", "plan_unplanned", "targets", next_best=("operation", "focus"))
RISK_TABLES = _tables(
    "risk_list",
    "settings",
    "opportunity_list",
    "risk_map",
    "risk_checks",
)
HIDDEN = frozenset({"places", "answers", "law", "changes_moves", "next_best", "review"})
"""Tables that are not there while names are hidden: outside facts would identify countries, the others list answers."""

PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "overview": Page(
            "overview",
            compares=WHOLE,
            risks=WHOLE,
            tables=_tables("headline", "areas", "exposures", "decisions", "failures"),
        ),
        "country": Page(
            "country",
            risks=("summary", "own_risks"),
            one=tuple(COUNTRY),
            obey={"summary": EVERY, "answers": EVERY},
            parts=COUNTRY,
            tables=COUNTRY_TABLES,
        ),
        "heatmap": Page("compare", compares=WHOLE, obeys=EVERY, risks_as="map", tables=_tables("heatmap", "places")),
        "compare": Page("compare", compares=WHOLE, obeys=EVERY, tables=_tables(compare_figures=("subject",))),
        "changes": Page(
            "compare",
            as_answered=WHOLE,
            compares=WHOLE,
            obeys=EVERY,
            tables=_tables(changes=("earlier",), changes_moves=("earlier",)),
        ),
        "review": Page("compare", tables=_tables(review=("criterion",))),
        "risks": Page(
            "risks",
            shows="risks",
            risks=tuple(RISKS),
            obey={"settings": EVERY},
            about=("setting",),
            parts=RISKS,
            tables=RISK_TABLES,
        ),
        "frameworks": Page(
            "standards", shows="criteria", tables=_tables("standard", "standard_areas", "beside_points", "instruments")
        ),
        "crosswalk": Page(
            "standards",
            obeys=EVERY,
            parts=CROSSWALK,
            risks=("each_right",),
            tables=_tables("rights", "risk_rights", crosswalk=("against",)),
        ),
        "guidance": Page(
            "act", shows="guidance", about=("setting",), tables=_tables("guidance_for_you", "guidance_list")
        ),
        "cases": Page("act", shows="cases", about=("setting",), tables=_tables("cases")),
        "plan": Page(
            "act",
            shows="actions",
            compares=("effects",),
            obey={"effects": EVERY},
            about=("setting",),
            parts=PLAN,
            tables=PLAN_TABLES,
        ),
        "whatif": Page("act", in_tours=False, compares=WHOLE, risks=WHOLE, obeys=EVERY),
        "collect": Page(
            "data",
            one=("answer",),
            obey={"own": (), "collect": ("framework", "round", "country")},
            parts=COLLECT,
            tables=COLLECT_TABLES,
        ),
        "data": Page(
            "data",
            shows="anything",
            obey={"sources": (), "publications": (), "robustness": EVERY},
            as_answered=("robustness",),
            compares=("robustness",),
            parts={"sources": None, "publications": None, "robustness": FIGURES},
            tables=_tables("contents", "sources", "versions", "method", "robustness"),
        ),
        "present": Page("present", obey={"tours": ()}, parts=PRESENT),
        "presenter": Page("present", shown=False, in_tours=False, obeys=()),
        "guidance_item": Page("act", shown=False, shows="one_guidance"),
        "case": Page("act", shown=False, shows="one_case"),
        "number": Page("data", shown=False, compares=WHOLE, obeys=EVERY),
    }
)
"""Every page by its name, which its script, address and words share, in the order of the navigation."""

FRONT = next(iter(PAGES))
"""The page that opens for an address without a name."""
TOURS = "present"
"""Where tours are started."""
MOVED: Mapping[str, MovedPage] = MappingProxyType(
    {
        "setting": MovedPage("risks", "settings", "settings"),
        "rights": MovedPage("crosswalk", "each_right", "rights"),
        "editions": MovedPage("crosswalk", "areas"),
        "assess": MovedPage("collect"),
        "workshop": MovedPage("present", "tours"),
        "outcome": MovedPage("present", "outcome"),
        "room": MovedPage("present", "vote"),
    }
)
"""Former addresses, and what each opens now."""
FORMER_PARTS: Mapping[str, MovedPage] = MappingProxyType(
    {
        "by_setting": MovedPage("risks", "settings"),
        "received": MovedPage("data", "publications"),
        "twice": MovedPage("crosswalk", "areas"),
        "map": MovedPage("heatmap", view={"show_as": "map"}),
        "context": MovedPage("heatmap", view={"show_as": "map", "shade": "context"}),
        "editions": MovedPage("crosswalk", "areas"),
        "rights": MovedPage("crosswalk", "each_right"),
        "method": MovedPage("data", "sources"),
        "beside": MovedPage("frameworks"),
        "likelihood": MovedPage("country", "own_risks"),
        "own_plan": MovedPage("plan", "actions"),
        "todo": MovedPage("plan", "actions"),
        "board": MovedPage("plan", "actions", view={"show_as": "board"}),
        "timeline": MovedPage("plan", "actions", view={"show_as": "timeline"}),
        "grid": MovedPage("plan", "actions", view={"show_as": "grid"}),
        "write": MovedPage("plan", "actions", view={"show_as": "form"}),
        "gains": MovedPage("plan", "effects"),
        "next_best": MovedPage("plan", "effects"),
        "for_you": MovedPage("guidance"),
        "browse": MovedPage("guidance"),
    }
)
"""Former parts, and the page and part nearest to each, which a link to it opens now."""
FORMER_TABLES: Mapping[str, MovedPage] = MappingProxyType(
    {
        "projected": MovedPage("crosswalk", table="crosswalk"),
        "quadrant": MovedPage("heatmap", table="places"),
    }
)
"""Former tables for other tools, and what is nearest to each."""
MOVED_TABLES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **{("crosswalk", table): "frameworks" for table in ("beside_points", "instruments")},
        ("risks", "places"): "heatmap",
        ("risks", "risk_rights"): "crosswalk",
    }
)
"""Tables that were on another page before, by that page and their name, and where they are now."""
IN_TOURS = tuple(name for name, page in PAGES.items() if page.in_tours)
PARTS = tuple(part for page in PAGES.values() for part in page.parts)
"""The parts of all pages; no two have the same name."""


def led_on(page: str, part: str = "") -> MovedPage:
    """The page and part that a link to these opens now, and what else it chooses there."""
    if page in MOVED:
        page, part = MOVED[page].page, part or MOVED[page].part
    return FORMER_PARTS.get(part) or MovedPage(page, part)


def url_path(name: str) -> str:
    """The path of a page on the server."""
    return "" if name == FRONT else name


def menus() -> dict[str, tuple[str, ...]]:
    """The pages that each menu of the navigation shows, in order."""
    shown = {name: page for name, page in PAGES.items() if page.shown}
    names = dict.fromkeys(page.menu for page in shown.values())
    return {menu: tuple(name for name, page in shown.items() if page.menu == menu) for menu in names}


if TYPE_CHECKING:
    StepPage = str
else:
    StepPage = Literal[IN_TOURS]
"""A page that a step of a tour may open."""

PLACE_PART, PLACE_IS, PLACE_AND = ";", ":", "!"


def place_of(page: str, query: Mapping[str, str], but: Iterable[str] = ()) -> str:
    """The page and the parameters of its URL as one text, without those named in `but`."""
    left_out = set(but)
    parameters = [
        f"{name}{PLACE_IS}{text.replace(',', PLACE_AND)}" for name, text in query.items() if name not in left_out
    ]
    return PLACE_PART.join((page, *parameters))


def place_in(text: str) -> tuple[str, dict[str, str]]:
    """The inverse of `place_of`: the page, and the parameters of its URL. What is former becomes its successor."""
    page, *parameters = text.split(PLACE_PART)
    pairs = (part.partition(PLACE_IS) for part in parameters)
    query = {name: codes.replace(PLACE_AND, ",") for name, _, codes in pairs if codes}
    now = led_on(page, query.pop("part", ""))
    return now.page, {**query, **now.parameters(query)}
