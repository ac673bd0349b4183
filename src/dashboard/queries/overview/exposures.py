"""Which risk areas hold the gravest rated risks, and how well do answers cover them? The five gravest.

Gravity first, then the second key (the mean of scale, scope and irremediability), then likelihood, then the weaker
cover; never a product. The three are those of one rating: an area is as grave as its gravest risk.
"""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.fold import fold_units, in_cells
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.read import COUNT, NOT_KNOWN, READINGS, SCORE, UNANSWERED, at_places, named, spread

MOST = 5


def answer(asked: Asked) -> pa.Table:
    """The cover is the mean over countries of the respect criteria that serve the area; null where nothing is asked."""
    rated = asked.rows("exposures_rated")
    areas = rated["risk_area"].to_pylist()
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
            "risk_area": rated["risk_area"],
            "risk_area_title": column([asked.title(code) for code in areas], pa.string()),
            "severity": column([row["severity"] for row in rated["grades"].to_pylist()], pa.int16()),
            "n_countries_rated": rated["n_countries_rated"],
            "n_countries_gravest": rated["n_countries_gravest"],
            "reading": column(named(np.nan_to_num(at_places(reading, at)).astype(np.intp), READINGS), pa.string()),
            "percent": column(percent),
            "coverage": column(at_places(coverage_percent(figures), at)),
            "n_answered": column(at_places(figures.sums["n_answered"], at)),
            "n_applicable": column(at_places(figures.sums["n_applicable"], at)),
            **bands_of(asked, percent),
        }
    )
    keys = [
        (*(-grade for grade in row.values()), *_cover(float(share)), area)
        for row, share, area in zip(rated["grades"].to_pylist(), percent, areas, strict=True)
    ]
    order = sorted(range(len(areas)), key=lambda place: keys[place])
    return found.take(pa.array(order[:MOST], pa.int64()))


def _cover(percent: float) -> tuple[bool, float]:
    """What is covered least comes first, and what has no figure before all."""
    return not np.isnan(percent), float(np.nan_to_num(percent))
