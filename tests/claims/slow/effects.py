"""What do the actions of a round expect, and what did the next round measure? Read from the files."""

from copy import copy
from dataclasses import dataclass
from fractions import Fraction

from tests.claims.slow.scores import Figure, Scores, whole
from tests.figures.slow_gaps import Row

COUNTING = ("open", "in_progress", "done")
Pair = tuple[str, str]
"""Operation and criterion."""


@dataclass(frozen=True)
class Gain:
    """A mean, or the only figure, with changed answers, and how many whole points it is from that as answered."""

    score: Fraction
    points: int
    n_answered: int


class Effects(Scores):
    """The scores with the answers that actions expect, and with those of the next round."""

    def acting(self) -> list[Row]:
        """The actions of the round on criteria of the kind in view that are asked there, and that count."""
        return [
            row
            for row in self.group.actions
            if row["criterion"] and row["status"] in COUNTING
            if (code := self._subject(row)) in self.of_kind() and row["operation"] in self.operations
            if self._round_of(row) == self.choice.round
            if self.group.is_asked(self.choice.round, row["operation"], code)
        ]

    def _subject(self, row: Row) -> str:
        return str(self.group.criteria[row["criterion"]][1].get("same_as", row["criterion"]))

    def _round_of(self, row: Row) -> str:
        """The round of an action; without one, the last that began on or before its due date, or else the first."""
        rounds = self.group.rounds_of(self.choice.framework)
        if row["round"] in rounds:
            return row["round"]
        begun = [at for at in rounds if self.group.round_row(at)["starts_on"] <= row["due_on"]]
        return (begun or rounds[:1])[-1]

    @property
    def later(self) -> str:
        """The next round of the standard; empty if there is none."""
        rounds = self.group.rounds_of(self.choice.framework)
        return (rounds[rounds.index(self.choice.round) + 1 :] or [""])[0]

    def expected(self) -> dict[Pair, str]:
        """The answers that actions expect, where these are better than what was answered."""
        found: dict[Pair, str] = {}
        for row in self.acting():
            key = row["operation"], self._subject(row)
            best = found.get(key)
            if self._worth(key[1], row["expected_status"]) > max(self._now(key), self._worth(key[1], best)):
                found[key] = row["expected_status"]
        return found

    def _worth(self, code: str, status: str | None) -> Fraction:
        value = self.group.value_of(code, status)[1]
        return Fraction(-1) if value is None else value

    def _now(self, pair: Pair) -> Fraction:
        return self._worth(pair[1], self.group.answers.get((self.choice.round, *pair)))

    def measured(self) -> dict[str, bool]:
        """The actions whose criterion was answered in the next round, and whether that is what they expected."""
        found = {}
        for row in self.acting() if self.later else []:
            code = self._subject(row)
            role, value = self.said(self.later, row["operation"], code)
            if role == "answered" and value is not None:
                found[row["action"]] = value >= self._worth(code, row["expected_status"])
        return found

    def answered_later(self) -> dict[Pair, str]:
        """The answers of the next round to what was measured."""
        measured = self.measured()
        pairs = {(row["operation"], self._subject(row)) for row in self.acting() if row["action"] in measured}
        return {pair: self.group.answers[self.later, *pair] for pair in pairs}

    def gained(self, assumed: dict[Pair, str]) -> Gain | None:
        """The mean of countries with a figure both as answered and with other answers, or the only country's figure."""
        then = self.with_answers(assumed)
        pairs = [(self._in(code), then._in(code)) for code in self.countries]
        both = [(was, now) for was, now in pairs if was is not None and now is not None]
        if len(both) == 1:
            was, now = both[0]
            return self._gain([both[0]]) if was.reading == now.reading == "score" else None
        pairs = [(self._in(code), then._in(code)) for code in self.spread_over]
        shown = [
            (was, now) for was, now in pairs if was and now and was.percent is not None and now.percent is not None
        ]
        return self._gain(shown) if shown else None

    def changed_by_scenario(self) -> dict[Pair, str]:
        """The answers that the assumptions change; the later counts, and what does not apply mostly stays so."""
        found: dict[Pair, str] = {}
        for place, what, status in (one.split("~") for one in self.choice.assumed):
            for who, home in self.group.home.items():
                if place in ("all", who, home):
                    codes = [one for one in self.group.asked_in(self.choice.framework) if self._is(one, what)]
                    named = place == who and codes == [what]
                    found |= {(who, code): status for code in codes if named or self._applies(who, code)}
        return {pair: status for pair, status in found.items() if self.group.is_asked(self.choice.round, *pair)}

    def _is(self, code: str, what: str) -> bool:
        return what == code or what in self.group.areas(code)

    def _applies(self, operation: str, code: str) -> bool:
        return self.said(self.choice.round, operation, code)[0] != "not_applicable"

    def with_answers(self, assumed: dict[Pair, str]) -> "Effects":
        """The same with other answers in the round."""
        then = copy(self)
        then.group = copy(self.group)
        changed = {(self.choice.round, *pair): status for pair, status in assumed.items()}
        then.group.answers = {**self.group.answers, **changed}
        return then

    def _in(self, country: str) -> Figure | None:
        return self.figure(self.in_country(country), self.of_kind())

    def _gain(self, shown: list[tuple[Figure, Figure]]) -> Gain:
        before, after = ([one.score or Fraction(0) for one in side] for side in zip(*shown, strict=True))
        mean, was = (sum(side, Fraction(0)) / len(shown) for side in (after, before))
        return Gain(mean, whole(mean) - whole(was), sum(now.n_answered for _, now in shown))
