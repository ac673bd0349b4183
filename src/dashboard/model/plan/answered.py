"""What does the search for the next best step read and return? Answers of criteria, the rules, and the set."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
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
    """One criterion that is asked and applies. `value` is what its answer is worth, None without an answer."""

    criterion: str
    weight: Fraction
    value: Fraction | None
    gravity: int = 0
    effort: int = 4
    parts: tuple[Part, ...] = ()
    """The smallest parts of the figure in which it counts."""


@dataclass(frozen=True)
class Rules:
    """What a framework says: its best value, where its bands start (rising from 0), and how much must be answered."""

    best: Fraction
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
