"""Sums as a whole and by area, side by side: for whole countries, and principle by principle.

A criterion that counts in several areas counts in each, and once in the whole.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.cube import Cells, Cube, Ints, Rows
from dashboard.figures.fold import SEVERAL, Into, Units, fold_units, into_parts, places_in_cells

WHOLE = SEVERAL + 1
"""The place for all areas together; each area's place is one more than its number."""


def whole_and_areas(cube: Cube, areas: Cells, rows: Rows, group: Ints) -> Units:
    """The sums of each group, as a whole and by area; the unit is `WHOLE` or the place of an area."""
    index, place = _places(areas, rows)
    rows = rows.take(index)
    return fold_units(rows, group[index], place, into_parts(cube, areas, rows, place - 1))


def in_whole_and_areas(cube: Cube, areas: Cells, rows: Rows) -> tuple[Rows, Ints, Into | None]:
    """Each row as part of the whole and again in each of its areas, with that place, and the parts of figures."""
    index, place = _places(areas, rows)
    rows = rows.take(index)
    return rows, place, into_parts(cube, areas, rows, place - 1)


def _places(areas: Cells, rows: Rows) -> tuple[Ints, Ints]:
    every = np.arange(len(rows.criterion))
    index, area = places_in_cells(rows.criterion, areas)
    return np.concatenate([every, index]), np.concatenate([np.full(len(every), WHOLE), area + 1])


def area_columns(asked: Asked, places: Ints) -> dict[str, pa.Array]:
    """The columns `area`, `area_code` and `area_title` for some places; empty, null and empty for all areas."""
    areas = asked.cube.areas
    codes: Sequence[str] = ["", *(area.area for area in areas)]
    names = [None, *(area.code for area in areas)]
    titles = ["", *(asked.title(area.area) or "" for area in areas)]
    return {
        "area": column([codes[place] for place in places], pa.string()),
        "area_code": column([names[place] for place in places], pa.string()),
        "area_title": column([titles[place] for place in places], pa.string()),
    }
