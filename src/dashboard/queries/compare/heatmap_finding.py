"""What does the heat map say in one sentence? The highest and lowest country, the gaps, what all share.

A country is named as highest or lowest only if it can be told apart from every other. What the heat map withholds is
not said here either.
"""

from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.apart import Figure, Unscored, highest, lowest
from dashboard.figures.asked import Asked, column, read_units
from dashboard.figures.cube import Flags
from dashboard.figures.fold import Units, fold_units, own_answers
from dashboard.figures.read import READINGS, TOO_FEW, Read, whole_percent
from dashboard.queries.question import CHOSEN, Folded


class HeatmapFindingRow(TypedDict):
    """A row of `heatmap_finding`."""

    n_shown: int
    highest: float | None
    lowest: float | None
    n_like_highest: int
    n_like_lowest: int
    highest_unsure: list[str]
    lowest_unsure: list[str]
    n_countries: int
    n_too_few: int
    too_few_titles: str | None
    n_criteria: int
    n_apply_to_all: int
    n_answered_by_all: int
    overlap: float | None


def answer(asked: Asked) -> pa.Table:
    """One row. Percentages and titles are null if no country shows a figure."""
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, asked.spread_over)
    units = fold_units(rows, np.zeros(len(rows.country), np.intp), rows.country, asked.into_parts(rows))
    figures = read_units(asked, units)

    def titles(flags: Flags) -> str | None:
        return ", ".join(asked.in_order(cube.country_titles[number] for number in units.unit[flags])) or None

    shown = _shown(asked, units, figures)
    unscored = _unscored(asked) if len(shown) > 1 else []
    top, bottom = (highest(shown, unscored), lowest(shown, unscored)) if shown else (None, None)
    too_few = figures.reading == TOO_FEW
    n = len(cube.criteria)
    applies = np.bincount(rows.criterion[rows.values[:, rows.measures.index("n_applicable")] > 0], minlength=n)
    answers = np.bincount(rows.criterion[own_answers(rows) > 0], minlength=n)
    met = np.bincount(rows.criterion, minlength=n) > 0
    n_criteria, n_all = int((applies > 0).sum()), len(units.unit)
    to_all = int((met & (applies == n_all)).sum())
    return pa.table(
        {
            "n_shown": column([len(shown)], pa.int64()),
            "highest": column([top and top.most], pa.float64()),
            "lowest": column([bottom and bottom.least], pa.float64()),
            "highest_title": column([top and top.title], pa.string()),
            "lowest_title": column([bottom and bottom.title], pa.string()),
            "n_like_highest": column([top.n_alike if top else 0], pa.int64()),
            "n_like_lowest": column([bottom.n_alike if bottom else 0], pa.int64()),
            "highest_down_to": column([top and top.least], pa.float64()),
            "lowest_up_to": column([bottom and bottom.most], pa.float64()),
            "highest_unsure": column([list(top.unsure) if top else []], pa.list_(pa.string())),
            "lowest_unsure": column([list(bottom.unsure) if bottom else []], pa.list_(pa.string())),
            "n_countries": column([n_all], pa.int64()),
            "n_too_few": column([int(too_few.sum())], pa.int64()),
            "too_few_titles": column([titles(too_few)], pa.string()),
            "n_criteria": column([n_criteria], pa.int64()),
            "n_apply_to_all": column([to_all], pa.int64()),
            "n_answered_by_all": column([int((met & (answers == n_all)).sum())], pa.int64()),
            "overlap": column(whole_percent(np.array([to_all / n_criteria if n_criteria else np.nan]))),
        }
    )


HEATMAP_FINDING = Folded("heatmap_finding", HeatmapFindingRow, answer, (*CHOSEN, "kind", "today"), ("heatmap",))


def _unscored(asked: Asked) -> list[Unscored]:
    """The countries that the heat map shows between bounds, without a figure; the head office is no country."""
    found: dict[str, dict[str, Any]] = {}
    for row in asked.rows("heatmap").to_pylist():
        found.setdefault(row["country"], row)
    over = {code for code, spread in zip(asked.cube.countries, asked.spread_over, strict=True) if spread}
    return [
        Unscored(row["country_title"], row["low"], row["high"])
        for code, row in found.items()
        if code in over and row["reading"] == READINGS[TOO_FEW] and row["low"] is not None
    ]


def _shown(asked: Asked, units: Units, figures: Read) -> list[Figure]:
    """The countries whose figure the heat map shows."""
    wholes: dict[str, float | None] = {}
    for row in asked.rows("heatmap").select(("country", "percent")).to_pylist():
        wholes.setdefault(row["country"], row["percent"])
    percent, low, high = figures.percent, whole_percent(figures.low), whole_percent(figures.high)
    return [
        Figure(
            asked.cube.country_titles[units.unit[place]],
            float(percent[place]),
            float(low[place]),
            float(high[place]),
            100 * float(figures.one_step[place]),
        )
        for place in np.flatnonzero(figures.shown)
        if wholes.get(asked.cube.countries[units.unit[place]]) is not None
    ]
