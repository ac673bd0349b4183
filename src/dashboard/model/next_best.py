"""Finds the fewest criteria that would lift an area, or a figure of several parts, to its next band. Uses fractions.

In a figure of several parts, one more answer changes their shares, so no list of fixed gains holds over several of
them: sets are tried, smallest first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, floor, lcm
from typing import Literal

CRITICAL = 5
"""The gravity of a critical criterion: above the most severe of the four severities. 0 means no rated risk."""
HALF = Fraction(1, 2)
SHARP = 10**6
"""Percentages are first rounded to this many parts, as in `figures/read.py`."""

State = Literal["lifts", "top", "nothing", "out_of_reach", "several_parts"]


Part = tuple[tuple[int, Fraction], ...]
"""A part of a figure after all that it is a part of, from the top: the number and the weight of each."""


@dataclass(frozen=True)
class CriterionAnswer:
    """One criterion that is asked and applies. `value` is what its answer is worth, None without an answer.

    `best` is what the best answer on its scale is worth.
    """

    criterion: str
    weight: Fraction
    value: Fraction | None
    gravity: int = 0
    effort: int = 4
    best: Fraction = Fraction(1)
    parts: tuple[Part, ...] = ()
    """The smallest parts of the figure in which it counts."""


@dataclass(frozen=True)
class Rules:
    """What a framework says: where its bands start (rising from 0), and how much must be answered."""

    starts: tuple[int, ...]
    coverage_limit: float


@dataclass(frozen=True)
class NextBest:
    """The criteria of the smallest set, in the order given.

    `lifts`: they lead to the next band; `top`: there is none; `nothing`: nothing applies; `out_of_reach`: all of them
    together are not enough; `several_parts`: the figure is the mean of several parts, and no small set leads there. If
    there are too few answers for a band, `missing` answers come first. `left_out` counts those beyond the limit.
    """

    state: State
    criteria: tuple[str, ...] = ()
    missing: int = 0
    left_out: int = 0


def percent_of(points: Fraction, weight: Fraction) -> int:
    """Whole percent, halves up, rounded as in `figures/read.py`. `weight` must not be 0."""
    sharp = Fraction(floor(100 * points / weight * SHARP + HALF), SHARP)
    return floor(sharp + HALF)


def missing_answers(answered: int, applicable: int, coverage_limit: float) -> int:
    """How many more must be answered before a score may be shown."""
    return next(more for more in range(applicable + 1) if _enough(answered + more, applicable, coverage_limit))


def _enough(answered: int, applicable: int, coverage_limit: float) -> bool:
    """The rule of `reading_of`, in the same arithmetic: doubles, not fractions."""
    return answered == applicable or (answered > 0 and answered / applicable >= coverage_limit)


def next_start(percent: int, starts: Iterable[int]) -> int | None:
    return next((start for start in starts if start > percent), None)


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


def _put_in_place(sums: Sums, raised: Iterable[CriterionAnswer]) -> Sums:
    """The sums with some criteria put in place."""
    then = dict(sums)
    for answer in raised:
        more = answer.best if answer.value is None else answer.best - answer.value
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
    open_ = [a for a in answers if a.value is None or (not missing and a.value < a.best)]
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
        score = _score(_put_in_place(sums, chosen))
        if score is not None and percent_of(score, Fraction(1)) >= start:
            severe = tuple(sorted(-one.gravity for one in chosen))
            yield severe, sum(one.effort for one in chosen), -score, tuple(one.criterion for one in chosen)


MOST = 40
"""How many criteria are considered; if there are more, only the most severe."""


@dataclass(frozen=True)
class Raise:
    """How much one criterion adds when it is put in place, beyond what the next band requires of its weight."""

    criterion: str
    gravity: int
    effort: int
    adds: int


def next_best(answers: Sequence[CriterionAnswer], rules: Rules) -> NextBest:
    """The smallest set; among equally small ones the most severe, then the least effort, then the highest result."""
    if not answers:
        return NextBest("nothing")
    if len({part for answer in answers for part in answer.parts}) > 1:
        return next_best_of_parts(answers, rules)
    answered = [answer for answer in answers if answer.value is not None]
    points = sum((a.weight * a.value for a in answered if a.value is not None), Fraction(0))
    weight = sum((a.weight for a in answered), Fraction(0))
    missing = missing_answers(len(answered), len(answers), rules.coverage_limit)
    # Without enough answers there is no band at all: the first step is to have one, and answers alone lead there.
    start = rules.starts[0] if missing else next_start(percent_of(points, weight), rules.starts)
    if start is None:
        return NextBest("top")
    share = (start - HALF - HALF / SHARP) / 100
    open_ = [a for a in answers if a.value is None or (not missing and a.value < a.best)]
    gains = {a.criterion: a.weight * (a.best - (share if a.value is None else a.value)) for a in open_}
    # Integers instead of fractions: the same sums, faster.
    scale = lcm(*(gain.denominator for gain in (*gains.values(), points - share * weight)))
    raises = [Raise(a.criterion, a.gravity, a.effort, int(gains[a.criterion] * scale)) for a in open_]
    weighed = sorted(raises, key=lambda r: (-r.gravity, -r.adds))[:MOST]
    chosen = fewest(weighed, int((share * weight - points) * scale), missing)
    if chosen is None:
        return NextBest("out_of_reach", left_out=len(raises) - len(weighed))
    names = tuple(a.criterion for a in answers if a.criterion in chosen)
    return NextBest("lifts", names, missing, len(raises) - len(weighed))


def fewest(raises: Sequence[Raise], need: int, at_least: int = 0) -> frozenset[str] | None:
    """The criteria of the best set that adds `need` and has at least `at_least` criteria; None if there is none."""
    falling = sorted((r.adds for r in raises), reverse=True)
    size = next((n for n in range(at_least, len(falling) + 1) if sum(falling[:n]) >= need), None)
    if size is None:
        return None
    levels = [
        [r for r in raises if r.gravity == gravity] for gravity in sorted({r.gravity for r in raises}, reverse=True)
    ]
    return _least_effort(list(zip(levels, _most_severe(levels, size, need), strict=True)), need)


def _most_severe(levels: Sequence[Sequence[Raise]], size: int, need: int) -> list[int]:
    """How many of each level, most severe first: as many as still let the rest add what is needed.

    For given numbers, a set adds most if it takes the greatest of each level; so each level takes the greatest number
    that keeps the need within reach.
    """
    counts: list[int] = []
    added = 0
    for place, level in enumerate(levels):
        own = sorted((r.adds for r in level), reverse=True)
        rest = sorted((r.adds for later in levels[place + 1 :] for r in later), reverse=True)
        left = size - sum(counts)
        count = next(
            n
            for n in range(min(left, len(own)), -1, -1)
            if left - n <= len(rest) and added + sum(own[:n]) + sum(rest[: left - n]) >= need
        )
        counts.append(count)
        added += sum(own[:count])
    return counts


Sets = dict[int, tuple[int, tuple[str, ...]]]
"""By effort: the most that a set with that effort adds, and its criteria."""


def _least_effort(levels: Sequence[tuple[Sequence[Raise], int]], need: int) -> frozenset[str]:
    """Of all sets with these numbers per level that add what is needed, the one with least effort, then most gain."""
    sets: Sets = {0: (0, ())}
    for level, count in levels:
        sets = _joined(sets, _of_level(level, count))
    effort = min(effort for effort, (adds, _) in sets.items() if adds >= need)
    return frozenset(sets[effort][1])


def _of_level(level: Sequence[Raise], count: int) -> Sets:
    """The best sets of `count` criteria of one level, by effort, built by taking each criterion or not."""
    by_count: list[Sets] = [{0: (0, ())}, *({} for _ in range(count))]
    for one in level:
        for taken in range(count - 1, -1, -1):
            grown = {
                e + one.effort: (adds + one.adds, (*names, one.criterion))
                for e, (adds, names) in by_count[taken].items()
            }
            _keep_better(by_count[taken + 1], grown)
    return by_count[count]


def _joined(one: Sets, other: Sets) -> Sets:
    joined: Sets = {}
    for effort, (adds, names) in one.items():
        _keep_better(joined, {effort + e: (adds + a, names + n) for e, (a, n) in other.items()})
    return joined


def _keep_better(best: Sets, candidates: Sets) -> None:
    for effort, choice in candidates.items():
        if effort not in best or choice[0] > best[effort][0]:
            best[effort] = choice
