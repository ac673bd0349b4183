"""How have the group's figures developed? A row per round and kind, up to the round in view, the first round first."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.columns import counted, strings
from dashboard.figures.cube import Ints
from dashboard.figures.fold import fold_units
from dashboard.figures.read import spread
from dashboard.model.view.known import KINDS
from dashboard.queries.question import Folded

COUNTS = (
    "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "n_asked", "n_critical_failed",
    "n_seen",
)  # fmt: skip


class HeadlineRoundsRow(TypedDict):
    """A row of `headline_rounds`."""

    round: str
    round_title: str
    kind: str
    mean: float | None
    n_answered: float | None
    n_critical_failed: float | None


def answer(asked: Asked) -> pa.Table:
    """The means over everything answered at the time, of countries that may show a figure.

    All null for a kind in which nothing is asked.
    """
    cube, given = asked.cube, asked.given
    until = cube.rounds.index(given["round"]) + 1 if given["round"] in cube.rounds else 0
    asking = {round_ for framework, round_, _ in cube.participants if framework == given["framework"]}
    held = [number for number in range(until) if cube.rounds[number] in asking]
    places = np.full(len(cube.rounds) + 1, -1, np.intp)
    places[held] = np.arange(len(held))
    rows = cube.sums.where(
        (places[cube.sums.round] >= 0)
        & asked.spread_over[cube.sums.country]
        & (asked.in_view & asked.criteria & asked.within)[cube.sums.criterion]
    )
    group = places[rows.round] * len(KINDS) + np.where(cube.respect, 0, 1)[rows.criterion]
    # An area in one round is a part of its own: a figure never mixes rounds.
    units = fold_units(rows, group, rows.country, asked.into_parts(rows))
    figures = spread(units, read_units(asked, units), len(held) * len(KINDS))
    twice = np.repeat(held, len(KINDS)).astype(np.intp)
    nothing = figures.n_units == 0

    def whole(values: Ints) -> pa.Array:
        return pa.array(values, pa.int64(), mask=nothing)

    return pa.table(
        {
            "round": strings(cube.rounds[number] for number in twice),
            "round_title": strings(cube.round_titles[number] for number in twice),
            "kind": strings(list(KINDS) * len(held)),
            "mean": column(figures.percent),
            "lowest": column(figures.lowest),
            "median": column(figures.median),
            "highest": column(figures.highest),
            "low": column(figures.low),
            "high": column(figures.high),
            "n_shown": whole(figures.n_shown),
            "n_too_few": whole(figures.n_too_few),
            "n_countries": whole(figures.n_units),
            **{name: column(np.where(nothing, np.nan, counted(figures.sums, name))) for name in COUNTS},
            "coverage": column(coverage_percent(figures)),
            "band": bands_of(asked, figures.banded)["band"],
        }
    )


HEADLINE_ROUNDS = Folded("headline_rounds", HeadlineRoundsRow, answer)
