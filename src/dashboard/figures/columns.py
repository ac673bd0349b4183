"""Columns of the tables that pages get: for the cells of a grid, for cover, and for single figures.

Cover is how far answers cover a risk, or enable an opportunity, through the criteria that address it in each standard.
It is a figure like any other. Whether a risk is addressed is no percentage: see `gaps.py`.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.fold import Sums
from dashboard.figures.grid import Grid, whole_grid
from dashboard.figures.read import NOT_COVERED, READINGS, Read, at_places, named, whole_percent

OF_COVER = (
    "reading", "percent", "low", "high", "shade", "band_title", "coverage", "n_answered", "n_applicable", "n_full",
    "n_part", "n_nil", "n_critical_failed", "n_units",
)  # fmt: skip


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


def cover(asked: Asked, rows: Sequence[str], kind: str, of: str = "impact") -> dict[str, pa.Array]:
    """Columns with the mean over the selected countries, one row for each of some impacts or rights.

    Null if nothing is asked. Every criterion of the kind in the framework in view that addresses it counts, even those
    the filters leave out.
    """
    return _of_cover(asked, whole_grid(asked, of, kind), rows)


def cover_with_level(asked: Asked, impacts: Sequence[str]) -> tuple[dict[str, pa.Array], Floats]:
    """The columns of `cover` for respect criteria, and the place of each figure among the bands; nan if it has none."""
    found = whole_grid(asked, "impact", "respect")
    return _of_cover(asked, found, impacts), at_places(found.level, _places(found, impacts, asked.given["framework"]))


def _places(found: Grid, rows: Sequence[str], framework: str) -> Ints:
    return np.array([found.place(row, framework) for row in rows], np.intp)


def _of_cover(asked: Asked, found: Grid, rows: Sequence[str]) -> dict[str, pa.Array]:
    at = _places(found, rows, asked.given["framework"])
    return of_cells(found, at, OF_COVER)
