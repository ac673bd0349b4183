"""Which criteria has every shown operation answered itself? On this set a comparison is fair, whatever else was asked.

`enough` says that these are as many as a percentage needs; with fewer, nothing is kept to them.
"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.cube import Flags, Floats
from dashboard.queries.question import READ, Folded


class CommonRow(TypedDict):
    """A row of `common`."""

    criterion: str
    enough: bool


def answer(asked: Asked) -> pa.Table:
    """Sorted by code. The head office is no operation of a country, and what is inherited from it is no answer."""
    cube = asked.cube
    criteria, countries = asked.in_view & asked.criteria, asked.countries & ~cube.head_office
    rows = asked.chosen(criteria, countries, cube.answered or cube.sums)
    n_operations = np.zeros(len(cube.countries))
    # Where operations are not shown one by one, as many are told as any criterion was asked of.
    np.fmax.at(n_operations, rows.country, rows["n_asked"])
    n_operations = np.fmax(n_operations, _taking_part(asked, criteria))
    whole = rows["n_answered"] == n_operations[rows.country]
    has = np.bincount(rows.criterion[whole], minlength=len(cube.criteria))
    every = np.flatnonzero((has > 0) & (has == len(np.unique(rows.country))))
    least = asked.framework.count_below if asked.framework else 0
    return pa.table(
        {
            "criterion": pa.array(sorted(cube.criteria[number] for number in every), pa.string()),
            "enough": column([len(every) >= least] * len(every), pa.bool_()),
        }
    )


COMMON = Folded("common", CommonRow, answer, READ)


def _taking_part(asked: Asked, criteria: Flags) -> Floats:
    """By country, how many operations are asked any of some criteria."""
    cube, answers = asked.cube, asked.answers()
    if asked.given["round"] not in cube.rounds:
        return np.zeros(len(cube.countries))
    codes = answers.codes[cube.rounds.index(asked.given["round"])][criteria]
    return np.bincount(answers.country[(codes > 0).any(0)], minlength=len(cube.countries)).astype(np.float64)
