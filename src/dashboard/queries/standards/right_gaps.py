"""Where is one right served least? The three lowest countries in each framework, each with what it lacks."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.cube import Flags, Floats, Ints, Rows
from dashboard.figures.fold import Sums, Units, fold_units, whole
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.read import READINGS, Read, named, read
from dashboard.queries.question import READ, Folded

LOWEST = 3
"""How many countries are named for each framework."""


class RightGapsRow(TypedDict):
    """A row of `right_gaps`."""

    framework: str
    country_title: str
    percent: float | None
    criterion: str
    text: str


def serving(asked: Asked) -> Flags:
    """The criteria that serve the right in focus, of the kind in view and kept by the filters."""
    cells = asked.cube.cells.get("right", NO_CELLS)
    here = np.array([row == asked.given["focus"] for row in cells.rows], bool)
    flags = np.zeros(len(asked.cube.criteria), bool)
    if len(here):
        flags[cells.criterion[here[cells.cell]]] = True
    return flags & asked.of_kind & asked.criteria


def answer(asked: Asked) -> pa.Table:
    """A row per criterion that is not fully in place; in each country critical ones first, then the least in place.

    `reading`, `percent` and `n_answered` are those of the country.
    """
    cube = asked.cube
    rows = asked.chosen_as_read(serving(asked), asked.spread_over)
    framework = cube.framework_of[rows.criterion]
    units = fold_units(rows, framework, rows.country, asked.into_parts(rows))
    figures = read(units, cube.limits[units.group])
    place = _places(asked, units, figures)
    of_row = np.full((len(cube.frameworks), len(cube.countries)), -1, np.intp)
    of_row[units.group, units.unit] = np.arange(len(units.group))
    unit = of_row[framework, rows.country]
    own = read(whole(Sums(rows.values, rows.measures)), cube.limits[framework]).score
    shown = np.flatnonzero((place[unit] > 0) & (own < 1))
    criterion = rows.criterion[shown]
    codes = np.array([cube.criteria[number] for number in criterion], np.str_)
    own_order = codes, own[shown], ~cube.critical[criterion]
    order = np.lexsort((*own_order, place[unit[shown]], framework[shown]))
    shown = shown[order]
    of_country = figures.take(unit[shown]), units.sums["n_answered"][unit[shown]]
    return _table(asked, rows.take(shown), place[unit[shown]], *of_country)


RIGHT_GAPS = Folded("right_gaps", RightGapsRow, answer, (*READ, "kind", "focus"))


def _places(asked: Asked, units: Units, figures: Read) -> Ints:
    """The rank of each country in its framework, from the lowest, which is 1; 0 for those that are not named."""
    places = np.zeros(len(units.group), np.intp)
    lacking = np.flatnonzero(figures.shown & (figures.score < 1))
    codes = np.array([asked.cube.countries[number] for number in units.unit[lacking]], np.str_)
    lacking = lacking[np.lexsort((codes, figures.score[lacking], units.group[lacking]))]
    of = units.group[lacking]
    place = np.arange(len(of)) - np.searchsorted(of, of) + 1
    places[lacking] = np.where(place <= LOWEST, place, 0)
    return places


def _table(asked: Asked, rows: Rows, place: Ints, figures: Read, n_answered: Floats) -> pa.Table:
    cube, sums = asked.cube, Sums(rows.values, rows.measures)
    criteria = [cube.criteria[number] for number in rows.criterion]
    frameworks = [cube.frameworks[cube.framework_of[number]].code for number in rows.criterion]
    return pa.table(
        {
            "framework": strings(frameworks),
            "place": pa.array(place, pa.int64()),
            "country": strings(cube.countries[number] for number in rows.country),
            "country_title": strings(cube.country_titles[number] for number in rows.country),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "percent": column(figures.percent),
            "n_answered": column(n_answered),
            "criterion": strings(criteria),
            "text": strings(asked.text(code) for code in criteria),
            "critical": pa.array(cube.critical[rows.criterion]),
            **{name: column(sums[name]) for name in ("n_full", "n_part", "n_nil")},
        }
    )
