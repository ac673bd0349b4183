"""Sums of selected rows by any grouping: the single fold behind every figure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.figures.cube import (
    INHERITS,
    LEAST,
    LENT,
    Cells,
    Cube,
    Flags,
    Floats,
    Ints,
    OfOperations,
    Rows,
    Tree,
)

DECIMALS = 12
"""Sums from which something was subtracted are rounded to this many decimals: traces would remain of what is gone."""
_NONE, _FIRST = np.zeros(0, np.intp), np.zeros(1, np.intp)


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
    """Which parts of figures rows go into: a row's place, a part, and the sums that it brings there.

    `tree` says what each part is a part of; without it, each figure has one part. `brought` are the sums of the row, or
    of one of the operations that it is the total of.
    """

    row: Ints
    part: Ints
    brought: Rows
    tree: Tree | None = None


@dataclass(frozen=True, eq=False)
class Parts:
    """What each unit's figure is made of: its smallest parts, or everything together, as its standard says.

    `unit` is the place of the unit that each part belongs to, `sums` are the part's own, and `into` says which rows it
    has.
    """

    unit: Ints
    sums: Sums
    into: Into

    @property
    def tree(self) -> Tree | None:
        """What each is a part of; without it, each unit has one part."""
        return self.into.tree


@dataclass(frozen=True, eq=False)
class Units:
    """The sums of each group in each of its units (countries or operations) that has any row.

    `group` and `unit` identify them; sorted by both. `parts` are what their figures are made of. A row that goes into
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
        order, starts = _runs(group)
        values[group[order[starts]]] = np.add.reduceat(rows.values[order], starts)
    return Sums(values, rows.measures)


def _runs(keys: Ints) -> tuple[Ints, Ints]:
    """The order in which equal keys follow each other, from the least, and where in it each key begins."""
    order = np.argsort(keys, kind="stable")
    in_order = keys[order]
    return order, np.concatenate([_FIRST, np.flatnonzero(in_order[1:] != in_order[:-1]) + 1])


def _fold_keys(rows: Rows, keys: Ints) -> tuple[Ints, Ints, Sums]:
    """The keys that occur, sorted; the place of each row's key among them; and the sums of the rows by key."""
    order, starts = _runs(keys)
    place = np.empty(len(keys), np.intp)
    place[order] = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(keys)))
    return keys[order[starts]], place, Sums(np.add.reduceat(rows.values[order], starts), rows.measures)


