"""Which risk areas have the highest-ranking risks, and how well do answers cover them? The first five, or all.

An area is ranked by its first risk in the order of risks, and shows the grades of that risk.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.fold import fold_units, in_cells, into_parts
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.ratings import BESIDE
from dashboard.figures.read import COUNT, NOT_KNOWN, READINGS, SCORE, UNANSWERED, at_places, named, spread
from dashboard.figures.risks import ranked
from dashboard.queries.question import RATED, Folded

COUNTS = ("n_answered", "n_applicable", "n_full", "n_part", "n_nil")
MOST = 5


class ExposuresRow(TypedDict):
    """A row of `exposures`."""

    risk_area: str
    risk_area_title: str
    severity: int
    most_severe: str
    n_at_severity: int
    n_rated: int
    reading: str
    percent: float | None
    n_answered: float | None
    n_applicable: float | None
    band: str | None
    band_title: str | None


def answer(asked: Asked) -> pa.Table:
    """The cover is the mean over countries of the respect criteria that serve the area; null if nothing is asked.

    It is over all of them, even those that the filters or a fair comparison leave out.
    """
    first = _first_risks(ranked(asked))[: None if asked.given["whole"] else MOST]
    areas = [row["risk_area"] for row in first]
    rows = asked.chosen(asked.in_view & asked.kind_is("respect"), asked.spread_over)
    cells = asked.cube.facets.get("risk_area", NO_CELLS)
    rows, area = in_cells(rows, cells)
    units = fold_units(rows, area, rows.country, into_parts(asked.cube, asked.cube.in_areas, rows))
    figures = spread(units, read_units(asked, units), len(cells.rows))
    places = {code: place for place, code in enumerate(cells.rows) if figures.n_units[place]}
    at = np.array([places.get(code, -1) for code in areas], np.intp)
    # Here, a mean of few answers each counts as a score, and what is not known as not answered.
    means = (figures.reading == COUNT) & ~np.isnan(figures.banded)
    reading = np.select([means, figures.reading == NOT_KNOWN], [SCORE, UNANSWERED], figures.reading)
    percent = at_places(figures.percent, at)
    return pa.table(
        {
            "risk_area": column(areas, pa.string()),
            "risk_area_title": column([asked.title(code) for code in areas], pa.string()),
            "severity": column([row["severity"] for row in first], pa.int16()),
            "most_severe": column([asked.text(row["impact"]) for row in first], pa.string()),
            "n_at_severity": column([row["n_at_severity"] for row in first], pa.int64()),
            "n_rated": column([row["n_rated"] for row in first], pa.int64()),
            "reading": column(named(np.nan_to_num(at_places(reading, at)).astype(np.intp), READINGS), pa.string()),
            "percent": column(percent),
            "coverage": column(at_places(coverage_percent(figures), at)),
            **{name: column(at_places(figures.sums[name], at)) for name in COUNTS},
            **bands_of(asked, at_places(figures.banded, at)),
        }
    )


EXPOSURES = Folded("exposures", ExposuresRow, answer, RATED, BESIDE)


def _first_risks(risks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first risk of each area, in the order of risks."""
    first: dict[str, Mapping[str, Any]] = {}
    for row in risks:
        first.setdefault(row["risk_area"], row)
    return list(first.values())
