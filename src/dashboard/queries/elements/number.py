"""Explains how a figure is calculated: its counts and sums by country, its smallest parts, and its criteria."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import answered, known_places, sums_of
from dashboard.figures.cube import FIGURED, CubeFramework, Floats, Ints
from dashboard.figures.fold import whole
from dashboard.figures.grid import strings
from dashboard.figures.read import READINGS, divided, mean, named, read, shares, whole_percent
from dashboard.figures.scores import country_units
from dashboard.figures.selection import Asked, bands_of, column
from dashboard.figures.single_answers import inherited_in
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


def number_answer(asked: Asked) -> pa.Table:
    """How is the selected figure calculated? A row per country: every count and sum, and whether it enters the mean.

    `score` and `coverage_limit` are shares from 0 to 1, the rest whole percent. `mean_of_all` averages all rows.

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


NUMBER = Folded("number", NumberRow, number_answer, (*CHOSEN, "kind"))


def _levels(framework: CubeFramework) -> str:
    if framework.country_figure not in ALONE:
        return ", ".join(framework.average_of)
    return ", ".join(
        [ALONE[framework.country_figure], *(level for level in framework.average_of if level != "criteria")]
    )


class NumberMadeRow(TypedDict):
    """A row of `number_made`."""

    operation_title: str
    operation_percent: float | None
    family: str
    part: str
    share: float
    score: float | None
    percent: float | None
    n_answered: float
    points: float | None
    weight_answered: float | None


def number_made_answer(asked: Asked) -> pa.Table:
    """What parts is the figure of each country made of? A row per smallest part, in the order of the standard.

    `share` is what the part counts in the figure, from 0 to 1; 0 without an answer.

    `operation_title`, `family` and `part` are the names of its operation or group, its family and the part itself;
    empty where the standard gives none. `operation_percent` is its figure. A figure that is one division has one part.
    """
    cube, framework = asked.cube, asked.framework
    by_group = framework is not None and framework.country_figure == "mean of groups"
    titles = cube.group_titles if by_group else cube.operation_titles
    units, _ = country_units(asked, asked.spread_over)
    parts, tree = units.parts, units.parts.tree
    names = tree.names if tree else np.zeros((len(parts.unit), 3), np.intp)
    operation = names[:, 0] - 1 if names.shape[1] > 3 else np.full(len(names), -1)
    sums, number = parts.sums, cube.framework_numbers.get(asked.given["framework"], 0)
    figures = read(whole(sums), np.repeat(cube.limits[[number]], len(sums), axis=0))
    share = shares(units, sums["weight_answered"])
    smallest = np.where(names[:, -1] > 0, names[:, -1], names[:, -2])
    return pa.table(
        {
            "country": strings(cube.countries[unit] for unit in units.unit[parts.unit]),
            "operation_title": strings((*titles, "")[number] for number in operation),
            "operation_percent": column(_of_operations(parts.unit, operation, share, figures.score)),
            "family": strings(cube.parts[name] for name in names[:, -3]),
            "part": strings(cube.parts[name] for name in smallest),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "share": column(share),
            "score": column(figures.score),
            "percent": column(whole_percent(figures.score)),
            **{name: column(sums[name]) for name in ("n_answered", "n_applicable", "points", "weight_answered")},
        }
    )


NUMBER_MADE = Folded("number_made", NumberMadeRow, number_made_answer, (*CHOSEN, "kind"))


def _of_operations(unit: Ints, operation: Ints, share: Floats, score: Floats) -> Floats:
    """By part, the figure of its operation; nan if it has no answer, or if operations are not averaged."""
    _, place = np.unique(np.stack([unit, operation]), axis=1, return_inverse=True)
    brought, whole = (np.bincount(place, values) for values in (share * np.nan_to_num(score), share))
    return np.where(operation < 0, np.nan, whole_percent(divided(brought, whole))[place])


COUNTS = ("n_full", "n_part", "n_nil", "n_not_applicable", "n_not_known", "n_unanswered")


class NumberPartsOlder(TypedDict):
    """One of the `older` in a row of `number_parts`."""

    older_version: str
    older_text: str
    n: int


class NumberPartsRow(TypedDict):
    """A row of `number_parts`."""

    criterion: str
    text: str
    weight: float
    older: list[NumberPartsOlder]
    n_checked: int
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


def number_parts_answer(asked: Asked) -> pa.Table:
    """Which criteria is the figure made of? One row per criterion, with text, citation and how it was answered.

    The criteria that are asked in the countries of the figure. Their texts come from `number_texts`.
    """
    kept = asked.in_view & asked.of_kind & asked.criteria & asked.within
    sums = sums_of(asked, asked.chosen(kept, asked.spread_over))
    texts = asked.rows("number_texts")
    criteria = known_places(asked.cube, texts["criterion"].to_pylist())
    here = np.flatnonzero(sums["n_asked"][criteria])
    texts = texts.take(here)
    for name, counts in answered(sums, criteria[here], COUNTS).items():
        texts = texts.append_column(name, counts)
    return texts


NUMBER_PARTS = Folded("number_parts", NumberPartsRow, number_parts_answer, (*CHOSEN, "kind"), ("number_texts",))
