"""How do the parts of a gap add up on screen? Scores and parts have one decimal, and the parts are rounded together."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import floor

from dashboard.queries.compare.compare_why import CompareWhyRow

NOTHING = 1e-9
"""A part smaller than this is none, and is not rounded to anything else."""


def adding_up(parts: Sequence[float], whole: float) -> list[float]:
    """The parts to one decimal, so that they add up to a whole of one decimal.

    Each is rounded down or up; those with the largest remainders are rounded up.
    """
    tenths = [floor(10 * part + NOTHING) for part in parts]
    left = round(10 * whole) - sum(tenths)
    some = [place for place, part in enumerate(parts) if abs(part) > NOTHING]
    order = sorted(some, key=lambda place: tenths[place] - 10 * parts[place], reverse=left < 0)
    for step in range(abs(left) if order else 0):
        tenths[order[step % len(order)]] += 1 if left > 0 else -1
    return [tenth / 10 for tenth in tenths]


def in_tenths(rows: Iterable[CompareWhyRow]) -> list[CompareWhyRow]:
    """The rows of `compare_why` with scores, the parts of principles, and in each those of criteria in tenths."""
    by_area = [list(own) for _, own in groupby(rows, lambda row: row["area"])]
    if not by_area:
        return []
    one = by_area[0][0]
    first, second = (round(100 * score, 1) for score in (one["first_score"], one["second_score"]))
    areas = adding_up([own[0]["area_points"] for own in by_area], first - second)
    return [
        row | {"area_points": area, "points": part, "first_score": first / 100, "second_score": second / 100}
        for own, area in zip(by_area, areas, strict=True)
        for row, part in zip(own, adding_up([row["points"] for row in own], area), strict=True)
    ]
