"""How does each group of operations score, as a whole and in each principle? With the columns of the heat map."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.columns import strings
from dashboard.figures.countings import inherited_in
from dashboard.figures.fold import fold_units
from dashboard.figures.of_areas import area_columns, in_whole_and_areas
from dashboard.figures.read import READINGS, named, spread
from dashboard.figures.subjects import compared
from dashboard.figures.targets import BESIDE as TARGETS
from dashboard.figures.targets import target_columns
from dashboard.queries.compare.heatmap import COUNTS, places_kept
from dashboard.queries.question import CHOSEN, AnyRow, Folded


def answer(asked: Asked) -> pa.Table:
    """A row per cell, in the order of those subjects that are groups: means over the countries that are kept.

    `country` and `country_title` are those of the group of operations, which may have no target.
    """
    cube = asked.cube
    codes = [code for code in asked.given["subject"] if code in cube.groups]
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    found = compared(asked, criteria, codes)
    found = found.take(np.flatnonzero(asked.countries[found.rows.country]))
    n_countries, n_places, places = len(cube.countries), len(cube.areas) + 1, places_kept(asked)
    # The place of a country says whose it is, so that each row keeps it when it is repeated by area.
    of_country = replace(found.rows, country=found.subject * n_countries + found.rows.country)
    rows, place, into = in_whole_and_areas(cube, asked.in_areas, of_country)
    subject, country = np.divmod(rows.country, n_countries)
    units = fold_units(rows, subject * n_places + place, country, into)
    figures = spread(units, read_units(asked, units), len(codes) * n_places)
    at = np.add.outer(np.arange(len(codes)) * n_places, places).ravel().astype(np.intp)
    percent, low, high = (values[at] for values in (figures.percent, figures.low, figures.high))
    few = ~np.isnan(percent) & np.isnan(figures.banded[at])
    sums = figures.sums.take(at)
    whose, where = np.divmod(at, n_places)
    return pa.table(
        {
            "country": strings(codes[one] for one in whose),
            "country_title": strings(cube.groups[codes[one]].title for one in whose),
            "country_position": column(whose + 1, pa.int64()),
            "region": column([None] * len(at), pa.string()),
            **area_columns(asked, where),
            "area_position": column([cube.areas[one - 1].number if one else 0 for one in where], pa.int16()),
            "reading": column(named(figures.reading[at], READINGS), pa.string()),
            "percent": column(percent),
            "low": column(low),
            "high": column(high),
            "coverage": column(coverage_percent(figures)[at]),
            **bands_of(asked, figures.banded[at]),
            "low_band": bands_of(asked, np.where(few, np.nan, low))["band"],
            "high_band": bands_of(asked, np.where(few, np.nan, high))["band"],
            **{name: column(sums[name]) for name in COUNTS},
            "n_seen": column(sums["n_evidence_seen"] + sums["n_evidence_checked"]),
            "n_inherited": column(inherited_in(cube, sums)),
            **target_columns(asked, [("", "", "")] * len(at)),
        }
    )


HEATMAP_GROUPS = Folded(
    "heatmap_groups", AnyRow, answer, (*CHOSEN, "kind", "subject", "today"), ("subject_answers", *TARGETS)
)
