"""Folds the group's figures by principle, and the risk areas with the highest-ranking risks."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.fold import fold_units, in_cells, into_parts
from dashboard.figures.grid import NO_CELLS, strings
from dashboard.figures.ratings import BESIDE
from dashboard.figures.read import COUNT, NOT_KNOWN, READINGS, SCORE, UNANSWERED, at_places, named, spread
from dashboard.figures.risks import ranked
from dashboard.figures.selection import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.targets import BESIDE as TARGETS
from dashboard.figures.targets import target_columns
from dashboard.queries.question import CHOSEN, RATED, AnyRow, Folded


def areas_answer(asked: Asked) -> pa.Table:
    """How does the group score in each principle? A row per principle, in order: mean, bounds, spread over countries.

    Only the principles in which something is asked.
    """
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, asked.spread_over)
    rows, area = in_cells(with_failed_before(asked, rows), asked.in_areas)
    units = fold_units(rows, area, rows.country, asked.into_parts(rows, area))
    figures = spread(units, read_units(asked, units), len(cube.areas))
    met = np.flatnonzero(figures.n_units)
    order = met[np.argsort([cube.areas[number].number for number in met], kind="stable")]
    return pa.table(
        {
            "area": strings(cube.areas[number].area for number in order),
            "area_code": strings(cube.areas[number].code for number in order),
            "area_title": strings(asked.title(cube.areas[number].area) for number in order),
            "kind": strings([asked.given["kind"]] * len(order)),
            "mean": column(figures.percent[order]),
            "lowest": column(figures.lowest[order]),
            "highest": column(figures.highest[order]),
            "low": column(figures.low[order]),
            "high": column(figures.high[order]),
            "one_step": column(figures.one_step[order]),
            "n_shown": column(figures.n_shown[order], pa.int64()),
            "n_countries": column(figures.n_units[order], pa.int64()),
            "n_answered": column(figures.sums["n_answered"][order]),
            "n_applicable": column(figures.sums["n_applicable"][order]),
            "n_critical_failed": column(figures.sums["n_critical_failed"][order]),
            BEFORE: column(figures.sums[BEFORE][order]),
            **bands_of(asked, figures.banded[order]),
            **target_columns(asked, [(None, asked.given["kind"], cube.areas[number].area) for number in order]),
        }
    )


AREAS = Folded("areas", AnyRow, areas_answer, (*CHOSEN, "kind", "today"), TARGETS)


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


def exposures_answer(asked: Asked) -> pa.Table:
    """Which risk areas have the highest-ranking risks, and how well do answers cover them? The first five, or all.

    An area is ranked by its first risk in the order of risks, and shows the grades of that risk.

    The cover is the mean over countries of the respect criteria that serve the area; null if nothing is asked.

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


EXPOSURES = Folded("exposures", ExposuresRow, exposures_answer, RATED, BESIDE)


def _first_risks(risks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first risk of each area, in the order of risks."""
    first: dict[str, Mapping[str, Any]] = {}
    for row in risks:
        first.setdefault(row["risk_area"], row)
    return list(first.values())
