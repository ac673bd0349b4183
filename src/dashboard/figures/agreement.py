"""How far do two people agree who answered the same criteria? Percent agreement and Gwet's AC1; see docs/method.md."""

import numpy as np

from dashboard.figures.cube import Ints

LEAST_PAIRS = 10
"""With fewer pairs, AC1 is not calculated."""


def agreed(pairs: Ints) -> float:
    """The share of pairs that agree, 0 to 1; nan if there are no pairs.

    `pairs` is the square table of counts, by what each of the two said.
    """
    n = pairs.sum()
    return float(np.trace(pairs) / n) if n else np.nan


def ac1(pairs: Ints) -> float:
    """Gwet's AC1: 1 is full agreement, 0 is what chance alone would bring, and below 0 is worse than chance.

    Chance is the sum of p (1 - p) over the q statuses, divided by q - 1, where p is the share of a status in both
    ratings together. Every status of the scale counts towards q, even one that nobody chose. nan if there are no pairs
    or only one status. Source: Gwet, Computing inter-rater reliability and its variance in the presence of high
    agreement, British Journal of Mathematical and Statistical Psychology 61 (2008), 29-48.
    """
    n, q = pairs.sum(), len(pairs)
    if not n or q < 2:
        return np.nan
    share = (pairs.sum(axis=0) + pairs.sum(axis=1)) / (2 * n)
    chance = float((share * (1 - share)).sum()) / (q - 1)
    return (agreed(pairs) - chance) / (1 - chance)
