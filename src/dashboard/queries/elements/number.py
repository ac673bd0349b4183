"""How is the selected figure calculated? A row per country: every count and sum, and whether it enters the mean."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column
from dashboard.figures.columns import strings
from dashboard.figures.countings import inherited_in
from dashboard.figures.countries import country_units
from dashboard.figures.cube import FIGURED, Framework
from dashboard.figures.read import READINGS, divided, mean, named, whole_percent
from dashboard.queries.question import CHOSEN, Folded

ALONE: dict[str, str] = {"mean of operations": "operations", "mean of groups": "groups"}
"""The level above all others, where the figure of a country is the mean of its operations or of their groups."""
EVIDENCE = ("n_evidence_none", "n_evidence_self", "n_evidence_seen", "n_evidence_checked")


class NumberRow(TypedDict):
    """A row of `number`."""

    country: str
    count_below: int
    n_applicable: float
    n_answered: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float
    n_full: float | None
    n_part: float | None
    n_critical_failed: float
    weight_answered: float | None
    points: float | None
    average_of: str
    n_parts: int
    reading: str
    score: float | None
    percent: float | None
    enters: bool
    mean_of_all: float | None
    low: float | None
    high: float | None
    band_title: str | None


def answer(asked: Asked) -> pa.Table:
    """`score` and `coverage_limit` are shares from 0 to 1, the rest whole percent. `mean_of_all` averages all rows.

    `average_of` names the levels, from the top; operations or their groups are one where the figure of a country is
    their mean.
    """
    cube, framework = asked.cube, asked.framework
    units, figures = country_units(asked, asked.spread_over)
    sums, n = units.sums, len(units.unit)
    inherited = inherited_in(cube, sums)
    whole = whole_percent(mean(np.zeros(figures.shown.sum(), np.intp), figures.score[figures.shown], 1))
    everywhere = np.repeat(whole, n)
    enough = sums["n_answered"][figures.shown].sum() >= asked.count_below
    limit = framework.coverage_limit if framework else np.nan
    return pa.table(
        {
            "country": strings(cube.countries[unit] for unit in units.unit),
            "country_title": strings(cube.country_titles[unit] for unit in units.unit),
            "country_position": column(units.unit + 1, pa.int64()),
            "coverage_limit": column(np.full(n, limit)),
            "count_below": column(np.full(n, framework.count_below if framework else 0), pa.int16()),
            "framework_no": column(np.full(n, framework.number if framework else 0), pa.int16()),
            **{name: column(sums[name]) for name in FIGURED},
            "n_inherited": column(inherited),
            "n_evidence_unstated": column(sums["n_answered"] - inherited - sum(sums[name] for name in EVIDENCE)),
            "average_of": strings([_levels(framework) if framework else ""] * n),
            "n_parts": column(figures.n_parts, pa.int64()),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "score": column(figures.score),
            "percent": column(figures.percent),
            "enters": column(figures.shown),
            "mean_of_all": column(everywhere),
            "low": column(whole_percent(figures.low)),
            "high": column(whole_percent(figures.high)),
            "coverage": column(whole_percent(figures.coverage)),
            "share_not_applicable": column(whole_percent(divided(sums["n_not_applicable"], sums["n_asked"]))),
            "coverage_limit_percent": column(whole_percent(np.full(n, limit))),
            "band_title": bands_of(asked, everywhere if enough else np.full(n, np.nan))["band_title"],
        }
    )


NUMBER = Folded("number", NumberRow, answer, (*CHOSEN, "kind"))


def _levels(framework: Framework) -> str:
    if framework.country_figure not in ALONE:
        return ", ".join(framework.average_of)
    return ", ".join(
        [ALONE[framework.country_figure], *(level for level in framework.average_of if level != "criteria")]
    )
