"""Which rated risk does each criterion affect? The most severe, and the countries that rated it so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.figures.asked import Asked
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.ratings import cards, ratings


@dataclass(frozen=True)
class Stake:
    """A rated risk: its highest severity within the filters, from 1 to 4, and the countries that rated it so."""

    impact: str
    severity: int
    irremediability: int
    """The highest among the ratings with that severity; it decides between risks of equal severity."""
    countries: tuple[str, ...]


def at_stake(asked: Asked) -> Mapping[int, Stake]:
    """By the place of the criterion."""
    cells = asked.cube.cells.get("impact", NO_CELLS)
    stakes = sorted(_graded(asked), key=lambda one: (-one.severity, -one.irremediability))
    rank = {stake.impact: place for place, stake in enumerate(stakes)}
    found: dict[int, int] = {}
    for criterion, cell in zip(cells.criterion.tolist(), cells.cell.tolist(), strict=True):
        place = rank.get(cells.rows[cell], len(stakes))
        found[criterion] = min(place, found.get(criterion, place))
    return {criterion: stakes[place] for criterion, place in found.items() if place < len(stakes)}


def _graded(asked: Asked) -> Iterable[Stake]:
    """The risks rated within the filters, in the order of impacts."""
    found = ratings(asked)
    together = found.together(found.impact)
    tops = dict(zip(together.impact.tolist(), together.grade(0).tolist(), strict=True))
    top = np.zeros(len(cards(asked).codes), np.intp)
    top[together.impact] = together.grade(0)
    most = found.take(found.grade(0) == top[found.impact])
    for impact, severity in tops.items():
        own = most.take(most.impact == impact)
        named = tuple(asked.in_order({asked.cube.country_titles[place] for place in own.country}))
        yield Stake(cards(asked).codes[impact], severity, int(own.grade(1).max()), named)
