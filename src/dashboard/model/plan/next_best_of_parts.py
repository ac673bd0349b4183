"""What are the fewest criteria that lift a figure of several parts to its next band? Sets are tried, smallest first.

One more answer changes the shares of parts, so no list of fixed gains holds over several of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

from dashboard.model.plan.answered import (
    CriterionAnswer,
    NextBest,
    Part,
    Rules,
    missing_answers,
    next_start,
    percent_of,
)

MOST_SETS = 2_000
"""Sets of one size are tried only if there are no more than this."""


Sums = dict[Part, tuple[Fraction, Fraction]]
"""By smallest part: points, and the weight of what is answered."""


def _sums(answers: Iterable[CriterionAnswer]) -> Sums:
    sums: Sums = {}
    for answer in answers:
        if answer.value is not None:
            _add(sums, answer, answer.weight * answer.value, answer.weight)
    return sums


def _add(sums: Sums, answer: CriterionAnswer, points: Fraction, weight: Fraction) -> None:
    """Add to every part that the criterion is in."""
    for part in answer.parts:
        was = sums.get(part, (Fraction(0), Fraction(0)))
        sums[part] = was[0] + points, was[1] + weight


def _put_in_place(sums: Sums, raised: Iterable[CriterionAnswer], best: Fraction) -> Sums:
    """The sums with some criteria put in place."""
    then = dict(sums)
    for answer in raised:
        more = best if answer.value is None else best - answer.value
        _add(then, answer, answer.weight * more, answer.weight if answer.value is None else Fraction(0))
    return then


def _score(sums: Sums) -> Fraction | None:
    """The figure that the parts make up; None without an answer."""
    figures = {part: points / weight for part, (points, weight) in sums.items()}
    while any(figures):
        figures = _one_level_up(figures)
    return figures.get(())


def _one_level_up(figures: Mapping[Part, Fraction]) -> dict[Part, Fraction]:
    """The weighted mean of the parts beside each other, by what they are a part of."""
    above: dict[Part, tuple[Fraction, Fraction]] = {}
    for part, figure in figures.items():
        *of, (_, weight) = part
        points, whole = above.get(tuple(of), (Fraction(0), Fraction(0)))
        above[tuple(of)] = points + weight * figure, whole + weight
    return {part: points / whole for part, (points, whole) in above.items()}


def next_best_of_parts(answers: Sequence[CriterionAnswer], rules: Rules) -> NextBest:
    """The same as `next_best` for answers in several parts; `several_parts` if there are too many sets to try."""
    n_answered = sum(answer.value is not None for answer in answers)
    missing = missing_answers(n_answered, len(answers), rules.coverage_limit)
    now = _score(_sums(answers))
    start = rules.starts[0] if missing or now is None else next_start(percent_of(now, Fraction(1)), rules.starts)
    if start is None:
        return NextBest("top")
    open_ = [a for a in answers if a.value is None or (not missing and a.value < rules.best)]
    for size in range(max(missing, 1), len(open_) + 1):
        if comb(len(open_), size) > MOST_SETS:
            return NextBest("several_parts")
        chosen = min(_reaching(answers, open_, size, start, rules), default=None)
        if chosen is not None:
            names = chosen[-1]
            return NextBest("lifts", tuple(a.criterion for a in answers if a.criterion in names), missing)
    return NextBest("out_of_reach")


Ranked = tuple[tuple[int, ...], int, Fraction, tuple[str, ...]]
"""A set by how severe it is, its effort and how far it lifts, each the less the better, and its criteria."""


def _reaching(
    answers: Sequence[CriterionAnswer], open_: Sequence[CriterionAnswer], size: int, start: int, rules: Rules
) -> Iterator[Ranked]:
    """The sets of one size that reach the start of the band."""
    sums = _sums(answers)
    for chosen in combinations(open_, size):
        score = _score(_put_in_place(sums, chosen, rules.best))
        if score is not None and percent_of(score, Fraction(1)) >= start:
            severe = tuple(sorted(-one.gravity for one in chosen))
            yield severe, sum(one.effort for one in chosen), -score, tuple(one.criterion for one in chosen)
