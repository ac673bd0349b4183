"""On which rated risk of the choice does each criterion bear? The most severe, and the countries that rated it so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from dashboard.figures.asked import Asked
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.ratings import cards, ratings


@dataclass(frozen=True)
class Stake:
    """A rated risk: how severe the most severe rating of the choice is, from 1 to 4, and the countries that gave it."""

    impact: str
    severity: int
    irremediability: int
    """The highest among the ratings of that severity, which decides between risks of one severity."""
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
    """The rated risks of the choice, in the order of impacts."""
    titles = dict(zip(asked.cube.countries, asked.cube.country_titles, strict=True))
    of_impact = {impact: [*own] for impact, own in groupby(ratings(asked), key=lambda one: one.impact)}
    for impact in cards(asked):
        own = of_impact.get(impact, [])
        top = max((one.severity for one in own), default=0)
        most_severe = [one for one in own if one.severity == top]
        if most_severe:
            named = tuple(sorted({titles[one.country] for one in most_severe}))
            yield Stake(impact, top, max(one.grades[1] for one in most_severe), named)
