"""What figures can be read by: everything together, principles, risk areas, or rights."""

import numpy as np

from dashboard.figures.asked import Asked
from dashboard.figures.cube import Cells, Flags
from dashboard.figures.grid import NO_CELLS


def facet(asked: Asked) -> Cells:
    """The criteria of each principle, risk area or right, as rows of cells, whichever is looked at."""
    return asked.cube.facets.get(asked.given["by"], NO_CELLS)


def in_focus(asked: Asked) -> Flags:
    """Which criteria belong to the one that is looked at; none, if none is."""
    cells, focus = facet(asked), asked.given["focus"]
    place = cells.rows.index(focus) if focus in cells.rows else -1
    flags = np.zeros(len(asked.cube.criteria), bool)
    flags[cells.criterion[cells.cell == place]] = True
    return flags
