"""What is a figure? The score, its bounds and what may be shown of it, with fractions, as docs/method.md says."""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from tests.claims.slow.choice import EVERYBODY, HEAD_OFFICE, Choice, Group, Kept

SHOWN = ("score", "count")
SEEN = ("seen", "independently_checked")
NOTHING = Fraction(0)
FAIR = Fraction(795, 1000)
"""The share of criteria that must apply to all, rounded to 80 percent, for everything to be compared."""
HALF = Fraction(1, 2)


def whole(share: Fraction) -> int:
    """A share in whole percent, halves rounded away from zero."""
    percent = 100 * share
    return floor(percent + HALF) if percent >= 0 else -floor(-percent + HALF)


@dataclass(frozen=True)
class Answer:
    """The answer of one operation to one criterion, as answers are counted."""

    operation: str
    criterion: str
    weight: Fraction
    role: str
    value: Fraction | None
    inherited: Fraction | None = None
    """What the head office answered, where that would fill a gap."""


@dataclass(frozen=True)
class Figure:
    """One figure, as it may be shown; shares from 0 to 1."""

    reading: str
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    one_step: Fraction | None
    n_answered: int
    n_applicable: int

    @property
    def percent(self) -> int | None:
        return whole(self.score) if self.reading in SHOWN and self.score is not None else None


@dataclass(frozen=True)
class Mean:
    """The mean of countries: their figures, and what it says of them together."""

    figures: Mapping[str, Figure]

    @cached_property
    def shown(self) -> dict[str, Figure]:
        return {code: one for code, one in self.figures.items() if one.reading in SHOWN}

    @property
    def score(self) -> Fraction | None:
        scores = [one.score for one in self.shown.values() if one.score is not None]
        return sum(scores, NOTHING) / len(scores) if scores else None

    @property
    def percent(self) -> int | None:
        return None if self.score is None else whole(self.score)

    @property
    def percents(self) -> list[int]:
        return [one.percent for one in self.shown.values() if one.percent is not None]

    @property
    def n_too_few(self) -> int:
        return sum(one.reading == "too_few" for one in self.figures.values())

    @property
    def n_answered(self) -> int:
        """The answers in the mean."""
        return sum(one.n_answered for one in self.shown.values())

    def bound(self, of: Callable[[Figure], Fraction | None]) -> Fraction | None:
        """The mean of a bound, over all countries in which anything applies."""
        found = [bound for one in self.figures.values() if (bound := of(one)) is not None]
        return sum(found, NOTHING) / len(found) if found else None

    @property
    def one_step(self) -> Fraction | None:
        steps = [one.one_step for one in self.shown.values() if one.one_step is not None]
        return max(steps) / len(self.shown) if steps else None


