"""How far answers cover a risk, or enable an opportunity, through the criteria that address it in each standard.

Cover is one of four kinds. Every page, every export and the API keep them apart.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import of_cells
from dashboard.figures.cube import Flags, Floats, Ints
from dashboard.figures.grid import Grid, whole_grid
from dashboard.figures.read import at_places, named

COVERS = ("addressed", "weak", "not_answered", "not_asked")
"""The kinds of cover, best first.

The figure is in the upper half of the bands, or in the lower half, even if its one or two answers give no band; or no
answers give a figure; or no criterion that is asked addresses the impact.
"""
ADDRESSED, WEAK, NOT_ANSWERED, NOT_ASKED = range(4)
WEAK_BELOW = 1.5
"""The place of a figure among the bands, from 0 to 3, below which cover is weak: the lower half."""
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


def cover_everywhere(asked: Asked, impacts: Sequence[str]) -> tuple[dict[str, pa.Array], Floats, Ints]:
    """The columns of `cover` for respect criteria, the level of each impact in the framework in view, and all covers.

    The covers have a row for each impact and a column for each framework.
    """
    found = whole_grid(asked, "impact", "respect")
    each = [_places(found, impacts, one.code) for one in asked.cube.frameworks]
    kinds = [cover_of(at_places(found.level, at), at >= 0) for at in each]
    levels = at_places(found.level, _places(found, impacts, asked.given["framework"]))
    return _columns(asked, found, impacts), levels, np.array(kinds, np.intp).reshape(len(each), len(impacts)).T


def cover_of(level: Floats, is_asked: Flags) -> Ints:
    """The place in `COVERS`, from the place of the figure among the bands; nan where there is no figure."""
    figured = ~np.isnan(level)
    weak = np.where(np.nan_to_num(level) < WEAK_BELOW, WEAK, ADDRESSED)
    return np.where(figured, weak, np.where(is_asked, NOT_ANSWERED, NOT_ASKED)).astype(np.intp)


def _places(found: Grid, rows: Sequence[str], framework: str) -> Ints:
    return np.array([found.place(row, framework) for row in rows], np.intp)


def _columns(asked: Asked, found: Grid, rows: Sequence[str]) -> dict[str, pa.Array]:
    at = _places(found, rows, asked.given["framework"])
    kinds = cover_of(at_places(found.level, at), at >= 0)
    return {**of_cells(found, at, COLUMNS), "cover_kind": column(named(kinds, COVERS), pa.string())}
