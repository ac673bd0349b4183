"""Sums of everything and of each area side by side: of countries as a whole, and principle by principle."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.cube import Cube, Ints, Rows
from dashboard.figures.fold import Units, fold_units

WHOLE = 0
"""The place that stands for all areas; the place of an area is one more than its number."""


def whole_and_areas(cube: Cube, rows: Rows, group: Ints) -> Units:
    """The sums of each group, as a whole and by area: the unit is `WHOLE`, or the place of an area."""
    twice, place = in_whole_and_areas(cube, rows)
    return fold_units(twice, np.tile(group, 2), place, cube.part)


def in_whole_and_areas(cube: Cube, rows: Rows) -> tuple[Rows, Ints]:
    """Each row twice, as part of everything and of its own area, and that place."""
    twice = rows.take(np.tile(np.arange(len(rows.criterion)), 2))
    return twice, np.concatenate([np.full(len(rows.criterion), WHOLE), cube.area_of[rows.criterion] + 1])


def area_columns(asked: Asked, places: Ints) -> dict[str, pa.Array]:
    """The columns `area`, `area_code` and `area_title` of some places; empty, null and empty of all areas."""
    areas = asked.cube.areas
    codes: Sequence[str] = ["", *(area.area for area in areas)]
    names = [None, *(area.code for area in areas)]
    titles = ["", *(asked.title(area.area) or "" for area in areas)]
    return {
        "area": column([codes[place] for place in places], pa.string()),
        "area_code": column([names[place] for place in places], pa.string()),
        "area_title": column([titles[place] for place in places], pa.string()),
    }
