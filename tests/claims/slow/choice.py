"""What do the filters keep? Read from the files as docs/method.md says: slow, obvious, and none of ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from tests.figures.slow_gaps import Files, Row, read_table, read_yaml

HEAD_OFFICE = "GROUP"
EVERYBODY = "group.countries"
"""The subject that is all countries."""
KINDS = ("respect", "support")


@dataclass(frozen=True)
class Choice:
    """What a reader has chosen. An empty filter keeps everything."""

    framework: str
    round: str
    today: date
    kind: str = "respect"
    country: tuple[str, ...] = ()
    principle: tuple[str, ...] = ()
    risk_area: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    function: tuple[str, ...] = ()
    counting: str = "answers"
    common: bool = False
    operation: str = ""
    earlier: str = ""
    subject: tuple[str, ...] = ()
    only_common: bool = False
    """On *Side by side*: only what all subjects have answered."""
    against: str = ""
    criterion: str = ""
    case_study: str = ""
    assumed: tuple[str, ...] = ()
    """On *What if*: what is assumed, each as a place, a criterion or area, and a status."""
    shade: str = "score"
    """What the map is shaded by."""


class Group(Files):
    """The files of a group, with what its actions, targets, opportunities and records say."""

    def __init__(self, data: Path, frameworks: Path) -> None:
        super().__init__(data, frameworks)
        self.frameworks = frameworks
        self.facts = read_table(data / "context.csv")
        self.indicators = read_table(data / "indicators.csv")
        self.countries = {row["country"]: row for row in read_table(data / "countries.csv")}
        self.home = {code: row["country"] or HEAD_OFFICE for code, row in self.operations.items()}
        self.actions = read_table(data / "actions.csv")
        self.targets = read_table(data / "targets.csv")
        self.heard = read_table(data / "participation.csv")
        self.opened = [
            row for name in ("ratings/opportunities.csv", "opportunities.csv") for row in read_table(data / name)
        ]
        shared = frameworks / "shared"
        self.rights = {one["right"]: one for one in read_yaml(shared / "rights.yaml")["rights"]}
        self.themes = {one["theme"]: one for one in read_yaml(shared / "rights.yaml")["themes"]}
        self.settings = {one["setting"]: one for one in read_yaml(shared / "settings.yaml")["settings"]}
        self.risk_areas = {one["risk_area"]: one for one in read_yaml(shared / "risk_areas.yaml")["risk_areas"]}
        self.repeating: dict[str, list[str]] = {}
        for code, (_, criterion) in self.criteria.items():
            self.repeating.setdefault(criterion.get("same_as", code), []).append(code)
        self.area_of = {
            criterion["criterion"]: area
            for standard in self.standards.values()
            for area in standard["areas"]
            for criterion in area["criteria"]
        }
        self.is_asked = cache(self._asks_any)

    def _asks_any(self, round_: str, operation: str, code: str) -> bool:
        """Whether a criterion is asked, or one that repeats it would be."""
        return any(self._asks(round_, operation, one) for one in self.repeating[code])

    def _asked(self, round_: str, operation: str, code: str) -> bool:
        return self.is_asked(round_, operation, code)

    def asked_in(self, framework: str) -> list[str]:
        """The criteria of a standard that are asked: not those that repeat another."""
        return [code for code in self.repeating if self.criteria[code][0] == framework]

    def codes(self, code: str, name: str) -> set[str]:
        """The rights, risk areas or settings of a criterion, and of those that repeat it."""
        return {one for each in self.repeating[code] for one in self.criteria[each][1].get(name, [])}

    def areas(self, code: str) -> set[str]:
        """The areas in which a criterion counts."""
        return {self.area_of[each]["area"] for each in self.repeating[code]}

    def kinds(self, framework: str) -> tuple[str, ...]:
        """The kinds of criteria that a standard has."""
        found = {self.criteria[code][1]["kind"] for code in self.asked_in(framework)}
        return tuple(kind for kind in KINDS if kind in found)

    def named(self, rights: Iterable[str]) -> set[str]:
        """Articles, with the common names of the rights that they belong to."""
        articles = set(rights)
        return articles | {theme for one in articles for theme in self.rights[one].get("themes", [])}

    def round_row(self, round_: str) -> Row:
        return next(row for row in self.rounds if row["round"] == round_)

    def rounds_of(self, framework: str) -> list[str]:
        """The rounds that ask a standard, the earliest first."""
        return [row["round"] for row in self.rounds if framework in row["frameworks"].split(";")]

    def value_of(self, code: str, status: str | None) -> tuple[str, Fraction | None]:
        """What a status counts as, and its value."""
        return self._means(code, status)


class Kept:
    """What the filters keep."""

    def __init__(self, group: Group, choice: Choice) -> None:
        self.group, self.choice = group, choice
        self.framework: dict[str, Any] = group.standards[choice.framework]
        self.countries = [
            code for code in (*group.countries, HEAD_OFFICE) if not choice.country or code in choice.country
        ]
        self.everywhere = {code for code in group.repeating if self._keeps(code)}
        """The criteria of all standards that are kept; the filter of principles narrows only the standard in view."""
        self.criteria = [code for code in group.asked_in(choice.framework) if code in self.everywhere]
        self.impacts = {code for code, one in group.impacts.items() if self._keeps_impact(one)}
        self.operations = [code for code in group.operations if group.home[code] in self.countries]

    def _keeps(self, code: str) -> bool:
        group, choice = self.group, self.choice
        return (
            (group.criteria[code][0] != choice.framework or meets(choice.principle, group.areas(code)))
            and meets(choice.risk_area, group.codes(code, "risk_areas"))
            and meets(choice.right, group.named(group.codes(code, "rights")))
            and meets(choice.setting, group.codes(code, "settings"))
            and meets(choice.function, group.criteria[code][1].get("functions", [])[:1])
        )

    def _keeps_impact(self, impact: Any) -> bool:
        group, choice = self.group, self.choice
        criteria = group.addressing_anywhere(impact["impact"])
        return (
            meets(choice.principle, {area for code in criteria for area in group.areas(code)})
            and meets(choice.risk_area, {impact["risk_area"]})
            and meets(choice.right, group.named(impact.get("rights", [])))
            and meets(choice.setting, {impact["setting"]})
            and meets(choice.function, impact.get("functions", []))
        )

    @property
    def spread_over(self) -> list[str]:
        """The countries that a mean is over: not the head office, unless it is the only one chosen."""
        return self.countries if self.countries == [HEAD_OFFICE] else [c for c in self.countries if c != HEAD_OFFICE]

    def in_country(self, country: str) -> list[str]:
        return [code for code, home in self.group.home.items() if home == country]


def meets(chosen: tuple[str, ...], own: Iterable[str]) -> bool:
    return not chosen or not set(chosen).isdisjoint(own)
