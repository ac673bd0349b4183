"""The rules of the method that turn sums into a figure; docs/method.md has a sentence for each."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dashboard.figures.cube import CubeFramework, Flags, Floats, Ints
from dashboard.figures.fold import Sums, Units, added, own_answers

READINGS = ("not_covered", "started", "not_applicable", "not_known", "unanswered", "too_few", "count", "score")
"""How a figure may be shown. All but the last two are kinds of missing figure, and none of those is zero.

Started: only a short start is asked so far.
"""
NOT_COVERED, STARTED, NOT_APPLICABLE, NOT_KNOWN, UNANSWERED, TOO_FEW, COUNT, SCORE = range(len(READINGS))


def rules() -> str:
    """The text of this file, which readers can open as the rules."""
    return Path(__file__).read_text("utf-8")


def divided(part: Floats | Ints, whole: Floats | Ints) -> Floats:
    """A share; nan, not 0, if there is no whole."""
    share: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole != 0)
    return share


def whole_percent(share: Floats) -> Floats:
    """Whole percent, rounded once at the very end, halves away from zero.

    The first rounding removes floating-point error: 0.7 x 0.7 + 0.35 x 0.7 over 1.4 is 52.5, not 52.49999999999999.
    """
    return _rounded(_rounded(100.0 * share * 1e6) / 1e6)


def _rounded(values: Floats) -> Floats:
    return np.trunc(values + np.copysign(0.5, values))


@dataclass(frozen=True, eq=False)
class Read:
    """What each row of sums means: its reading (a place in READINGS), and shares from 0 to 1, nan where there is none.

    `score` is over what was answered; `low` and `high` are what it would be if everything missing were nothing, or all
    in place; `coverage` is how much of what applies was answered. `one_step` is how far the score moves at most when
    one answer of weight 1 moves by the largest step of its scale. `n_parts` counts parts with an answer. `count_below`
    is the number of answers that a score needs, and so does a band.
    """

    reading: Ints
    score: Floats
    low: Floats
    high: Floats
    coverage: Floats
    one_step: Floats
    n_parts: Ints
    count_below: Floats

    @property
    def shown(self) -> Flags:
        """Whether a figure may be shown."""
        return self.reading >= COUNT

    @property
    def shown_score(self) -> Floats:
        """The score where a figure may be shown; nan elsewhere, even if there are answers."""
        return np.where(self.shown, self.score, np.nan)

    @property
    def percent(self) -> Floats:
        """The figure in whole percent; nan where none may be shown."""
        return whole_percent(self.shown_score)

    @property
    def banded(self) -> Floats:
        """The same where the figure has a band; nan also where there are only one or two answers."""
        return np.where(self.reading == SCORE, self.percent, np.nan)

    def take(self, index: Ints) -> "Read":
        """Those at some places."""
        return Read(*(values[index] for values in vars(self).values()))


def counts_in_change(n_matched: Floats, was_shown: Flags, now_shown: Flags, least: float) -> Flags:
    """Which countries count in a mean change: those with matched answers enough, and a figure in both rounds.

    A country below the coverage limit in one of them does not.
    """
    return enough_matched(n_matched, least) & was_shown & now_shown


def enough_matched(n_matched: Floats, least: float) -> Flags:
    """Which have matched answers enough for a change of their own."""
    flags: Flags = n_matched >= max(least, 1)
    return flags


def read(units: Units, limits: Floats) -> Read:
    """The figures of units. `limits` gives for each the least coverage and number of answers for a score, and the step.

    A figure is made of its parts, each with its share: as its standard says, or everything together. The score is over
    the parts with an answer, bounds over those in which anything applies. Readings and coverage count answers, whatever
    the parts. Whether coverage reaches the limit is decided on own answers: where they do not reach it, `fold_units`
    has taken off what is inherited.
    """
    sums, parts = units.sums, units.parts.sums
    applicable, answered = sums["n_applicable"], sums["n_answered"]
    reading = np.select(
        [
            (sums["n_asked"] == 0) & (sums["n_started"] > 0),
            sums["n_asked"] == 0,
            applicable == 0,
            (answered == 0) & (sums["n_not_known"] == applicable),
            answered == 0,
            divided(own_answers(sums), applicable) < limits[:, 0],
            answered < limits[:, 1],
        ],
        [STARTED, NOT_COVERED, NOT_APPLICABLE, NOT_KNOWN, UNANSWERED, TOO_FEW, COUNT],
        SCORE,
    )
    points, weight, of_answered = parts["points"], parts["weight_applicable"], parts["weight_answered"]
    share_answered, share = shares(units, of_answered), shares(units, weight)
    steps = np.full(len(sums), np.nan)
    moved = share_answered * divided(limits[units.parts.unit, 2], of_answered)
    np.fmax.at(steps, units.parts.unit, moved)
    return Read(
        reading.astype(np.intp),
        _averaged(units, points, of_answered, share_answered),
        _averaged(units, points, weight, share),
        _averaged(units, points + weight - of_answered, weight, share),
        divided(answered, applicable),
        steps,
        np.bincount(units.parts.unit[of_answered > 0], minlength=len(sums)),
        limits[:, 1],
    )


def averaged(units: Units, points: Floats, weight: Floats) -> Floats:
    """For each unit, points over weight in its parts, each with its share; nan if no part has any weight."""
    return _averaged(units, points, weight, shares(units, weight))


def _averaged(units: Units, points: Floats, weight: Floats, share: Floats) -> Floats:
    unit, counts = units.parts.unit, share > 0
    # What holds no weight has no share either.
    of_part = np.divide(points, weight, out=np.zeros(len(weight)), where=counts)
    of_unit = np.bincount(unit, np.where(counts, share * of_part, 0), len(units.group))
    return np.where(np.bincount(unit[counts], minlength=len(units.group)) > 0, of_unit, np.nan)


def shares(units: Units, weight: Floats) -> Floats:
    """By part, its share of the figure of its unit; 0 for a part without weight.

    At each level, a part has its weight's share among those beside it that hold anything, from the top down. So the
    shares of a unit always add up to one.
    """
    has, share = weight != 0, np.ones(len(weight))
    tree, above = units.parts.tree, units.parts.unit[has]
    for names, counts in zip(tree.names[has].T, tree.weights[has].T, strict=True) if tree else ():
        n = names.max(initial=0) + 1
        beside, first, part = np.unique(above * n + names, return_index=True, return_inverse=True)
        own, of = counts[first], beside // n
        share[has] *= divided(own, np.bincount(of, own)[of])[part]
        above = part
    return np.where(has, share, 0.0)


@dataclass(frozen=True, eq=False)
class Spread:
    """The figures of groups over their units: means of those that may be shown, in whole percent, or nan.

    `score` is the same mean before rounding, from 0 to 1. `low` and `high` are means over all units. `one_step` is how
    many points the mean moves at most when one answer in one unit moves by one step. `sums` are those of the group.
    `banded` is `percent` where the figure has a band: not if the figures in it have only one or two answers together.
    `n_units` are asked something; `n_started` more are asked only a short start, which is in no figure.
    """

    reading: Ints
    score: Floats
    percent: Floats
    banded: Floats
    lowest: Floats
    median: Floats
    highest: Floats
    low: Floats
    high: Floats
    one_step: Floats
    n_units: Ints
    n_started: Ints
    n_shown: Ints
    n_too_few: Ints
    sums: Sums

    @property
    def met(self) -> Flags:
        """Whether any unit is asked something, if only a short start."""
        return self.n_units + self.n_started > 0


def spread(units: Units, of_units: Read, n_groups: int) -> Spread:
    """The mean of several figures; it counts as a figure as soon as one of them may be shown."""
    return spread_of(units.group, units.sums, of_units, n_groups)


def spread_of(group: Ints, sums_of_units: Sums, of_units: Read, n_groups: int) -> Spread:
    """The same for figures given with the number of their group, whatever their parts were."""
    shown = of_units.shown
    sums = added(sums_of_units, group, n_groups)
    n_started = np.bincount(group[of_units.reading == STARTED], minlength=n_groups)
    n_units = np.bincount(group, minlength=n_groups) - n_started
    n_shown = np.bincount(group[shown], minlength=n_groups)
    n_scores = np.bincount(group[of_units.reading == SCORE], minlength=n_groups)
    answered, applicable = sums["n_answered"], sums["n_applicable"]
    reading = np.select(
        [
            n_scores > 0,
            n_shown > 0,
            answered > 0,
            (sums["n_asked"] == 0) & (sums["n_started"] > 0),
            sums["n_asked"] == 0,
            applicable == 0,
            sums["n_not_known"] == applicable,
        ],
        [SCORE, COUNT, TOO_FEW, STARTED, NOT_COVERED, NOT_APPLICABLE, NOT_KNOWN],
        UNANSWERED,
    )
    ordered = np.lexsort((of_units.score[shown], group[shown]))
    scores, of_group = of_units.score[shown][ordered], group[shown][ordered]
    first = np.searchsorted(of_group, np.arange(n_groups))
    some = np.flatnonzero(n_shown)

    def at(place: Ints) -> Floats:
        values = np.full(n_groups, np.nan)
        values[some] = scores[(first + place)[some]]
        return values

    score = mean(group[shown], of_units.score[shown], n_groups)
    middle = (at((n_shown - 1) // 2) + at(n_shown // 2)) / 2
    bounds = (mean(group, of_units.low, n_groups), mean(group, of_units.high, n_groups))
    # Rounded together: for so few values, each call takes the same time.
    percent, lowest, median, highest, low, high = whole_percent(
        np.stack([score, at(np.zeros(n_groups, np.intp)), middle, at(n_shown - 1), *bounds])
    )
    largest = np.full(n_groups, np.nan)
    np.fmax.at(largest, group[shown], of_units.one_step[shown])
    n_in_mean = np.bincount(group[shown], sums_of_units["n_answered"][shown], n_groups)
    needed = np.zeros(n_groups)
    np.fmax.at(needed, group, of_units.count_below)
    banded = np.where(n_in_mean < needed, np.nan, percent)
    return Spread(
        reading.astype(np.intp), score, percent, banded, lowest, median, highest, low, high,
        100 * divided(largest, n_shown), n_units, n_started, n_shown,
        np.bincount(group[of_units.reading == TOO_FEW], minlength=n_groups), sums,
    )  # fmt: skip


def mean(group: Ints, values: Floats, n_groups: int) -> Floats:
    """The plain mean of the values of each group; nan values are left out, and a group without values is nan."""
    known = ~np.isnan(values)
    counts = np.bincount(group[known], minlength=n_groups)
    return divided(np.bincount(group[known], values[known], minlength=n_groups), counts)


def band(banded: Floats, framework: CubeFramework) -> Ints:
    """The place of the band that each whole percentage falls in, from low to high; -1 if there is none."""
    places = np.searchsorted(np.array(framework.starts_at), banded, "right") - 1
    return np.where(np.isnan(banded), -1, places)


def shade(bands: Ints, framework: CubeFramework) -> Floats:
    """The places of bands, as `band` gives them, scaled to 0 to 3 however many there are; nan without a band."""
    of_three = 3.0 * bands / max(len(framework.bands) - 1, 1)
    return np.where(bands < 0, np.nan, np.trunc(of_three + 0.5))


def at_places(values: Floats | Ints | Flags, places: Ints) -> Floats:
    """The value at each place; nan where a place is negative."""
    padded: Floats = np.append(values.astype(np.float64), np.nan)[np.where(places < 0, len(values), places)]
    return padded


def named(places: Ints, names: tuple[str, ...]) -> npt.NDArray[np.object_]:
    """The name at each place; None where a place is negative."""
    return np.array([*names, None], dtype=object)[places]
