"""Which risks did one operation rate, gravest first, how far do its answers cover each, what is left and under way?"""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column
from dashboard.figures.cube import Floats
from dashboard.figures.fold import fold, in_cells
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.read import READINGS, named, read, whole_percent
from dashboard.queries.country.operation_areas import answered


def answer(asked: Asked) -> pa.Table:
    """Null where none of its answers addresses a risk; whatever criteria the filters keep."""
    cube, rated = asked.cube, asked.rows("operation_rated")
    cells = cube.cells.get("impact", NO_CELLS)
    rows, cell = in_cells(answered(asked, asked.in_view & cube.respect), cells)
    places = {pair: place for place, pair in enumerate(zip(cells.rows, cells.columns, strict=True))}
    addressed = [places.get((code, asked.given["framework"]), -1) for code in rated["impact"].to_pylist()]
    # A risk that no criterion addresses takes the last row, which is empty.
    sums = fold(rows, cell, len(cells.rows) + 1).take(np.array(addressed, np.intp))
    framework = cube.framework_numbers.get(asked.given["framework"], 0)
    figures = read(sums, np.repeat(cube.limits[[framework]], len(addressed), axis=0))
    percent = np.where(figures.shown, whole_percent(figures.score), np.nan)
    none = sums["n_asked"] == 0

    def some(values: Floats) -> pa.Array:
        return column(np.where(none, np.nan, values))

    covered = {
        "reading": column(named(figures.reading, READINGS), pa.string()),
        "percent": column(percent),
        "low": some(whole_percent(figures.low)),
        "high": some(whole_percent(figures.high)),
        "band_title": bands_of(asked, percent)["band_title"],
        **{name: some(sums[name]) for name in ("n_answered", "n_applicable")},
        "n_units": pa.array([1] * len(addressed), pa.int32()),
        **{name: some(sums[name]) for name in ("n_full", "n_part", "n_nil")},
    }
    of_rated = dict(zip(rated.column_names, rated.columns, strict=True))
    under_way = {name: of_rated.pop(name) for name in ("n_actions", "due_on")}
    return pa.table({**of_rated, **covered, **under_way})
