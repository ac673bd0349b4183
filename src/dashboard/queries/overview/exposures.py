"""Which risk areas hold the gravest rated risks, and how well do answers cover them? The five gravest.

Gravity first, then the second key (the mean of scale, scope and irremediability), then likelihood, then the weaker
cover; never a product. The three are those of one rating: an area is as grave as its gravest risk.
"""

from itertools import groupby

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.fold import fold_units, in_cells
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.ratings import Rating, cards, ratings, together
from dashboard.figures.read import COUNT, NOT_KNOWN, READINGS, SCORE, UNANSWERED, at_places, named, spread

MOST = 5


def answer(asked: Asked) -> pa.Table:
    """The cover is the mean over countries of the respect criteria that serve the area; null where nothing is asked."""
    exposed = _exposed(asked)
    areas = list(exposed)
    rows = asked.chosen(asked.in_view & asked.kind_is("respect") & asked.criteria & asked.within, asked.spread_over)
    cells = asked.cube.facets.get("risk_area", NO_CELLS)
    rows, area = in_cells(rows, cells)
    units = fold_units(rows, area, rows.country)
    figures = spread(units, read_units(asked, units), len(cells.rows))
    places = {code: place for place, code in enumerate(cells.rows) if figures.n_units[place]}
    at = np.array([places.get(code, -1) for code in areas], np.intp)
    # A cover of few answers is a score here; what is not known counts as not answered.
    reading = np.select([figures.reading == COUNT, figures.reading == NOT_KNOWN], [SCORE, UNANSWERED], figures.reading)

    percent = at_places(figures.percent, at)
    found = pa.table(
        {
            "risk_area": column(areas, pa.string()),
            "risk_area_title": column([asked.title(code) for code in areas], pa.string()),
            "severity": column([countries[0].severity for countries in exposed.values()], pa.int16()),
            "n_countries_rated": column([len(countries) for countries in exposed.values()], pa.int64()),
            "n_countries_gravest": column([_n_gravest(countries) for countries in exposed.values()], pa.int64()),
            "reading": column(named(np.nan_to_num(at_places(reading, at)).astype(np.intp), READINGS), pa.string()),
            "percent": column(percent),
            "coverage": column(at_places(coverage_percent(figures), at)),
            "n_answered": column(at_places(figures.sums["n_answered"], at)),
            "n_applicable": column(at_places(figures.sums["n_applicable"], at)),
            **bands_of(asked, percent),
        }
    )
    keys = [
        (*(-grade for grade in countries[0].gravest), *_cover(float(share)), area)
        for (area, countries), share in zip(exposed.items(), percent, strict=True)
    ]
    order = sorted(range(len(areas)), key=lambda place: keys[place])
    return found.take(pa.array(order[:MOST], pa.int64()))


def _exposed(asked: Asked) -> dict[str, list[Rating]]:
    """By risk area: how its risks were rated in each country, all of them together; the gravest country first."""
    of_impact = {impact: card["risk_area"] for impact, card in cards(asked).items()}
    found = sorted(ratings(asked), key=lambda one: of_impact[one.impact])
    by_area = groupby(found, key=lambda one: of_impact[one.impact])
    countries = {area: together(own, lambda one: one.country) for area, own in by_area}
    return {area: sorted(own.values(), key=lambda one: one.gravest, reverse=True) for area, own in countries.items()}


def _n_gravest(countries: list[Rating]) -> int:
    return sum(one.severity == countries[0].severity for one in countries)


def _cover(percent: float) -> tuple[bool, float]:
    """What is covered least comes first, and what has no figure before all."""
    return not np.isnan(percent), float(np.nan_to_num(percent))
