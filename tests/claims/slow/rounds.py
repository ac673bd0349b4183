"""What moved between two rounds, and what is expected of a figure by when? Read from the files."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.claims.slow.choice import HEAD_OFFICE
from tests.claims.slow.scores import SHOWN, Scores, whole
from tests.figures.slow_gaps import Row


@dataclass(frozen=True)
class Moved:
    """The matched answers of one country: how many, how many better and worse, and the figure on them, then and now.

    `covered` says that it has a figure on all its answers in both rounds; `n_applicable` is what applies in the round
    in which more does.
    """

    n: int
    better: int
    worse: int
    change: Fraction
    covered: bool
    n_applicable: int


class OverTime(Scores):
    """Two rounds, and the way to a target."""

    @property
    def before(self) -> str:
        """The earlier round that is chosen, or the one directly before in which the standard was asked."""
        rounds = self.group.rounds_of(self.choice.framework)
        place = rounds.index(self.choice.round)
        return self.choice.earlier or (rounds[place - 1] if place else "")

    def moved(self) -> dict[str, Moved]:
        """By country that is asked anything in either round, what moved; answers count as they were given."""
        found = {code: self._moved_in(code) for code in self.countries}
        return {code: one for code, one in found.items() if one is not None}

    def _moved_in(self, country: str) -> Moved | None:
        criteria, places = self.of_kind(), self.in_country(country)
        then, now = (self.figure(places, criteria, at, "answers") for at in (self.before, self.choice.round))
        if then is None and now is None:
            return None
        pairs = [
            (self._weight(code), *values) for who in places for code in criteria if (values := self._both(who, code))
        ]
        weight = sum((one for one, _, _ in pairs), Fraction(0))
        change = sum((one * (after - before) for one, before, after in pairs), Fraction(0))
        return Moved(
            len(pairs),
            sum(after > before for _, before, after in pairs),
            sum(after < before for _, before, after in pairs),
            change / weight if weight else Fraction(0),
            then is not None and now is not None and then.reading in SHOWN and now.reading in SHOWN,
            max(one.n_applicable for one in (then, now) if one),
        )

    def _weight(self, code: str) -> Fraction:
        return Fraction(str(self.group.criteria[code][1].get("weight", 1)))

    def _both(self, operation: str, code: str) -> tuple[Fraction, Fraction] | None:
        """The values of an answer that was given in both rounds."""
        before, after = (self.said(at, operation, code)[1] for at in (self.before, self.choice.round))
        return None if before is None or after is None else (before, after)

    def enough(self, moved: Moved) -> bool:
        """Whether a country has matched answers enough for a change."""
        return moved.n >= max(self.count_below, 1)

    def in_mean(self) -> dict[str, Moved]:
        """The countries whose change the mean counts."""
        return {
            code: one
            for code, one in self.moved().items()
            if code in self.spread_over and self.enough(one) and one.covered
        }

    def targets(self) -> list[Row]:
        """The targets of the standard in view which the filters of countries and principles keep."""
        return [
            row
            for row in self.group.targets
            if row["framework"] == self.choice.framework
            and (not row["operation"] or self.group.home[row["operation"]] in self.countries)
            and (not self.choice.principle or row["area"] in self.choice.principle)
        ]

    def status(self, target: Row) -> str:
        """How far the figure of a target is, at the end of the round in view."""
        aim, now = int(target["percent"]), self._percent_of(target, self.choice.round)
        if now is None:
            return "no_figure"
        if now >= aim:
            return "reached"
        rounds = [row["round"] for row in self.group.rounds]
        path = rounds[rounds.index(target["baseline"]) if target["baseline"] else 0 :]
        begins = next((at for at in path if self._percent_of(target, at) is not None), "")
        if not begins or rounds.index(begins) >= rounds.index(self.choice.round):
            return "starts"
        return "on_track" if now >= self._expected(target, begins) else "off_track"

    def _expected(self, target: Row, begins: str) -> int:
        """The point of the straight path on the day on which the round in view ends, as a whole percentage."""
        aim, baseline = int(target["percent"]), self._percent_of(target, begins)
        assert baseline is not None
        due = target["due_on"] or self.group.round_row(target["round"])["ends_on"]
        first, last, at = (date.fromisoformat(day) for day in (self.ends_on(begins), due, self.ends_on()))
        passed = Fraction((at - first).days, (last - first).days) if last > first else Fraction(1)
        return min(aim, whole((baseline + (aim - baseline) * min(passed, Fraction(1))) / Fraction(100)))

    def ends_on(self, round_: str = "") -> str:
        """The day on which a round ends."""
        return self.group.round_row(round_ or self.choice.round)["ends_on"]

    def _percent_of(self, target: Row, round_: str) -> int | None:
        """The whole figure of a target, whatever the filters; of an operation only with answers enough."""
        group, framework = self.group, self.choice.framework
        criteria = [
            code
            for code in group.asked_in(framework)
            if group.criteria[code][1]["kind"] == target["kind"]
            and (not target["area"] or target["area"] in group.areas(code))
        ]
        if target["operation"]:
            one = self.figure([target["operation"]], criteria, round_)
            return one.percent if one and one.reading == "score" else None
        scores = []
        for country in group.countries:
            if country != HEAD_OFFICE and (one := self.figure(self.in_country(country), criteria, round_)):
                scores += [one.score] if one.reading in SHOWN and one.score is not None else []
        return whole(sum(scores, Fraction(0)) / len(scores)) if scores else None