class Scores(Kept):
    """The figures of what the filters keep."""

    def __init__(self, group: Group, choice: Choice) -> None:
        super().__init__(group, choice)
        assert not {"average_of", "country_figure"} & set(self.framework), "only pooled figures are read here"
        self.limit = Fraction(str(self.framework["coverage_limit"]))
        self.count_below = int(self.framework["count_below"])
        self.criteria_kept = self.criteria
        """What the filters keep, also where only criteria that all have answered are counted."""
        if choice.common and len(common := self.in_common()) >= self.count_below:
            self.criteria = common

    def in_common(self) -> list[str]:
        """The kept criteria that every operation shown has answered itself."""
        shown = [
            operation
            for operation in self.operations
            if self.group.home[operation] != HEAD_OFFICE
            and any(self.group.is_asked(self.choice.round, operation, code) for code in self.criteria)
        ]
        return [
            code
            for code in self.criteria
            if shown and all(self.said(self.choice.round, one, code)[0] == "answered" for one in shown)
        ]

    def said(self, round_: str, operation: str, code: str) -> tuple[str, Fraction | None]:
        """What an answer counts as, and its value, as it was given; unanswered also if it is not asked."""
        if not self.group.is_asked(round_, operation, code):
            return "unanswered", None
        return self.group.value_of(code, self.group.answers.get((round_, operation, code)))

    def of_kind(self, kind: str = "") -> list[str]:
        """The kept criteria of a kind: that in view, unless one is named."""
        return [code for code in self.criteria if self.group.criteria[code][1]["kind"] == (kind or self.choice.kind)]

    def answer(self, round_: str, operation: str, code: str, counting: str) -> Answer:
        role, value = self.said(round_, operation, code)
        seen = self.group.evidence.get((round_, operation, code)) in SEEN
        if counting == "seen" and role == "answered" and not seen:
            value = NOTHING
        criterion = self.group.criteria[code][1]
        weight, inherited = Fraction(str(criterion.get("weight", 1))), None
        takes = counting == "inherited" and criterion.get("inherits") and role in ("not_known", "unanswered")
        if takes and self.group.home[operation] != HEAD_OFFICE:
            above = [self.said(round_, one, code) for one in self.in_country(HEAD_OFFICE)]
            inherited = min((worth for _, worth in above if worth is not None), default=None)
        return Answer(operation, code, weight, role, value, inherited)

    def figure(
        self, operations: Iterable[str], criteria: Iterable[str], round_: str = "", counting: str = ""
    ) -> Figure | None:
        """The figure of some operations over some criteria, all answers together; None if nothing is asked."""
        at, criteria = round_ or self.choice.round, list(criteria)
        answers = [
            self.answer(at, operation, code, counting or self.choice.counting)
            for operation in operations
            for code in criteria
            if self.group.is_asked(at, operation, code)
        ]
        return self.read(answers) if answers else None

    def read(self, answers: list[Answer]) -> Figure:
        applies = [one for one in answers if one.role != "not_applicable"]
        own = [one for one in applies if one.value is not None]
        counted = [(one.weight, one.value) for one in own if one.value is not None]
        if applies and Fraction(len(own), len(applies)) >= self.limit:
            counted += [(one.weight, one.inherited) for one in applies if one.inherited is not None]
        points = sum((weight * value for weight, value in counted), NOTHING)
        answered = sum((weight for weight, _ in counted), NOTHING)
        of = sum((one.weight for one in applies), NOTHING)
        return Figure(
            self._reading(applies, len(own), len(counted)),
            points / answered if answered else None,
            points / of if of else None,
            (points + of - answered) / of if of else None,
            self._step() / answered if answered else None,
            len(counted),
            len(applies),
        )

    def _reading(self, applies: list[Answer], n_own: int, n_answered: int) -> str:
        if not applies:
            return "not_applicable"
        if not n_answered:
            return "not_known" if all(one.role == "not_known" for one in applies) else "unanswered"
        if Fraction(n_own, len(applies)) < self.limit:
            return "too_few"
        return "count" if n_answered < self.count_below else "score"

    def _step(self) -> Fraction:
        """The largest distance between two neighbouring answers of the scale."""
        values = sorted(Fraction(str(one["value"])) for one in self.framework["scale"] if "value" in one)
        return max(above - below for below, above in itertools.pairwise(values))

    def by_country(self, criteria: Iterable[str], round_: str = "", counting: str = "") -> Mean:
        """The figure of each country that is asked any of some criteria."""
        criteria = list(criteria)
        found = {code: self.figure(self.in_country(code), criteria, round_, counting) for code in self.spread_over}
        return Mean({code: one for code, one in found.items() if one is not None})

    def subjects(self) -> dict[str, Mean]:
        """The figures of what is compared."""
        criteria = self._criteria_compared()
        return {one: self._of_subject(one, criteria) for one in self.choice.subject}

    def by_criterion(self) -> list[dict[str, Fraction]]:
        """What each subject compared reaches on each criterion with all its answers, if any of them counts."""
        of = {one: [who for own in self._members(one) for who in own] for one in self.choice.subject}
        found = []
        for code in self._criteria_compared():
            figures = {one: self.figure(whose, [code]) for one, whose in of.items()}
            found.append({one: it.score for one, it in figures.items() if it and it.score is not None})
        return found

    def _criteria_compared(self) -> list[str]:
        """Only what all have answered, if too little applies to all."""
        criteria = self.of_kind()
        shared = [code for code in criteria if all(self._in_ground(code, one)[1] for one in self.choice.subject)]
        applies = [[self._in_ground(code, one)[0] for one in self.choice.subject] for code in criteria]
        n, n_all = sum(map(any, applies)), sum(map(all, applies))
        if self.choice.only_common or not n or Fraction(n_all, n) < FAIR:
            criteria = shared
        return criteria

    def _members(self, subject: str) -> list[list[str]]:
        """The operations of a subject, country by country."""
        if subject != EVERYBODY:
            return [[subject]]
        return [self.in_country(code) for code in self.group.countries if code != HEAD_OFFICE]

    def _in_ground(self, code: str, subject: str) -> tuple[bool, bool]:
        """Whether a criterion applies to a subject, and whether enough of those that it applies to answered it."""
        at, whose = self.choice.round, [who for one in self._members(subject) for who in one]
        roles = [self.said(at, who, code)[0] for who in whose if self.group.is_asked(at, who, code)]
        applies = [role for role in roles if role != "not_applicable"]
        n = applies.count("answered")
        return bool(applies), n > 0 and Fraction(n, len(applies)) >= self.limit

    def _of_subject(self, subject: str, criteria: list[str]) -> Mean:
        figures = {str(place): self.figure(whose, criteria) for place, whose in enumerate(self._members(subject))}
        return Mean({place: one for place, one in figures.items() if one is not None})

    def band(self, percent: int | None, n_answered: int) -> str | None:
        """The title of the band of a percentage; None if it rests on too few answers."""
        if percent is None or n_answered < self.count_below:
            return None
        return [str(one["title"]) for one in self.framework["bands"] if one["starts_at"] <= percent][-1]
