"""How have the group's figures developed? A row per round and kind, up to the round in view, the first round first."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column, read_units
from dashboard.figures.columns import strings
from dashboard.figures.fold import fold_units
from dashboard.figures.read import spread
from dashboard.model.view.known import KINDS


def answer(asked: Asked) -> pa.Table:
    """The means over everything answered at the time; null if no country had enough answers for a figure.

    Failures are null if nothing was asked.
    """
    cube, given = asked.cube, asked.given
    until = cube.rounds.index(given["round"]) + 1 if given["round"] in cube.rounds else 0
    asking = {round_ for framework, round_, _ in cube.participants if framework == given["framework"]}
    held = [number for number in range(until) if cube.rounds[number] in asking]
    places = np.full(len(cube.rounds) + 1, -1, np.intp)
    places[held] = np.arange(len(held))
    n_groups = len(held) * len(KINDS)
    rows = cube.sums.where(
        (places[cube.sums.round] >= 0)
        & asked.spread_over[cube.sums.country]
        & (asked.in_view & asked.criteria & asked.within)[cube.sums.criterion]
    )
    group = places[rows.round] * len(KINDS) + np.where(cube.respect, 0, 1)[rows.criterion]
    # An area in one round is a part of its own: a figure never mixes rounds.
    units = fold_units(rows, group, rows.country, asked.into_parts(rows))
    figures = spread(units, read_units(asked, units), n_groups)
    twice = np.repeat(held, len(KINDS)).astype(np.intp)
    return pa.table(
        {
            "round": strings(cube.rounds[number] for number in twice),
            "round_title": strings(cube.round_titles[number] for number in twice),
            "kind": strings(list(KINDS) * len(held)),
            "mean": column(figures.percent),
            "n_critical_failed": column(np.where(figures.n_units > 0, figures.sums["n_critical_failed"], np.nan)),
        }
    )
