"""Sums of chosen rows by whatever they are grouped by: the one fold of every figure."""

from dataclasses import dataclass

import numpy as np

from dashboard.figures.cube import Cells, Floats, Ints, Rows


@dataclass(frozen=True, eq=False)
class Sums:
    """One row a group, one column a measure; a group without rows is all zeros."""

    values: Floats
    measures: tuple[str, ...]

    def __getitem__(self, name: str) -> Floats:
        """One measure, by group."""
        return self.values[:, self.measures.index(name)]

    def __len__(self) -> int:
        return len(self.values)

    def and_then(self, others: "Sums") -> "Sums":
        """These groups, and behind them others of the same measures."""
        return Sums(np.concatenate([self.values, others.values]), self.measures)

    def take(self, index: Ints) -> "Sums":
        return Sums(self.values[index], self.measures)


@dataclass(frozen=True, eq=False)
class Parts:
    """What the figure of each unit is the mean of: each area, or everything together, as its standard says.

    `unit` is the place of the unit that each is a part of, `sums` are its own, and `of_row` is the part that each row
    went into.
    """

    unit: Ints
    sums: Sums
    of_row: Ints


@dataclass(frozen=True, eq=False)
class Units:
    """The sums of each group in each of its units (countries, operations), where it has any row.

    `group` and `unit` say which they are; sorted by both. `parts` are what their figures are the means of.
    """

    group: Ints
    unit: Ints
    sums: Sums
    parts: Parts

    def and_then(self, others: "Units") -> "Units":
        """These units, and behind them others of the same measures."""
        one, other = self.parts, others.parts
        return Units(
            np.concatenate([self.group, others.group]),
            np.concatenate([self.unit, others.unit]),
            self.sums.and_then(others.sums),
            Parts(
                np.concatenate([one.unit, other.unit + len(self.group)]),
                one.sums.and_then(other.sums),
                np.concatenate([one.of_row, other.of_row + len(one.unit)]),
            ),
        )


def fold(rows: Rows, group: Ints, n_groups: int) -> Sums:
    """The sums of `rows` by group, each a number from 0 to below `n_groups`."""
    values = np.zeros((n_groups, len(rows.measures)))
    if len(group):
        order = np.argsort(group, kind="stable")
        sorted_groups = group[order]
        starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
        values[sorted_groups[starts]] = np.add.reduceat(rows.values[order], starts)
    return Sums(values, rows.measures)


def fold_units(rows: Rows, group: Ints, unit: Ints, part: Ints) -> Units:
    """The sums of `rows` by group and unit, of those pairs alone that have rows. `part`: that of each criterion."""
    if not len(group):
        return whole(Sums(np.zeros((0, len(rows.measures))), rows.measures))
    n_units, n_parts = int(unit.max()) + 1, int(part.max()) + 1
    keys, of_row = np.unique((group * n_units + unit) * n_parts + part[rows.criterion], return_inverse=True)
    sums = fold(rows, of_row, len(keys))
    pairs, of_part = np.unique(keys // n_parts, return_inverse=True)
    together = sums if len(pairs) == len(keys) else added(sums, of_part, len(pairs))
    return Units(pairs // n_units, pairs % n_units, together, Parts(of_part, sums, of_row))


def whole(sums: Sums) -> Units:
    """Sums that have no parts, each as a group: those of a criterion or of an area."""
    place = np.arange(len(sums))
    return Units(place, np.zeros_like(place), sums, Parts(place, sums, place))


def added(sums: Sums, group: Ints, n_groups: int) -> Sums:
    """Sums added up by group."""
    return fold(Rows(group, group, group, sums.values, sums.measures), group, n_groups)


def in_cells(rows: Rows, cells: Cells) -> tuple[Rows, Ints]:
    """Each row once for every cell that its criterion stands in, and that cell."""
    index, cell = places_in_cells(rows.criterion, cells)
    return rows.take(index), cell


def places_in_cells(criterion: Ints, cells: Cells) -> tuple[Ints, Ints]:
    """The place of each criterion once for every cell that it stands in, and that cell."""
    starts = np.searchsorted(cells.criterion, criterion, "left")
    counts = np.searchsorted(cells.criterion, criterion, "right") - starts
    index = np.repeat(np.arange(len(criterion)), counts)
    within = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, cells.cell[np.repeat(starts, counts) + within]
