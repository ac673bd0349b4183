"""Columns of the tables that pages get: for the cells of a grid, and for single figures."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import column
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.fold import Sums
from dashboard.figures.grid import Grid
from dashboard.figures.read import NOT_COVERED, READINGS, Read, at_places, named, whole_percent


def strings(values: Iterable[str | None]) -> pa.Array:
    """A column of codes, titles or texts."""
    return pa.array(list(values), pa.string())


def counted(sums: Sums, name: str) -> Floats:
    """One measure, by row. `n_seen` counts answers whose evidence was seen or checked."""
    return sums["n_evidence_seen"] + sums["n_evidence_checked"] if name == "n_seen" else sums[name]


def of_cells(grid: Grid, places: Ints, names: Iterable[str]) -> dict[str, pa.Array]:
    """The named columns for the cells at some places; at -1, where nothing is asked, all but the reading are null."""
    return {name: _of_cells(grid, places, name) for name in names}


def _of_cells(grid: Grid, places: Ints, name: str) -> pa.Array:
    none = places < 0
    if name == "reading":
        readings = np.append(grid.figures.reading, NOT_COVERED)[places]
        return column(named(readings, READINGS), pa.string())
    if name == "band_title":
        return column(np.append(grid.band_title, np.array([None], dtype=object))[places], pa.string())
    if name in ("n_units", "n_shown"):
        return pa.array(np.append(getattr(grid.figures, name), 0)[places], pa.int64(), mask=none)
    if name in ("coverage", "shade"):
        values = getattr(grid, name)
    elif name in ("percent", "lowest", "highest", "low", "high", "one_step"):
        values = getattr(grid.figures, name)
    else:
        values = counted(grid.figures.sums, name)
    return column(at_places(values, places))


def of_read(figures: Read, sums: Sums, names: Sequence[str]) -> dict[str, pa.Array]:
    """The columns for single figures: reading, whole percentages, and the named measures."""
    return {
        "reading": column(named(figures.reading, READINGS), pa.string()),
        "percent": column(figures.percent),
        "low": column(whole_percent(figures.low)),
        "high": column(whole_percent(figures.high)),
        **{name: column(counted(sums, name)) for name in names},
    }
