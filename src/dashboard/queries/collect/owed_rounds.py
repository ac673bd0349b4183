"""How much was asked and is left in each round of the framework? One row per round, latest first."""

from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.fold import fold
from dashboard.figures.scale import dates
from dashboard.queries.question import Folded


class OwedRoundsRow(TypedDict):
    """A row of `owed_rounds`."""

    round: str
    round_title: str
    n_asked: int
    n_left: int
    last_answered_on: date | None


def answer(asked: Asked) -> pa.Table:
    """For the countries and criteria that the filters keep."""
    cube = asked.cube
    kept = asked.countries[cube.sums.country] & (asked.in_view & asked.criteria)[cube.sums.criterion]
    rows = cube.sums.where(kept)
    n_rounds = len(cube.rounds)
    sums = fold(rows, rows.round, n_rounds)
    last = np.full(n_rounds, np.nan)
    np.fmax.at(last, rows.round, rows.last)
    rounds = np.unique(rows.round)[::-1]
    return pa.table(
        {
            "round": strings(cube.rounds[number] for number in rounds),
            "round_title": strings(cube.round_titles[number] for number in rounds),
            "n_asked": column(sums["n_asked"][rounds], pa.int64()),
            "n_left": column(sums["n_unanswered"][rounds], pa.int64()),
            "last_answered_on": dates(last[rounds]),
        }
    )


OWED_ROUNDS = Folded("owed_rounds", OwedRoundsRow, answer, ("framework", "countries", "criteria", "lang"))
