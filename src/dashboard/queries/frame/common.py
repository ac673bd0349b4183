"""Which criteria has every shown country answered? On this set a comparison is fair, whatever else was asked."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked


def answer(asked: Asked) -> pa.Table:
    """Sorted by code. The head office is not a country."""
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.criteria, asked.countries & ~cube.head_office)
    has = np.bincount(rows.criterion[rows["n_answered"] > 0], minlength=len(cube.criteria))
    every = np.flatnonzero((has > 0) & (has == len(np.unique(rows.country))))
    return pa.table({"criterion": pa.array(sorted(cube.criteria[number] for number in every), pa.string())})
