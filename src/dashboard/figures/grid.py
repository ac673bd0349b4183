"""The figures of a grid, one per cell: the mean over countries, as everywhere; and columns of tables for pages.

Frameworks are never summed. A criterion that belongs to several cells counts in each, so cells do not add up. Cover is
how far answers cover a risk, or enable an opportunity, through the criteria that address it in each standard. It is a
figure like any other. Whether a risk is addressed is no percentage: see `gaps.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures import read
from dashboard.figures.cube import FIGURED, LEAST, LENT, Cells, Cube, Flags, Floats, Ints, Rows
from dashboard.figures.failures import with_failed_before
from dashboard.figures.fold import SEVERAL, Sums, fold_units, in_cells, into_parts
from dashboard.figures.selection import Asked, column

NO_CELLS = Cells((), (), np.zeros(0, np.intp), np.zeros(0, np.intp))


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells with criteria, by place: what they are, and their figures. `met` flags those in which something is asked.

    `level` is the place of a cell's figure among the bands of its framework, from 0 to 3, or nan: frameworks may have
    different bands. `shade` is the same where the figure has a band, which one or two answers have not.
    """

    cells: Cells
    framework: Ints
    round: Ints
    figures: read.Spread
    coverage: Floats
    level: Floats
    shade: Floats
    band_title: npt.NDArray[np.object_]
    met: Flags

    @property
    def rows(self) -> tuple[str, ...]:
        """The row code of each cell."""
        return self.cells.rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The column code of each cell."""
        return self.cells.columns

    def place(self, row: str, column: str) -> int:
        """The place of a cell; -1 if nothing is asked in it."""
        place = self.cells.places.get((row, column), -1)
        return place if place >= 0 and self.met[place] else -1

    @property
    def reading(self) -> npt.NDArray[np.object_]:
        """The name of each reading."""
        return read.named(self.figures.reading, read.READINGS)


@dataclass(frozen=True, eq=False)
class InCountries:
    """The figures of one grid country by country, before countries are selected."""

    cell: Ints
    country: Ints
    sums: Sums
    figures: read.Read


def grid(asked: Asked, name: str, criteria: Flags) -> Grid:
    """The figures of one grid for some criteria, each framework in the round it is read in."""
    rows = with_failed_before(asked, asked.chosen_as_read(criteria, asked.spread_over))
    return _spread(asked, name, _in_countries(asked.cube, name, rows, asked.in_areas))


def whole_grid(asked: Asked, name: str, kind: str) -> Grid:
    """The same for every criterion of a kind, whatever the filters keep of criteria and areas.

    The figures by country are calculated once per round.
    """

    def make() -> InCountries:
        everywhere = np.ones(len(asked.cube.countries), bool)
        rows = asked.chosen_as_read(asked.kind_is(kind), everywhere)
        rows = rows.of(tuple(name for name in (*FIGURED, *LENT, LEAST) if name in rows.measures))
        return _in_countries(asked.cube, name, rows, asked.cube.in_areas)

    every: InCountries = asked.once_of_sums(("grid", name, kind, asked.given["round"]), make)
    kept = np.flatnonzero(asked.spread_over[every.country])
    return _spread(
        asked,
        name,
        InCountries(every.cell[kept], every.country[kept], every.sums.take(kept), every.figures.take(kept)),
    )


def _in_countries(cube: Cube, name: str, rows: Rows, areas: Cells) -> InCountries:
    cells = cube.cells.get(name, NO_CELLS)
    of_cell = _frameworks(cube, cells)
    rows, cell = in_cells(rows, cells)
    into = into_parts(cube, areas, rows, _areas(cube, cells, of_cell)[cell])
    units = fold_units(rows, cell, rows.country, into)
    return InCountries(units.group, units.unit, units.sums, read.read(units, cube.limits[of_cell[units.group]]))


def _spread(asked: Asked, name: str, found: InCountries) -> Grid:
    cube = asked.cube
    cells = cube.cells.get(name, NO_CELLS)
    of_cell, n_cells = _frameworks(cube, cells), len(cells.rows)
    figures = read.spread_of(found.cell, found.sums, found.figures, n_cells)
    levels, titles = np.full(n_cells, np.nan), np.full(n_cells, None, dtype=object)
    for number, framework in enumerate(cube.frameworks):
        here = np.flatnonzero(of_cell == number)
        titles[here] = read.named(read.band(figures.banded[here], framework), framework.band_titles)
        levels[here] = read.shade(read.band(figures.percent[here], framework), framework)
    answered, applicable = figures.sums["n_answered"], figures.sums["n_applicable"]
    coverage = read.divided(answered, applicable)
    return Grid(
        cells, of_cell, asked.rounds_read[of_cell] if n_cells else of_cell, figures,
        read.whole_percent(coverage), levels, np.where(np.isnan(figures.banded), np.nan, levels), titles,
        figures.met,
    )  # fmt: skip


def _frameworks(cube: Cube, cells: Cells) -> Ints:
    """By cell: the framework of its criteria."""
    of_cell = np.zeros(len(cells.rows), np.intp)
    of_cell[cells.cell] = cube.framework_of[cells.criterion]
    return of_cell


def _areas(cube: Cube, cells: Cells, framework: Ints) -> Ints:
    """The area of their standard that cells are of, or SEVERAL."""
    own = {(area.area, area.framework): number for number, area in enumerate(cube.areas)}
    return np.array(
        [own.get((row, cube.frameworks[of].code), SEVERAL) for row, of in zip(cells.rows, framework, strict=True)],
        np.intp,
    )


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
        readings = np.append(grid.figures.reading, read.NOT_COVERED)[places]
        return column(read.named(readings, read.READINGS), pa.string())
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
    return column(read.at_places(values, places))


def of_read(figures: read.Read, sums: Sums, names: Sequence[str]) -> dict[str, pa.Array]:
    """The columns for single figures: reading, whole percentages, and the named measures."""
    return {
        "reading": column(read.named(figures.reading, read.READINGS), pa.string()),
        "percent": column(figures.percent),
        "low": column(read.whole_percent(figures.low)),
        "high": column(read.whole_percent(figures.high)),
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
    return _of_cover(asked, found, impacts), read.at_places(
        found.level, _places(found, impacts, asked.given["framework"])
    )


def _places(found: Grid, rows: Sequence[str], framework: str) -> Ints:
    return np.array([found.place(row, framework) for row in rows], np.intp)


def _of_cover(asked: Asked, found: Grid, rows: Sequence[str]) -> dict[str, pa.Array]:
    at = _places(found, rows, asked.given["framework"])
    return of_cells(found, at, OF_COVER)
