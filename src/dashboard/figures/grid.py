"""The figures of a grid, one a cell: the mean over countries, as everywhere. Frameworks are never summed.

A criterion that stands in several cells counts in each, so cells do not add up.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dashboard.figures.asked import Asked
from dashboard.figures.cube import Cells, Cube, Flags, Floats, Ints
from dashboard.figures.fold import fold_units, in_cells, into_parts
from dashboard.figures.read import READINGS, Spread, band, divided, named, read, shade, spread, whole_percent

NO_CELLS = Cells((), (), np.zeros(0, np.intp), np.zeros(0, np.intp))


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells with criteria, by place: what they are, and their figures. `met` are those in which something is asked.

    `shade` is the place of a cell's band among the bands of its framework, from 0 to 3, nan without one: frameworks may
    have different bands.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    framework: Ints
    round: Ints
    figures: Spread
    coverage: Floats
    shade: Floats
    band_title: npt.NDArray[np.object_]
    met: Flags

    def place(self, row: str, column: str) -> int:
        """Where a cell stands; -1 where nothing is asked in it."""
        return self._places.get((row, column), -1)

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        return {(self.rows[place], self.columns[place]): int(place) for place in np.flatnonzero(self.met)}

    @property
    def reading(self) -> npt.NDArray[np.object_]:
        """The word of each reading."""
        return named(self.figures.reading, READINGS)


def grid(asked: Asked, name: str, criteria: Flags, areas: Cells | None = None) -> Grid:
    """The figures of one grid over some criteria, each framework in the round it is read in.

    `areas` are those that count, where they are not those that the filter of principles keeps.
    """
    cube = asked.cube
    cells = cube.cells.get(name, NO_CELLS)
    n_cells = len(cells.rows)
    of_cell = np.zeros(n_cells, np.intp)
    of_cell[cells.cell] = cube.framework_of[cells.criterion]
    rows, cell = in_cells(asked.chosen_as_read(criteria, asked.spread_over), cells)
    into = into_parts(cube, areas or asked.in_areas, rows, ~_of_one_area(cube, cells, of_cell)[cell])
    units = fold_units(rows, cell, rows.country, into)
    figures = spread(units, read(units, cube.limits[of_cell[units.group]]), n_cells)
    shades, titles = np.full(n_cells, np.nan), np.full(n_cells, None, dtype=object)
    for number, framework in enumerate(cube.frameworks):
        here = np.flatnonzero(of_cell == number)
        titles[here] = named(band(figures.percent[here], framework), framework.band_titles)
        shades[here] = shade(figures.percent[here], framework)
    answered, applicable = figures.sums["n_answered"], figures.sums["n_applicable"]
    coverage = divided(answered, applicable)
    return Grid(
        cells.rows, cells.columns, of_cell, asked.rounds_read[of_cell] if n_cells else of_cell, figures,
        whole_percent(coverage), shades, titles, figures.n_units > 0,
    )  # fmt: skip


def _of_one_area(cube: Cube, cells: Cells, framework: Ints) -> Flags:
    """Which cells are of one area of the standard that they are of: those of its own rows."""
    own = {area.area: area.framework for area in cube.areas}
    return np.array(
        [own.get(row) == cube.frameworks[number].code for row, number in zip(cells.rows, framework, strict=True)], bool
    )
