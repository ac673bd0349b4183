"""How does one operation score in each principle this round? A row per principle and kind in which it is asked."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, read_units
from dashboard.figures.columns import of_read, strings
from dashboard.figures.cube import Flags, Rows
from dashboard.figures.fold import fold_units, in_cells
from dashboard.figures.of_operation import answers_of
from dashboard.queries.question import READ, AnyRow, Folded

COUNTS = ("n_asked", "n_applicable", "n_answered", "n_full", "n_part", "n_nil", "n_critical_failed")


def answered(asked: Asked, criteria: Flags) -> Rows:
    """The operation's answers to some criteria in the round in view."""
    every = np.ones(len(asked.cube.countries), bool)
    return asked.chosen(criteria, every, answers_of(asked.cube, asked.rows("operation_answers")).rows)


def answer(asked: Asked) -> pa.Table:
    """Respect first, then support, each in the order of principles."""
    cube = asked.cube
    rows, area = in_cells(answered(asked, asked.in_view & asked.criteria), asked.in_areas)
    n_areas = len(cube.areas)
    support = np.where(cube.respect, 0, 1)[rows.criterion]
    units = fold_units(rows, support * n_areas + area, rows.country, asked.into_parts(rows, area))
    areas = [cube.areas[number] for number in units.group % n_areas]
    kinds = ["support" if number >= n_areas else "respect" for number in units.group]
    figures = read_units(asked, units)
    return pa.table(
        {
            "area": strings(area.area for area in areas),
            "area_code": strings(area.code for area in areas),
            "area_title": strings(asked.title(area.area) for area in areas),
            "kind": strings(kinds),
            **of_read(figures, units.sums, COUNTS),
            **bands_of(asked, figures.banded),
        }
    )


OPERATION_AREAS = Folded("operation_areas", AnyRow, answer, READ, ("operation_answers",))