def fold_units(rows: Rows, group: Ints, unit: Ints, into: Into | None = None) -> Units:
    """The sums of `rows` by group and unit, for pairs that have rows.

    `into` says which parts the rows go into; without it, each figure has one part.
    """
    if not len(group):
        return whole(Sums(np.zeros((0, len(rows.measures))), rows.measures))
    n_units = int(unit.max()) + 1
    pairs, place, sums = _fold_keys(rows, group * n_units + unit)
    below = _below(sums)
    sums = _own(sums, below)
    if into is None or into.tree is None:
        return Units(pairs // n_units, pairs % n_units, sums, _together(sums, rows, place))
    n_parts = len(into.tree.names)
    keys, part, of_parts = _fold_keys(into.brought, place[into.row] * n_parts + into.part)
    of_parts = _own(of_parts, below[keys // n_parts])
    parts = Parts(keys // n_parts, of_parts, replace(into, part=part, tree=into.tree.take(keys % n_parts)))
    return Units(pairs // n_units, pairs % n_units, sums, parts)


def _together(sums: Sums, rows: Rows, unit: Ints) -> Parts:
    """One part for each unit; `unit` is that of each row."""
    return Parts(np.arange(len(sums)), sums, Into(np.arange(len(unit)), unit, rows))


def whole(sums: Sums) -> Units:
    """Sums as units without parts, each its own group: those of a criterion or of an area."""
    sums, place = _own(sums, _below(sums)), np.arange(len(sums))
    rows = Rows(place, place, place, sums.values, sums.measures)
    return Units(place, np.zeros_like(place), sums, _together(sums, rows, place))


def own_answers(sums: Sums | Rows) -> Floats:
    """How many answers are operations' own: coverage counts no others."""
    return sums["n_answered"] - sums[LENT[0]] if LENT[0] in sums.measures else sums["n_answered"]


def _below(sums: Sums) -> Flags:
    """Where answers are counted with those inherited, but own answers do not reach the coverage limit."""
    if LEAST not in sums.measures:
        return np.zeros(len(sums), bool)
    # The limits of all answers are added up, which leaves traces.
    return own_answers(sums) * sums["n_asked"] < (sums[LEAST] - 1e-9) * sums["n_applicable"]


def _own(sums: Sums, below: Flags) -> Sums:
    """The sums without what is inherited, at some places."""
    if not below.any():
        return sums
    values = sums.values.copy()
    for name, lent in zip(INHERITS, LENT, strict=True):
        if name in sums.measures:
            values[below, sums.measures.index(name)] -= sums[lent][below]
        values[below, sums.measures.index(lent)] = 0
    return Sums(values.round(DECIMALS), sums.measures)


SEVERAL = -1
"""In place of the area of a figure: it may span several areas."""


def into_parts(cube: Cube, areas: Cells, rows: Rows, of_area: Ints | None = None) -> Into | None:
    """Which parts of its figure each row goes into, as its standard says: also those of each operation.

    `areas` are those that count. `of_area` gives for each row the area that its figure is of, or SEVERAL; without it,
    all figures may span several. None if no standard averages anything but criteria.
    """
    if rows.operations is None and not cube.part_of.any():
        return None
    row, area = places_in_cells(rows.criterion, areas)
    if of_area is not None:
        kept = (of_area[row] == SEVERAL) | (of_area[row] == area)
        row, area = row[kept], area[kept]
    n_parts = len(cube.tree.names)
    # A criterion of two areas counts once where they are not divided.
    pairs = np.unique(row * n_parts + cube.part_of[rows.criterion[row], area])
    row, part = pairs // n_parts, pairs % n_parts
    if rows.operations is None:
        return Into(row, part, rows.take(row), cube.tree)
    return _by_operation(rows, rows.operations, row, part, cube.tree)


def _by_operation(rows: Rows, operations: OfOperations, row: Ints, part: Ints, tree: Tree) -> Into:
    """The same for each operation, which is above all other levels; rows that are no totals have none."""
    pair, place = places_among(rows.total[row], operations.total)
    whole = np.setdiff1d(np.arange(len(row)), pair)
    pair = np.concatenate([whole, pair])
    number = np.concatenate([np.zeros(len(whole), np.intp), operations.number[place] + 1])
    n_parts = len(tree.names)
    keys, of_key = np.unique(number * n_parts + part[pair], return_inverse=True)
    below = tree.take(keys % n_parts)
    return Into(
        row[pair],
        of_key,
        joined([rows.take(row[whole]), operations.rows.take(place)], rows.measures),
        Tree(np.column_stack([keys // n_parts, below.names]), np.column_stack([np.ones(len(keys)), below.weights])),
    )


def joined(parts: Sequence[Rows], measures: tuple[str, ...]) -> Rows:
    """Rows one after the other, with these measures; whatever they were the totals of."""
    return Rows(
        np.concatenate([_NONE, *(rows.round for rows in parts)]),
        np.concatenate([_NONE, *(rows.country for rows in parts)]),
        np.concatenate([_NONE, *(rows.criterion for rows in parts)]),
        np.concatenate([np.zeros((0, len(measures))), *(rows.values for rows in parts)]),
        measures,
    )


def added(sums: Sums, group: Ints, n_groups: int) -> Sums:
    """Sums added up by group."""
    return fold(Rows(group, group, group, sums.values, sums.measures), group, n_groups)


def in_cells(rows: Rows, cells: Cells) -> tuple[Rows, Ints]:
    """Each row repeated for every cell that its criterion belongs to, with that cell."""
    index, cell = places_in_cells(rows.criterion, cells)
    return rows.take(index), cell


def places_in_cells(criterion: Ints, cells: Cells) -> tuple[Ints, Ints]:
    """The place of each criterion, repeated for every cell it belongs to, with that cell."""
    index, place = places_among(criterion, cells.criterion)
    return index, cells.cell[place]


def places_among(wanted: Ints, among: Ints) -> tuple[Ints, Ints]:
    """Pairs of places with the same value in both; `among` is sorted."""
    starts = np.searchsorted(among, wanted, "left")
    counts = np.searchsorted(among, wanted, "right") - starts
    index = np.repeat(np.arange(len(wanted)), counts)
    within = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, np.repeat(starts, counts) + within
