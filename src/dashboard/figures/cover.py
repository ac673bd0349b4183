"""How far answers cover a risk, or enable an opportunity, through the criteria that address it in each standard.

Cover is a figure like any other. Whether a risk is addressed is no percentage: see `gaps.py`.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import of_cells
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.grid import Grid, whole_grid
from dashboard.figures.read import at_places

COLUMNS = (
    "reading", "percent", "low", "high", "shade", "band_title", "coverage", "n_answered", "n_applicable", "n_full",
    "n_part", "n_nil", "n_critical_failed", "n_units",
)  # fmt: skip


def cover(asked: Asked, rows: Sequence[str], kind: str, of: str = "impact") -> dict[str, pa.Array]:
    """Columns with the mean over the selected countries, one row for each of some impacts or rights.

    Null if nothing is asked. Every criterion of the kind in the framework in view that addresses it counts, even those
    the filters leave out.
    """
    return _columns(asked, whole_grid(asked, of, kind), rows)


def cover_with_level(asked: Asked, impacts: Sequence[str]) -> tuple[dict[str, pa.Array], Floats]:
    """The columns of `cover` for respect criteria, and the place of each figure among the bands; nan if it has none."""
    found = whole_grid(asked, "impact", "respect")
    return _columns(asked, found, impacts), at_places(found.level, _places(found, impacts, asked.given["framework"]))


def _places(found: Grid, rows: Sequence[str], framework: str) -> Ints:
    return np.array([found.place(row, framework) for row in rows], np.intp)


def _columns(asked: Asked, found: Grid, rows: Sequence[str]) -> dict[str, pa.Array]:
    at = _places(found, rows, asked.given["framework"])
    return of_cells(found, at, COLUMNS)
