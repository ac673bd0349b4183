"""What is compared: operations and groups of them, regions and the whole group; and when two figures can be told apart.

Operations and groups of them are compared by their answers, the others by their countries. All but operations are means
over countries. A group of operations has one figure in each, over all its answers there. A highest or lowest figure is
named only if it can be told apart from all the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.figures.cube import Cube, Flags, Ints, Rows
from dashboard.figures.failures import BEFORE, with_failed_before, with_own_failed_before
from dashboard.figures.fold import joined
from dashboard.figures.selection import Asked
from dashboard.figures.single_answers import Answers, sums_of_answers

GROUP = "group.countries"
"""All countries; the head office is not one of them."""


@dataclass(frozen=True)
class Subject:
    """Something that is compared: `code` may include a round of its own (`gha-op@2024`), `base` never does.

    `single` says that it is one operation.
    """

    code: str
    base: str
    round: str
    single: bool


@dataclass(frozen=True, eq=False)
class Compared:
    """The sums of every subject, criterion by criterion: from each answer, or from each country that it averages.

    `subject` says which subject each row belongs to, `answer` which of `answers` of a single operation it is, or -1.
    The unit is the country; an operation has one.
    """

    subjects: tuple[Subject, ...]
    subject: Ints
    rows: Rows
    answer: Ints
    answers: Answers

    def take(self, index: Ints) -> "Compared":
        """The rows at these places, repeated as often as they are named."""
        return Compared(self.subjects, self.subject[index], self.rows.take(index), self.answer[index], self.answers)


def subject_of(cube: Cube, code: str, round_: str) -> Subject:
    """What a code names, in the round it names itself or the one in view."""
    base, at, own = code.partition("@")
    return Subject(code, base, own if at else round_, base not in cube.members and base not in cube.groups)


def compared(asked: Asked, criteria: Flags, codes: Sequence[str]) -> Compared:
    """The rows of some subjects, in the order of their codes; from all countries, whatever the filters keep.

    `codes` are some of the subjects in view, in their order, and may end with `GROUP`.
    """
    # Several questions of a page are about the same subjects, whatever they keep of their answers.
    known = (*asked.given["subject"], GROUP)
    every: Compared = asked.once_of_sums(("compared", asked.given["round"], *known), lambda: _compared(asked, known))
    places = [place for place, code in enumerate(known) if code in codes][: len(codes)]
    number = np.full(len(known), -1)
    number[places] = np.arange(len(places))
    subject = number[every.subject]
    index = np.flatnonzero((subject >= 0) & criteria[every.rows.criterion])
    return replace(every.take(index), subjects=tuple(every.subjects[place] for place in places), subject=subject[index])


def _compared(asked: Asked, codes: Sequence[str]) -> Compared:
    """The same with every criterion."""
    cube = asked.cube
    subjects = tuple(subject_of(cube, code, asked.given["round"]) for code in codes)
    answers = sums_of_answers(cube, asked.rows("subject_answers"))
    parts, places, none = [], [], np.zeros(0, np.intp)
    for one in subjects:
        of_mean = one.base in cube.members
        rows = cube.sums if of_mean else answers.rows
        whose = (
            _flags(cube, one.base)[rows.country] if of_mean else np.isin(answers.operation, _operations(cube, one.base))
        )
        round_ = cube.rounds.index(one.round) if one.round in cube.rounds else -1
        index = np.flatnonzero(whose & (rows.round == round_))
        part = rows.take(index)
        parts.append(
            with_failed_before(asked, part)
            if of_mean
            else with_own_failed_before(asked, part, answers.operation[index].tolist())
        )
        places.append(index if one.single else np.full(len(index), -1))
    subject = np.repeat(np.arange(len(subjects)), [len(place) for place in places])
    return Compared(subjects, subject.astype(np.intp), together(parts, cube), np.concatenate([none, *places]), answers)


def together(parts: Sequence[Rows], cube: Cube) -> Rows:
    """Rows one after the other."""
    sums, none = cube.sums.take(np.zeros(0, np.intp)).plus(BEFORE, np.zeros(0)), np.zeros(0, np.intp)
    # Answers are nobody's totals.
    totals = [rows.total if rows.operations else np.full(len(rows.country), -1) for rows in parts]
    return replace(
        joined(parts, sums.measures),
        last=np.concatenate([sums.last[none], *(rows.last for rows in parts)]),
        total=np.concatenate([none, *totals]) if sums.operations else none,
        operations=sums.operations,
    )


def _operations(cube: Cube, subject: str) -> tuple[str, ...]:
    return cube.groups[subject].operations if subject in cube.groups else (subject,)


def _flags(cube: Cube, subject: str) -> Flags:
    flags = np.zeros(len(cube.countries), bool)
    flags[cube.members[subject]] = True
    return flags


@dataclass(frozen=True)
class BoundedFigure:
    """A figure as shown, in percent, with its bounds; None where they are not shown.

    `one_step` is how many points it moves when one answer in one country moves by one step.
    """

    title: str
    percent: float
    low: float | None
    high: float | None
    one_step: float | None


@dataclass(frozen=True)
class UnscoredFigure:
    """What has bounds, in percent, but too few answers for a figure."""

    title: str
    low: float
    high: float


@dataclass(frozen=True)
class OutermostFigure:
    """The highest or the lowest of some figures: its title, if one stands out, and those it cannot be told apart from.

    `n_alike` counts it and those; all of them lie between `least` and `most`. `unsure` are titles of what has no figure
    and may lie beyond it.
    """

    title: str | None
    n_alike: int
    least: float
    most: float
    unsure: tuple[str, ...] = ()


def told_apart(one: BoundedFigure, other: BoundedFigure) -> bool:
    """Whether their bounds do not overlap and they differ by more than one step of one answer would move either."""
    below, above = sorted((one, other), key=lambda figure: figure.percent)
    if below.high is None or above.low is None or below.one_step is None or above.one_step is None:
        return False
    return below.high < above.low and above.percent - below.percent > max(below.one_step, above.one_step)


def highest(figures: Sequence[BoundedFigure], unscored: Sequence[UnscoredFigure] = ()) -> OutermostFigure:
    """The highest of one or more figures, beside what has none and might lie above it."""
    last = max(figures, key=lambda figure: figure.percent)
    return _end(figures, last, tuple(one.title for one in unscored if last.low is None or one.high >= last.low))


def lowest(figures: Sequence[BoundedFigure], unscored: Sequence[UnscoredFigure] = ()) -> OutermostFigure:
    """The lowest of one or more figures, beside what has none and might lie below it."""
    last = min(figures, key=lambda figure: figure.percent)
    return _end(figures, last, tuple(one.title for one in unscored if last.high is None or one.low <= last.high))


def _end(figures: Sequence[BoundedFigure], last: BoundedFigure, unsure: tuple[str, ...]) -> OutermostFigure:
    alike = [one for one in figures if one is last or not told_apart(one, last)]
    percents = [one.percent for one in alike]
    named = len(alike) == 1 and not unsure
    return OutermostFigure(last.title if named else None, len(alike), min(percents), max(percents), unsure)
