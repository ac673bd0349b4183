"""What was rated, what is a gap, and what is to be done? Read from the files, as docs/method.md says."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from tests.claims.slow.choice import HEAD_OFFICE
from tests.claims.slow.scores import Scores
from tests.figures.slow_gaps import Row

GAPS = ("failed", "failed_before", "not_answered", "nothing")
LIVE = ("open", "in_progress", "blocked")
Rating = tuple[str, str]
"""Operation and risk."""


@dataclass(frozen=True)
class SevereGaps:
    """The severe gaps of some risks; `of` are the countries in which any of these risks is rated."""

    n: int
    at: int
    of: int
    head_office: bool
    n_risks: int
    n_partly: int
    n_not_yet: int


class Rated(Scores):
    """The ratings, gaps and actions that the filters keep."""

    @cached_property
    def severity(self) -> dict[Rating, int]:
        """The severity of each rating of the round."""
        found = self.group.severity(self.choice.round)
        return {pair: severity for pair, severity in found.items() if self._keeps_rating(*pair)}

    @cached_property
    def judged(self) -> dict[Rating, str]:
        """What each rating of the round is judged to be."""
        found = self.group.judged(self.choice.round, self.choice.counting == "seen")
        return {pair: word for pair, word in found.items() if self._keeps_rating(*pair)}

    def _keeps_rating(self, operation: str, impact: str) -> bool:
        return self.group.home[operation] in self.countries and impact in self.impacts

    @property
    def severe(self) -> set[Rating]:
        return {pair for pair, severity in self.severity.items() if severity == 4}

    @property
    def gaps(self) -> set[Rating]:
        """The severe gaps."""
        return {pair for pair in self.severe if self.judged[pair] in GAPS}

    def risks(self) -> dict[str, int]:
        """The risks that were rated, each with its highest severity."""
        found: dict[str, int] = {}
        for (_, impact), severity in self.severity.items():
            found[impact] = max(severity, found.get(impact, 0))
        return found

    def severe_gaps(self, risks: Iterable[str] | None = None) -> SevereGaps:
        """The severe gaps of some risks, or of all."""
        among = set(self.risks() if risks is None else risks)
        gaps = {pair for pair in self.gaps if pair[1] in among}
        rated = {pair for pair in self.severity if pair[1] in among}
        partly, not_yet = (
            sum(self.judged[pair] == word for pair in self.severe if pair[1] in among) for word in ("partly", "not_yet")
        )
        home = any(self.group.home[who] == HEAD_OFFICE for who, _ in gaps)
        at, of = (len(self._in_countries(pairs)) for pairs in (gaps, rated))
        return SevereGaps(len(gaps), at, of, home, len({what for _, what in gaps}), partly, not_yet)

    def _in_countries(self, pairs: Iterable[Rating]) -> set[str]:
        return {self.group.home[who] for who, _ in pairs} - {HEAD_OFFICE}

    def severe_areas(self) -> dict[str, int]:
        """By setting that meets anything, in how many risk areas a risk is severe there."""
        found: dict[str, set[str]] = {code: set() for code in self.group.settings}
        for impact, severity in self.risks().items():
            one = self.group.impacts[impact]
            if severity == 4:
                found[one["setting"]].add(one["risk_area"])
        met = {self.group.impacts[impact]["setting"] for impact in self.impacts}
        return {self.group.settings[code]["title"]: len(areas) for code, areas in found.items() if code in met}

    def openings(self) -> dict[str, tuple[int, int, int]]:
        """The opportunities that were rated: need, reach and feasibility of the rating with the greatest need."""
        found: dict[str, tuple[int, int, int]] = {}
        for row in self.group.opened:
            rated = row["round"] == self.choice.round and row["found"] == "yes"
            if rated and self._keeps_rating(row["operation"], row["impact"]):
                grades = int(row["need"]), int(row["reach"]), int(row["feasibility"])
                found[row["impact"]] = max(grades, found.get(row["impact"], grades))
        return found

    @cached_property
    def actions(self) -> list[Row]:
        """The actions whose subject and country the filters keep."""
        return [row for row in self.group.actions if self._keeps_action(row, self.criteria_kept)]

    def _keeps_action(self, row: Row, criteria: Collection[str]) -> bool:
        if row["operation"] not in self.operations:
            return False
        if row["criterion"]:
            return self.asks(row) in criteria
        return row["impact"] in self.impacts

    def is_live(self, row: Row) -> bool:
        return row["status"] in LIVE

    def is_overdue(self, row: Row) -> bool:
        return self.is_live(row) and bool(row["due_on"]) and row["due_on"] < self.choice.today.isoformat()

    def unplanned(self, operation: str = "") -> set[Rating]:
        """The severe ratings without an open action on the risk or on a criterion that addresses it."""
        live = [row for row in self.group.actions if self.is_live(row)]
        return {
            (who, what)
            for who, what in self.severe
            if operation in ("", who) and not any(row["operation"] == who and self._is_about(row, what) for row in live)
        }

    def _is_about(self, action: Row, impact: str) -> bool:
        return action["impact"] == impact or action["criterion"] in self.group.addressing_anywhere(impact)

    def is_lower(self, rating: Row) -> bool:
        """Whether a risk was rated less severe or less likely with measures in place than without."""
        severity = max(int(rating[name]) for name in ("scale", "scope", "irremediability"))
        left = rating.get("residual_severity"), rating.get("residual_likelihood")
        return bool(left[0] and int(left[0]) < severity) or bool(left[1] and int(left[1]) < int(rating["likelihood"]))

    def has_in_place(self, operation: str, impact: str) -> bool:
        """Whether any criterion that addresses a risk is in place there, even partly, in any standard."""
        return any(
            (self.said(self.choice.round, operation, code)[1] or 0) > 0
            for code in self.group.addressing_anywhere(impact)
        )

    def failures(self) -> set[tuple[str, str]]:
        """The critical criteria that failed, now or when last known, and are kept; each with its operation."""
        return {
            (code, who)
            for code, who in self.group.failures(self.choice.round)
            if code in self.everywhere and self.group.home[who] in self.countries
        }

    def failures_before(self) -> set[tuple[str, str]]:
        """The failures that nobody has answered since, whatever the filters keep."""
        at = self.choice.round
        return {(code, who) for code, who in self.group.failures(at) if self.said(at, who, code)[1] is None}

    def overdue_anywhere(self) -> list[Row]:
        """The overdue actions that the filters keep, on any standard."""
        return [row for row in self.group.actions if self._keeps_action(row, self.everywhere) and self.is_overdue(row)]

    def asks(self, action: Row) -> str:
        """The criterion that an action is on, as the one that is asked."""
        return str(self.group.criteria[action["criterion"]][1].get("same_as", action["criterion"]))

    def n_matters(self) -> int:
        """How many matters need a decision."""
        return len(self.matters_of_criteria()) + len(self.matters_of_areas()) + len(self.overdue_alone())

    def _causes(self) -> dict[Rating, set[str]]:
        return {pair: self.group.causes(self.choice.round, *pair) for pair in self.gaps}

    def matters_of_criteria(self) -> dict[str, set[tuple[str, str]]]:
        """By criterion that failed: the pairs in its matter, of itself and of the gaps that it causes."""
        causes = self._causes()
        n_gaps = Counter(code for behind in causes.values() for code in behind)
        found: dict[str, set[tuple[str, str]]] = {}
        for code, who in self.failures() | {(one, who) for (who, _), behind in causes.items() for one in behind}:
            found.setdefault(code, set()).add((who, code))
        for pair, behind in causes.items():
            if behind:
                found[min(behind, key=lambda code: (-n_gaps[code], code))].add(pair)
        return found

    def matters_of_areas(self) -> dict[str, set[tuple[str, str]]]:
        """By risk area: the gaps that no critical criterion causes."""
        found: dict[str, set[tuple[str, str]]] = {}
        for pair, behind in self._causes().items():
            if not behind:
                found.setdefault(self.group.impacts[pair[1]]["risk_area"], set()).add(pair)
        return found

    def overdue_alone(self) -> list[Row]:
        """The overdue actions, on any standard, that are about no matter nor about a criterion behind it."""
        matters = [*self.matters_of_criteria().values(), *self.matters_of_areas().values()]
        pairs = {pair for matter in matters for pair in matter}
        return [
            row
            for row in self.overdue_anywhere()
            if (row["operation"], row["criterion"] or row["impact"]) not in pairs
            and not any(who == row["operation"] and self._bears(row, what) for who, what in pairs)
        ]

    def overdue_named(self) -> set[str]:
        """The overdue actions that are kept, and those named by a matter: of an operation in it, the one due first."""
        found = {row["action"] for row in self.overdue_anywhere()}
        for pairs in self.matters_of_criteria().values():
            found |= self._first_late(pairs, lambda row, what: (row["criterion"] or row["impact"]) == what)
        for pairs in self.matters_of_areas().values():
            found |= self._first_late(pairs, self._bears)
        return found

    def _first_late(self, pairs: set[tuple[str, str]], about: Callable[[Row, str], bool]) -> set[str]:
        first: dict[str, Row] = {}
        for row in sorted(self.group.actions, key=lambda row: (row["due_on"], row["action"])):
            whats = [what for who, what in pairs if who == row["operation"]]
            if self.is_live(row) and row["due_on"] and any(about(row, what) for what in whats):
                first.setdefault(row["operation"], row)
        return {row["action"] for row in first.values() if self.is_overdue(row)}

    def _bears(self, action: Row, subject: str) -> bool:
        return subject in self.group.impacts and self._is_about(action, subject)
