"""The figures of operations, countries and the group that are kept when they approve a round, and compared later."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Cube, Ints, Rows
from dashboard.figures.fold import SEVERAL, fold_units, into_parts
from dashboard.figures.imagined import cube_of
from dashboard.figures.read import NOT_COVERED, READINGS, Spread, band, named, read, spread
from dashboard.figures.single_answers import sums_of_answers
from dashboard.model.approval import Level, LevelFigure
from dashboard.store.reader import Published
from dashboard.store.sql import sql


def figures_of_levels(published: Published, levels: Iterable[Level]) -> Mapping[Level, tuple[LevelFigure, ...]]:
    """For each level its figures of respect, one for every standard that it is asked in its round."""
    cube, wanted = cube_of(published), sorted(set(levels))
    operations = [level for level in wanted if level.operation]
    others = [level for level in wanted if not level.operation]
    parts = (
        (operations, *_of_operations(published, cube, operations)),
        (others, *_of_countries(cube, others)),
    )
    return {
        level: figures
        for some, rows, group in parts
        if some
        for level, figures in zip(some, _figures(cube, rows, group, len(some)), strict=True)
    }


def _of_operations(published: Published, cube: Cube, levels: Sequence[Level]) -> tuple[Rows, Ints]:
    """The answers of operations as rows of sums, each with the place of its level."""
    places = {(level.round, level.operation): place for place, level in enumerate(levels)}
    given = {"rounds": sorted({one.round for one in levels}), "operations": sorted({one.operation for one in levels})}
    with published.cursor() as cursor:
        table: pa.Table = cursor.execute(sql("stored/given"), given).to_arrow_table()
    said = zip(table["round"].to_pylist(), table["operation"].to_pylist(), strict=True)
    group = np.array([places.get(key, -1) for key in said], np.intp)
    index = np.flatnonzero(group >= 0)
    return sums_of_answers(cube, table).rows.take(index), group[index]


def _of_countries(cube: Cube, levels: Sequence[Level]) -> tuple[Rows, Ints]:
    """The sums of countries, each with the place of its level; those of the group are all but the head office."""
    every, index, group = np.arange(len(cube.sums.round)), [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for place, level in enumerate(levels):
        at = np.array([code == level.round for code in cube.rounds])
        of = np.array([code == level.country for code in cube.countries]) if level.country else ~cube.head_office
        found = every[at[cube.sums.round] & of[cube.sums.country]]
        index.append(found)
        group.append(np.full(len(found), place))
    return cube.sums.take(np.concatenate(index)), np.concatenate(group)


def _figures(cube: Cube, rows: Rows, group: Ints, n_groups: int) -> list[tuple[LevelFigure, ...]]:
    """The figures of each group of rows, by standard."""
    found: list[list[LevelFigure]] = [[] for _ in range(n_groups)]
    for number, framework in enumerate(cube.frameworks):
        index = np.flatnonzero((cube.framework_of[rows.criterion] == number) & cube.respect[rows.criterion])
        if not len(index):
            continue
        figures = _spread(cube, number, rows.take(index), group[index], n_groups)
        bands = named(band(figures.banded, framework), framework.bands)
        for place in np.flatnonzero(figures.reading != NOT_COVERED):
            percent = figures.percent[place]
            shown = None if np.isnan(percent) else int(percent)
            found[place].append(LevelFigure(framework.code, shown, READINGS[figures.reading[place]], bands[place]))
    return [tuple(figures) for figures in found]


def _spread(cube: Cube, number: int, rows: Rows, group: Ints, n_groups: int) -> Spread:
    """The mean over the countries in each group; that of a single one is its own figure."""
    into = into_parts(cube, cube.in_areas, rows, np.full(len(rows.criterion), SEVERAL))
    units = fold_units(rows, group, rows.country, into)
    limits = np.repeat(cube.limits[[number]], len(units.group), axis=0)
    return spread(units, read(units, limits), n_groups)
