"""What does each country score within the filters, and how much of it was answered?"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.cube import Flags
from dashboard.figures.fold import Units, fold_units
from dashboard.figures.read import READINGS, Read, at_places, named, whole_percent


def country_units(asked: Asked, countries: Flags) -> tuple[Units, Read]:
    """The sums and figures of some countries, over the criteria of the kind in view."""
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, countries)
    units = fold_units(rows, np.zeros(len(rows.country), np.intp), rows.country, asked.into_parts(rows))
    return units, read_units(asked, units)


def country_readings(asked: Asked, countries: Sequence[str]) -> dict[str, pa.Array]:
    """Columns with the figures of countries, one row each; `not_covered` and null where nothing is asked.

    `cover` compares coverage with the limit below which no score is shown: `all`, `enough` or `under`.
    """
    units, figures = country_units(asked, asked.countries)
    places = {asked.cube.countries[unit]: place for place, unit in enumerate(units.unit)}
    at = np.array([places.get(code, -1) for code in countries], np.intp)

    shown = at_places(figures.percent, at)
    limit = asked.framework.coverage_limit if asked.framework else np.nan
    sums = units.sums
    answered, applicable, coverage = (
        at_places(values, at) for values in (sums["n_answered"], sums["n_applicable"], figures.coverage)
    )
    cover = np.select(
        [(answered == applicable) & (applicable > 0), coverage >= limit, applicable > 0],
        ["all", "enough", "under"],
        "",
    )
    return {
        "reading": column(named(np.nan_to_num(at_places(figures.reading, at)).astype(np.intp), READINGS), pa.string()),
        "percent": column(shown),
        "low": column(at_places(whole_percent(figures.low), at)),
        "high": column(at_places(whole_percent(figures.high), at)),
        "coverage": column(whole_percent(coverage)),
        "cover": column([word or None for word in cover.tolist()], pa.string()),
        "coverage_limit": column(np.where(at < 0, np.nan, whole_percent(np.full(len(at), limit)))),
        "n_applicable": column(applicable),
        "n_answered": column(answered),
        **{name: column(at_places(sums[name], at)) for name in ("n_full", "n_part", "n_nil")},
        "n_seen": column(at_places(sums["n_evidence_seen"] + sums["n_evidence_checked"], at)),
        "n_critical_failed": column(at_places(sums["n_critical_failed"], at)),
        **bands_of(asked, at_places(figures.banded, at)),
    }
