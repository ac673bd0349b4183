"""On which rated risk of the choice does each criterion bear? The gravest, and the countries that rated it so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.figures.asked import Asked
from dashboard.figures.grid import NO_CELLS


@dataclass(frozen=True)
class Stake:
    """A rated risk: how grave the gravest rating of the choice is, from 1 to 5, and the countries that gave it."""

    impact: str
    severity: int
    second_key: float
    """The mean of the three grades, which decides between ratings of one severity."""
    countries: tuple[str, ...]


def at_stake(asked: Asked) -> Mapping[int, Stake]:
    """By the place of the criterion."""
    cells = asked.cube.cells.get("impact", NO_CELLS)
    stakes = sorted(_graded(asked), key=lambda one: (-one.severity, -one.second_key))
    rank = {stake.impact: place for place, stake in enumerate(stakes)}
    found: dict[int, int] = {}
    for criterion, cell in zip(cells.criterion.tolist(), cells.cell.tolist(), strict=True):
        place = rank.get(cells.rows[cell], len(stakes))
        found[criterion] = min(place, found.get(criterion, place))
    return {criterion: stakes[place] for criterion, place in found.items() if place < len(stakes)}


def _graded(asked: Asked) -> Iterable[Stake]:
    """The rated risks of the choice, in the order of impacts."""
    countries, impacts = set(asked.given["countries"]), set(asked.given["impacts"])
    titles = dict(zip(asked.cube.countries, asked.cube.country_titles, strict=True))
    rated: dict[str, list[tuple[int, float, str]]] = {}
    columns = (column.to_pylist() for column in asked.rows("guidance_ratings").columns)
    for impact, country, severity, second_key in zip(*columns, strict=True):
        if country in countries and impact in impacts:
            rated.setdefault(impact, []).append((severity, second_key, titles[country]))
    for impact, ratings in rated.items():
        top = max(severity for severity, *_ in ratings)
        gravest = [(second_key, title) for severity, second_key, title in ratings if severity == top]
        named = tuple(sorted({title for _, title in gravest}))
        yield Stake(impact, top, max(second_key for second_key, _ in gravest), named)
