"""Sums of selected rows by any grouping: the single fold behind every figure."""

from dataclasses import dataclass

import numpy as np

from dashboard.figures.cube import Cells, Cube, Flags, Floats, Ints, Rows


@dataclass(frozen=True, eq=False)
class Sums:
    """One row per group, one column per measure; a group without rows is all zeros."""

    values: Floats
    measures: tuple[str, ...]

    def __getitem__(self, name: str) -> Floats:
        """One measure, by group."""
        return self.values[:, self.measures.index(name)]

    def __len__(self) -> int:
        return len(self.values)

    def take(self, index: Ints) -> "Sums":
        return Sums(self.values[index], self.measures)


@dataclass(frozen=True, eq=False)
class Into:
    """Which parts of figures rows go into: pairs of a row's place and a part. A row may go into several."""

    row: Ints
    part: Ints


@dataclass(frozen=True, eq=False)
class Parts:
    """What each unit's figure averages: its areas, or everything together, as its standard says.

    `unit` is the place of the unit that each part belongs to, `sums` are the part's own, and `into` says which rows it
    has.
    """

    unit: Ints
    sums: Sums
    into: Into


@dataclass(frozen=True, eq=False)
class Units:
    """The sums of each group in each of its units (countries or operations) that has any row.

    `group` and `unit` identify them; sorted by both. `parts` are what their figures average. A row that goes into
    several parts counts in each, but only once in the sums.
    """

    group: Ints
    unit: Ints
    sums: Sums
    parts: Parts


def fold(rows: Rows, group: Ints, n_groups: int) -> Sums:
    """The sums of `rows` by group; groups are numbered from 0 to `n_groups` - 1."""
    values = np.zeros((n_groups, len(rows.measures)))
    if len(group):
        order = np.argsort(group, kind="stable")
        sorted_groups = group[order]
        starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
        values[sorted_groups[starts]] = np.add.reduceat(rows.values[order], starts)
    return Sums(values, rows.measures)


def fold_units(rows: Rows, group: Ints, unit: Ints, into: Into | None = None) -> Units:
    """The sums of `rows` by group and unit, for pairs that have rows.

    `into` says which parts the rows go into; without it, each figure has one part.
    """
    if not len(group):
        return whole(Sums(np.zeros((0, len(rows.measures))), rows.measures))
    n_units = int(unit.max()) + 1
    pairs, place = np.unique(group * n_units + unit, return_inverse=True)
    sums = fold(rows, place, len(pairs))
    if into is None:
        parts = Parts(np.arange(len(pairs)), sums, Into(np.arange(len(group)), place))
    else:
        n_parts = int(into.part.max(initial=0)) + 1
        keys, part = np.unique(place[into.row] * n_parts + into.part, return_inverse=True)
        parts = Parts(keys // n_parts, fold(rows.take(into.row), part, len(keys)), Into(into.row, part))
    return Units(pairs // n_units, pairs % n_units, sums, parts)


def whole(sums: Sums) -> Units:
    """Sums as units without parts, each its own group: those of a criterion or of an area."""
    place = np.arange(len(sums))
    return Units(place, np.zeros_like(place), sums, Parts(place, sums, Into(place, place)))


def into_parts(cube: Cube, areas: Cells, rows: Rows, several: Flags | None = None) -> Into | None:
    """Which parts of its figure each row goes into: each of its areas if its standard averages areas, else one.

    `areas` are those that count. `several` says of each row whether its figure spans several areas; the figure of one
    area has no parts. None if no figure has parts.
    """
    apart = cube.averages_areas[rows.criterion] & (True if several is None else several)
    if not apart.any():
        return None
    row, area = places_in_cells(rows.criterion, areas)
    of_area, together = apart[row], np.flatnonzero(~apart)
    return Into(np.concatenate([together, row[of_area]]), np.concatenate([np.zeros_like(together), area[of_area] + 1]))


def added(sums: Sums, group: Ints, n_groups: int) -> Sums:
    """Sums added up by group."""
    return fold(Rows(group, group, group, sums.values, sums.measures), group, n_groups)


def in_cells(rows: Rows, cells: Cells) -> tuple[Rows, Ints]:
    """Each row repeated for every cell that its criterion belongs to, with that cell."""
    index, cell = places_in_cells(rows.criterion, cells)
    return rows.take(index), cell


def places_in_cells(criterion: Ints, cells: Cells) -> tuple[Ints, Ints]:
    """The place of each criterion, repeated for every cell it belongs to, with that cell."""
    starts = np.searchsorted(cells.criterion, criterion, "left")
    counts = np.searchsorted(cells.criterion, criterion, "right") - starts
    index = np.repeat(np.arange(len(criterion)), counts)
    within = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, cells.cell[np.repeat(starts, counts) + within]
