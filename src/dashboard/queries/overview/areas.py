"""How does the group score in each principle? A row per principle, in order: mean, bounds, spread over countries."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.columns import strings
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.fold import fold_units, in_cells
from dashboard.figures.read import spread
from dashboard.figures.targets import BESIDE as TARGETS
from dashboard.figures.targets import target_columns
from dashboard.queries.question import CHOSEN, AnyRow, Folded


def answer(asked: Asked) -> pa.Table:
    """Only the principles in which something is asked."""
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


AREAS = Folded("areas", AnyRow, answer, (*CHOSEN, "kind", "today"), TARGETS)
