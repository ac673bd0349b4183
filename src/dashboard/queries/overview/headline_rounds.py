"""How did the group's figures come to be? A row a round and kind, the first round first, up to the one in view."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.fold import fold_units
from dashboard.figures.read import spread
from dashboard.model.view.known import KINDS


def answer(asked: Asked) -> pa.Table:
    """The means of all that was answered then; null where no country had enough answers for a figure."""
    cube, held = asked.cube, asked.rows("headline_rounds_held")
    places = np.full(len(cube.rounds) + 1, -1, np.intp)
    for place, code in enumerate(held["round"].to_pylist()):
        places[cube.rounds.index(code)] = place
    n_groups = held.num_rows * len(KINDS)
    rows = cube.sums.where(
        (places[cube.sums.round] >= 0)
        & asked.spread_over[cube.sums.country]
        & (asked.in_view & asked.criteria & asked.within)[cube.sums.criterion]
    )
    group = places[rows.round] * len(KINDS) + np.where(cube.respect, 0, 1)[rows.criterion]
    # An area of one round is a part of its own: what goes into a figure never crosses rounds.
    units = fold_units(rows, group, rows.country, asked.into_parts(rows))
    figures = spread(units, read_units(asked, units), n_groups)
    twice = [row for row in held.to_pylist() for _ in KINDS]
    return pa.table(
        {
            "round": column([row["round"] for row in twice], pa.string()),
            "round_title": column([row["title"] for row in twice], pa.string()),
            "kind": column(list(KINDS) * held.num_rows, pa.string()),
            "mean": column(figures.percent),
            "n_shown": column(figures.n_shown, pa.int64()),
            "n_critical_failed": column(figures.sums["n_critical_failed"]),
            "band": bands_of(asked, figures.percent)["band"],
        }
    )
