"""How far do two agree who have answered the same? Percent agreement and Gwet's AC1, as docs/method.md states them."""

import numpy as np

from dashboard.figures.cube import Ints

LEAST_PAIRS = 10
"""With fewer pairs there is no AC1."""


def agreed(pairs: Ints) -> float:
    """The share of pairs that say the same, 0 to 1. `pairs` counts them, by what the one and the other said.

    nan where there is no pair.
    """
    n = pairs.sum()
    return float(np.trace(pairs) / n) if n else np.nan


def ac1(pairs: Ints) -> float:
    """Gwet's AC1: 1 is full agreement, 0 what chance alone would bring, below 0 less than that.

    Chance is the sum of p (1 - p) over the q statuses, divided by q - 1; p is the share of a status in both ratings
    together. Every status of the scale counts among the q, also one that nobody chose. nan where there is no pair, or
    but one status. Source: Gwet, Computing inter-rater reliability and its variance in the presence of high agreement,
    British Journal of Mathematical and Statistical Psychology 61 (2008), 29-48.
    """
    n, q = pairs.sum(), len(pairs)
    if not n or q < 2:
        return np.nan
    share = (pairs.sum(axis=0) + pairs.sum(axis=1)) / (2 * n)
    chance = float((share * (1 - share)).sum()) / (q - 1)
    return (agreed(pairs) - chance) / (1 - chance)
