"""In which order do risks stand, and how far is each covered? Read from the files, as docs/method.md says."""

from functools import cached_property

from tests.claims.slow.rated import GAPS, Rated
from tests.claims.slow.scores import Mean
from tests.figures.slow_gaps import Row

Grades = tuple[int, int, int]
"""Severity, irremediability and likelihood of one rating."""


class Ordered(Rated):
    """The order of risks: those with a severe gap first."""

    @cached_property
    def grades(self) -> dict[tuple[str, str], Grades]:
        """The grades of each rating that is kept."""
        return {
            (row["operation"], row["impact"]): self._grades_of(row)
            for row in self.group.ratings
            if row["round"] == self.choice.round and (row["operation"], row["impact"]) in self.severity
        }

    def _grades_of(self, row: Row) -> Grades:
        return (
            max(int(row[name]) for name in ("scale", "scope", "irremediability")),
            int(row["irremediability"]),
            int(row["likelihood"]),
        )

    def ranked(self, risks: set[str]) -> list[str]:
        """Some risks in their order."""
        return sorted(risks, key=self._rank)

    def _rank(self, impact: str) -> tuple[object, ...]:
        own = {pair: grades for pair, grades in self.grades.items() if pair[1] == impact}
        gaps = [grades for pair, grades in own.items() if grades[0] == 4 and self.judged[pair] in GAPS]
        if gaps:
            worst = max(irremediability for _, irremediability, _ in gaps)
            return (0, -worst, -len(gaps) / len(own), -len(gaps), impact)
        severity, irremediability, likelihood = max(own.values())
        share = sum(grades[0] == severity for grades in own.values()) / len(own)
        return (1, -severity, -irremediability, -share, self._level(self.cover(impact)), -likelihood, impact)

    def cover(self, impact: str) -> Mean:
        """The score of all respect criteria of the standard in view that address a risk, whatever the filters keep."""
        group, framework = self.group, self.choice.framework
        return self.by_country(
            code
            for code in sorted(group.addressing_anywhere(impact))
            if group.criteria[code][0] == framework and group.criteria[code][1]["kind"] == "respect"
        )

    def _level(self, cover: Mean) -> int:
        """The place of a cover among the bands; -1 without a figure."""
        percent = cover.percent
        return -1 if percent is None else sum(band["starts_at"] <= percent for band in self.framework["bands"]) - 1

    def present(self, setting: str) -> list[str]:
        """The operations shown that are in a setting, by the services that they offer."""
        services = set(self.group.settings[setting].get("services", []))
        return [
            operation
            for operation in self.taking_part()
            if not services or services & set(self.group.operations[operation]["services"].split(";"))
        ]

    def taking_part(self) -> list[str]:
        """The operations of countries shown that are asked anything in the round, by any standard."""
        at = self.choice.round
        return [
            one
            for one in self.operations
            if self.group.operations[one]["kind"] == "operation"
            and any(self.group.is_asked(at, one, code) for code in self.group.repeating)
        ]
