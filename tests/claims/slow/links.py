"""Where do standards meet each other and what children face, and what is recorded of a country? Read from the files."""

from fractions import Fraction
from statistics import median

from tests.claims.slow.scores import SEEN, SHOWN, Figure, Scores, whole
from tests.figures.slow_gaps import Row, read_yaml

PRESERVES = ("kept", "moved", "in_part")
QUARTERS = (Fraction(1, 4), Fraction(3, 4))
LENSES = {"rights": "rights", "risk_area": "risk_areas", "function": "functions"}


class Links(Scores):
    """The areas of the standard in view against another standard, or a list; and other ways of calculating a mean."""

    def own_areas(self) -> list[str]:
        """The areas of the standard in view that the filter of principles keeps."""
        return [
            area["area"]
            for area in self.framework["areas"]
            if not self.choice.principle or area["area"] in self.choice.principle
        ]

    def across(self, against: str) -> list[str]:
        """What the areas are crossed with."""
        if against in self.group.standards:
            return [area["area"] for area in self.group.standards[against]["areas"]]
        if against == "risk_area":
            return [
                code for code in self.group.risk_areas if not self.choice.risk_area or code in self.choice.risk_area
            ]
        return [*self.group.themes]

    def met(self, against: str) -> set[tuple[str, str]]:
        """The pairs of an area and what it is crossed with that are linked in any way."""
        links = read_yaml(self.group.frameworks / "shared" / "crosswalk.yaml")["links"]
        found = {pair for one in links for pair in self._pairs(one["source"], one["target"])}
        for code, (_, criterion) in self.group.criteria.items():
            for name in LENSES.values():
                found |= {pair for one in criterion.get(name, []) for pair in self._pairs(code, one)}
            found |= {pair for one in criterion.get("supersedes", []) for pair in self._pairs(code, one)}
        rows = set(self.across(against))
        return {(one, other) for one, other in found if other in rows}

    def _pairs(self, one: str, other: str) -> set[tuple[str, str]]:
        """The areas, or rights by name, of both ends of a link, either way."""
        both = [self._places(one), self._places(other)]
        return {(a, b) for a in both[0] for b in both[1]} | {(b, a) for a in both[0] for b in both[1]}

    def _places(self, code: str) -> set[str]:
        if code in self.group.criteria:
            return self.group.areas(self.group.criteria[code][1].get("same_as", code))
        if code in self.group.rights:
            return set(self.group.rights[code].get("themes", []))
        return {code}

    def became(self, earlier: str, later: str) -> dict[str, str]:
        """What became of each criterion between two editions: of all that links it, what preserves most."""
        pairs = self._continued(earlier, later)
        found: dict[str, str] = {}
        for before, after in sorted(pairs):
            if self._is_kept(before, after):
                found[after] = min(pairs[before, after], found.get(after, "in_part"), key=PRESERVES.index)
        met = [{pair[side] for pair in pairs} for side in (0, 1)]
        for framework, word, side in ((later, "new", 1), (earlier, "dropped", 0)):
            for code in self.group.asked_in(framework):
                if code not in met[side] and code in self.everywhere:
                    found[code] = word
        return found

    def _continued(self, earlier: str, later: str) -> dict[tuple[str, str], str]:
        """The pairs of criteria of two editions: whether the later continues the earlier, or is only linked to it."""
        links = read_yaml(self.group.frameworks / "shared" / "crosswalk.yaml")["links"]
        ends = {(one["source"], one["target"]) for one in links}
        before, after = (set(self.group.asked_in(code)) for code in (earlier, later))
        both = ends | {(other, one) for one, other in ends}
        found = {(one, other): "in_part" for one, other in both if one in before and other in after}
        for code in after:
            for one in self.group.criteria[code][1].get("supersedes", []):
                named = self.group.criteria[one][1].get("same_as", one)
                found[named, code] = "kept" if self._key_area(named) == self._key_area(code) else "moved"
        return found

    def _key_area(self, code: str) -> str:
        return str(self.group.area_of[code]["code"])

    def _is_kept(self, earlier: str, later: str) -> bool:
        """The criterion of the standard in view decides."""
        own = earlier if self.group.criteria[earlier][0] == self.choice.framework else later
        return own in self.criteria_kept

    def recorded(self, country: str) -> dict[str, int]:
        """The outside facts on a country, each with the latest year."""
        found = {row["indicator"]: self._years(country, row) for row in self.group.indicators}
        return {code: max(years) for code, years in found.items() if years}

    def _years(self, country: str, indicator: Row) -> set[int]:
        """The years in which a fact is on record; a difference needs both of its sides."""
        sides = indicator["difference_of"].split(";") if indicator["difference_of"] else [indicator["indicator"]]
        years = [
            {int(row["year"]) for row in self.group.facts if (row["country"], row["indicator"]) == (country, one)}
            for one in sides
        ]
        return set.intersection(*years)

    def ways(self) -> list[Fraction]:
        """The mean in every other way of calculating it."""
        mean = self.by_country(self.of_kind(), counting="answers")
        shown = {
            code: one.score for code, one in mean.figures.items() if one.reading in SHOWN and one.score is not None
        }
        scores = [*shown.values()]
        found = [self._mean(self._changed(seen=True)), self._mean(self._changed(equal=True)), median(scores)]
        found += [self._mean(self._changed(step=step)) for step in QUARTERS]
        children = {code: self._children(code) for code in shown}
        known = {code: n for code, n in children.items() if n}
        if known and sum(known.values()):
            found.append(sum((shown[code] * n for code, n in known.items()), Fraction(0)) / sum(known.values()))
        if len(scores) > 1:
            found += [(sum(scores, Fraction(0)) - one) / (len(scores) - 1) for one in scores]
        return [one for one in found if one is not None]

    def _children(self, country: str) -> Fraction:
        rows = [row for row in self.group.facts if (row["country"], row["indicator"]) == (country, "child_population")]
        return Fraction(max(rows, key=lambda row: row["year"])["value"]) if rows else Fraction(0)

    def _mean(self, figures: list[Figure]) -> Fraction | None:
        scores = [one.score for one in figures if one.reading in SHOWN and one.score is not None]
        return sum(scores, Fraction(0)) / len(scores) if scores else None

    def _changed(self, seen: bool = False, equal: bool = False, step: Fraction | None = None) -> list[Figure]:
        """The figures of countries with one choice of method changed."""
        found = []
        for country in self.spread_over:
            answers = [
                self.answer(self.choice.round, who, code, "seen" if seen else "answers")
                for who in self.in_country(country)
                for code in self.of_kind()
                if self.group.is_asked(self.choice.round, who, code)
            ]
            for place, one in enumerate(answers):
                value = step if step is not None and one.value not in (None, 0, 1) else one.value
                weight = Fraction(1) if equal else one.weight
                answers[place] = type(one)(one.operation, one.criterion, weight, one.role, value)
            found += [self.read(answers)] if answers else []
        return found

    def range_of_ways(self) -> tuple[int, int]:
        """The lowest and the highest of the mean and of all other ways."""
        mean = self.by_country(self.of_kind(), counting="answers").score
        percents = [whole(one) for one in (*self.ways(), mean) if one is not None]
        return min(percents), max(percents)

    def given_to(self, code: str) -> dict[str, tuple[str, Fraction | None, bool]]:
        """What each operation that takes part says of one criterion, and whether its evidence was seen."""
        at, own = self.choice.round, self.group.asked_in(self.choice.framework)
        found = {}
        for who in self.operations:
            if any(self.group.is_asked(at, who, one) for one in own):
                role = "not_asked" if not self.group.is_asked(at, who, code) else self.said(at, who, code)[0]
                found[who] = (role, self.said(at, who, code)[1], self.group.evidence.get((at, who, code)) in SEEN)
        return found
