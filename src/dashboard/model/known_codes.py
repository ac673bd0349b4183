"""The codes that may occur in a view: those of one publication, and those that are the same in every one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import get_args

from dashboard.model.filters import Filter
from dashboard.model.guidance import STEPS, CaseKind, Confidence
from dashboard.model.pages import IN_TOURS, PARTS, place_in
from dashboard.model.plan import EVERYWHERE, IN, OF, PLANNED, is_day, is_name

KINDS = ("respect", "support")
FACETS = ("principle", "risk_area", "right")
"""What figures can be grouped by."""
SWITCH = ("yes", "no")
COUNTINGS = ("answers", "seen", "inherited")
"""How answers are counted.

As they are; with nothing in place unless its evidence was seen or checked; or with answers of the head office where an
operation gave none and the criterion is a group policy.
"""
LENSES = {"rights": "right", "risk_area": "risk_area", "function": "function"}
"""What a framework can be crossed with besides other frameworks, and the kind of codes in each."""
SEVERE, SERIOUS = 4, 3
"""The two upper severities of four. Only they can be gaps; only severe ones need a decision."""
GRADES = ("1", "2", "3", "4")
OF_SEVERITY = ("scale", "scope", "irremediability")
"""What is graded for the severity of a risk, which is the highest of the three. The words say what each needs."""
HEAD_OFFICE = "GROUP"
"""The head office, which is listed beside the countries."""
GROUPS = "groups"
ORDERS = ("region", "name", "figure", "coverage", "change", GROUPS)
"""How countries can be ordered in the heat map; with the last, its rows are groups of operations."""
SHADES = ("score", "severity", "coverage", "context")
"""What the map can be shaded by."""
SHOWN_AS: Mapping[str, tuple[str, ...]] = {
    "heatmap": ("table", "map"),
    "plan": ("list", "board", "timeline"),
}
"""How a page, or its first part, can be shown, the default first: what a switch of the page chooses."""
OPENED_AS: Mapping[str, tuple[str, ...]] = {"plan": ("grid", "form")}
"""What a link of a page opens in place of that."""
WAYS: Mapping[str, tuple[str, ...]] = {"check": ("cards", "grid"), "whatif": ("area", "criterion", "planned")}
"""How another part of a page, or the form on it, is worked through, the default first."""
FIXED: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "by": FACETS,
    "common": SWITCH,
    "safe": SWITCH,
    "large": SWITCH,
    "counting": COUNTINGS,
    "part": PARTS,
    "shade": SHADES,
    "show_as": tuple(dict.fromkeys(chain.from_iterable((*SHOWN_AS.values(), *OPENED_AS.values(), *WAYS.values())))),
    "sort": ORDERS,
    "step": STEPS,
    "case_kind": get_args(CaseKind),
    "confidence": get_args(Confidence),
}
"""Fields whose codes are the same in every publication."""
HOLDS = {
    "earlier": ("round",),
    "focus": FACETS,
    "of_setting": ("setting",),
    "of_country": ("country",),
    "picked": ("impact",),
    "looked": ("guidance", "case_study"),
    "agreed": ("action",),
}
"""Fields that hold the codes of other fields."""
BETWEEN = "~"
"""Separates the two ends of a cell of the crosswalk: an area of the framework, and what it meets."""
OF_OPERATIONS = "operations."
"""What the code of a group of operations begins with, where it is compared."""
AT = "@"
"""Separates a subject from its round, if that is not the round in the filter bar."""


def opened_by(name: str) -> dict[str, str]:
    """The parameter that opens a part of a page, or shows the page in one of its ways; without a name, none."""
    return {"show_as" if name in FIXED["show_as"] else "part": name} if name else {}


def shown_as(page: str, code: str) -> str:
    """How a page is shown: as the code says, unless that belongs to another page."""
    return code if code in (*SHOWN_AS[page], *OPENED_AS.get(page, ())) else SHOWN_AS[page][0]


class Codes(tuple[str, ...]):
    """Codes in order, without repeats. Whether one is among them takes as long for thousands as for a few."""

    @cached_property
    def _each(self) -> frozenset[str]:
        return frozenset(self)

    def __contains__(self, code: object) -> bool:
        return code in self._each


@dataclass(frozen=True)
class Known:
    """The codes of one publication: for each filter and framework, in order. Codes for all frameworks are under "".

    Steps belong to a tour as principles belong to a framework.
    """

    codes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    formerly: Mapping[str, str] = field(default_factory=dict)
    """Former names of areas, criteria, countries and operations, each with the current one."""

    @staticmethod
    def of_rows(
        rows: Iterable[tuple[str, str, str]], formerly: Mapping[str, str], languages: tuple[str, ...] = ("en",)
    ) -> "Known":
        """Built from rows of filter, code and framework, in order."""
        codes: dict[str, dict[str, list[str]]] = {}
        for name, code, framework in rows:
            codes.setdefault(name, {}).setdefault(framework, []).append(code)
        frozen = {name: {key: Codes(in_order) for key, in_order in by.items()} for name, by in codes.items()}
        return Known(frozen, languages, formerly)

    def present(self, name: str, code: str) -> str:
        """The current code for a former one, empty if nothing has taken its place; any other code unchanged."""
        between = {"imagined": OF, "subject": AT}.get(name, "")
        parts = code.split(between) if between else [code]
        new = between.join(self.formerly.get(part, part) for part in parts)
        return new if self.is_anywhere(name, new) and not self.is_anywhere(name, code) else code

    def frameworks(self) -> tuple[str, ...]:
        return tuple(self.codes.get("framework", {}))

    def of(self, name: str, framework: str) -> tuple[str, ...]:
        """The codes of one filter that belong to a framework, or to all."""
        if name == "against":
            return (*(code for code in self.frameworks() if code != framework), *LENSES)
        by_framework = self.codes.get(name, {})
        return by_framework.get("", by_framework.get(framework, ()))

    def kinds(self, framework: str) -> tuple[str, ...]:
        """The kinds of criteria that a framework has; both if it is not known."""
        return self.of("kind", framework) or KINDS

    def orders(self, framework: str) -> tuple[str, ...]:
        """The orders of the heat map: a row per group of operations only if there are any."""
        return tuple(order for order in ORDERS if order != GROUPS or self._grouped & {framework, ""})

    @cached_property
    def _grouped(self) -> frozenset[str]:
        """The frameworks in which groups of operations can be compared; "" if in all."""
        compared = self.codes.get("subject", {}).items()
        return frozenset(key for key, codes in compared if any(code.startswith(OF_OPERATIONS) for code in codes))

    def may_filter(self, one: Filter, framework: str) -> tuple[str, ...]:
        """The codes that a filter may hold: a country stays selected even if a framework or round does not ask it."""
        return self.of(one.name, framework) if one.in_view_only else self.anywhere(one.name)

    def meets(self, against: str, framework: str) -> tuple[str, ...]:
        """What the areas of a framework can meet: areas of another, or codes of a lens; any if none is selected."""
        if against:
            return self.of(LENSES[against], "") if against in LENSES else self.of("principle", against)
        return tuple(code for other in self.of("against", framework) for code in self.meets(other, framework))

    def wording(self, lang: str) -> str:
        """The language for framework texts: the same, or English if there are none."""
        return lang if lang in self.of("wording", "") else "en"

    def anywhere(self, name: str) -> tuple[str, ...]:
        """The codes of one filter in any framework."""
        if name == "lang":
            return self.languages
        if name in FIXED:
            return FIXED[name]
        if name == "against":
            return (*self.frameworks(), *LENSES)
        if name in HOLDS:
            return tuple(code for part in HOLDS[name] for code in self.anywhere(part))
        return self._anywhere.get(name, Codes())

    @cached_property
    def _anywhere(self) -> dict[str, Codes]:
        found = {name: dict.fromkeys(chain.from_iterable(by.values())) for name, by in self.codes.items()}
        return {name: Codes(codes) for name, codes in found.items()}

    def is_anywhere(self, name: str, code: str) -> bool:
        """Whether a code may occur in a field, in any framework. `back` holds a place, judged by its page."""
        if name == "since":
            return code.isascii() and code.isdecimal()
        if name == "back":
            return place_in(code)[0] in IN_TOURS
        if name == "imagined":
            return self._can_be_imagined(code)
        if name == "pair":
            area, _, met = code.partition(BETWEEN)
            return area in self.anywhere("principle") and any(
                met in self.meets(a, "") for a in self.anywhere("against")
            )
        base, _, at = code.partition(AT) if name == "subject" else (code, "", "")
        return base in self.anywhere(name) and (not at or at in self.anywhere("round"))

    def _can_be_imagined(self, code: str) -> bool:
        """Whether a code is the name or the round of a scenario, or one of its assumptions."""
        match code.split(OF):
            case [tag, of_it]:
                return is_name(code) or (tag == IN and of_it in self.anywhere("round"))
            case [where, what, day] if what == PLANNED:
                return is_day(day) and (where == EVERYWHERE or where in self._places(self.frameworks()))
            case [where, what, status]:
                holding = [f for f in self.frameworks() if what in (*self.of("principle", f), *self.of("criterion", f))]
                known = any(status in self.of("status", framework) for framework in holding)
                return known and (where == EVERYWHERE or where in self._places(holding))
        return False

    def _places(self, frameworks: Iterable[str]) -> set[str]:
        """The countries and operations that answer some frameworks."""
        return {code for f in frameworks for name in ("country", "operation") for code in self.of(name, f)}
