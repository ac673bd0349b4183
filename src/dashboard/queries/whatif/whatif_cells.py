"""How does each country score in each area, in respect and in support? One row per kind, country and area.

Asked of both the published and the imagined answers, to compare them.
"""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.columns import strings
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.of_areas import area_columns, whole_and_areas
from dashboard.figures.read import READINGS, named, whole_percent
from dashboard.model.view.known import KINDS
from dashboard.queries.question import AnyRow, Folded

COUNTS = ("n_answered", "n_critical_failed", BEFORE, "n_full", "n_part", "n_nil")


def answer(asked: Asked) -> pa.Table:
    """An empty area means all of them."""
    cube = asked.cube
    n_countries = len(cube.countries)
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, asked.countries)
    rows = with_failed_before(asked, rows)
    kind = np.where(cube.respect[rows.criterion], 0, 1)
    units = whole_and_areas(cube, asked.in_areas, rows, kind * n_countries + rows.country)
    figures = read_units(asked, units)
    country = units.group % n_countries
    return pa.table(
        {
            "kind": strings(KINDS[number] for number in units.group // n_countries),
            "country": strings(cube.countries[number] for number in country),
            "country_title": strings(cube.country_titles[number] for number in country),
            **area_columns(asked, units.unit),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "percent": column(figures.percent),
            "low": column(whole_percent(figures.low)),
            "high": column(whole_percent(figures.high)),
            "coverage": column(whole_percent(figures.coverage)),
            **{name: column(units.sums[name]) for name in COUNTS},
            **bands_of(asked, figures.banded),
        }
    )


WHATIF_CELLS = Folded("whatif_cells", AnyRow, answer)
