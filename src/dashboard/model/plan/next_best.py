"""What are the fewest criteria that would lift an area to its next band? Exact, using fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from dashboard.model.plan.answered import (
    HALF,
    SHARP,
    CriterionAnswer,
    NextBest,
    Rules,
    missing_answers,
    next_start,
    percent_of,
)
from dashboard.model.plan.next_best_of_parts import next_best_of_parts

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
    open_ = [a for a in answers if a.value is None or (not missing and a.value < rules.best)]
    gains = {a.criterion: a.weight * (rules.best - (share if a.value is None else a.value)) for a in open_}
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
