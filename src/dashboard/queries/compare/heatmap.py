"""Folds the heat map: a row per country or group of operations and principle, and what it says in one sentence."""

from dataclasses import replace
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Flags, Floats, Ints
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.fold import Units, fold_units, own_answers
from dashboard.figures.grid import strings
from dashboard.figures.read import (
    COUNT,
    NOT_COVERED,
    READINGS,
    STARTED,
    TOO_FEW,
    Read,
    at_places,
    named,
    spread,
    whole_percent,
)
from dashboard.figures.scores import BESIDE as TARGETS
from dashboard.figures.scores import WHOLE, area_columns, in_whole_and_areas, target_columns, whole_and_areas
from dashboard.figures.selection import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.single_answers import inherited_in
from dashboard.figures.subjects import BoundedFigure, UnscoredFigure, compared, highest, lowest
from dashboard.queries.question import CHOSEN, AnyRow, Folded

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_full", "n_part", "n_nil",
    "n_critical_failed", BEFORE,
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """How does each country score, as a whole and in each principle? A row per cell, even if nothing is asked.

    In the order of countries; for each the whole first (its area is empty), then its principles.

    Sums are null if a country is asked nothing. `low_band` and `high_band` are the bands of the bounds, null
    where the figure rests on one or two answers.
    """
    cube, given = asked.cube, asked.given
    country, place = _cells(asked)
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, asked.countries)
    units = whole_and_areas(cube, asked.in_areas, with_failed_before(asked, rows), rows.country)
    n_places = len(cube.areas) + 1
    at = np.full(len(cube.countries) * n_places, -1)
    figures = read_units(asked, units)
    asks = np.flatnonzero(figures.reading != NOT_COVERED)
    at[(units.group * n_places + units.unit)[asks]] = asks
    at = at[country * n_places + place]

    def cells(values: Floats | Ints | Flags) -> Floats:
        return at_places(values, at)

    percent = cells(figures.percent)
    low, high = (cells(whole_percent(share)) for share in (figures.low, figures.high))
    few = cells(figures.reading) == COUNT
    seen = units.sums["n_evidence_seen"] + units.sums["n_evidence_checked"]
    return pa.table(
        {
            "country": strings(cube.countries[number] for number in country),
            "country_title": strings(cube.country_titles[number] for number in country),
            "country_position": column(country + 1, pa.int64()),
            "region": column([cube.country_regions[number] for number in country], pa.string()),
            **area_columns(asked, place),
            "area_position": column([0 if one == WHOLE else cube.areas[one - 1].number for one in place], pa.int16()),
            "reading": column(named(np.nan_to_num(cells(figures.reading)).astype(np.intp), READINGS), pa.string()),
            "percent": column(percent),
            "low": column(low),
            "high": column(high),
            "coverage": column(whole_percent(cells(figures.coverage))),
            **bands_of(asked, cells(figures.banded)),
            "low_band": bands_of(asked, np.where(few, np.nan, low))["band"],
            "high_band": bands_of(asked, np.where(few, np.nan, high))["band"],
            **{name: column(cells(units.sums[name])) for name in COUNTS},
            "n_seen": column(cells(seen)),
            "n_inherited": column(cells(inherited_in(cube, units.sums))),
            **target_columns(
                asked,
                [
                    (cube.countries[number], given["kind"], None if one == WHOLE else cube.areas[one - 1].area)
                    for number, one in zip(country, place, strict=True)
                ],
            ),
        }
    )


HEATMAP = Folded("heatmap", AnyRow, answer, (*CHOSEN, "kind", "today"), TARGETS)


def _cells(asked: Asked) -> tuple[Ints, Ints]:
    """Country and place of each cell: all who take part, with the whole and the principles that are kept."""
    cube, given, places = asked.cube, asked.given, places_kept(asked)
    taking_part = {country for of, at, country in cube.participants if (of, at) == (given["framework"], given["round"])}
    countries = [number for number in np.flatnonzero(asked.countries) if cube.countries[number] in taking_part]
    return (
        np.repeat(countries, len(places)).astype(np.intp),
        np.tile(places, len(countries)).astype(np.intp),
    )


def places_kept(asked: Asked) -> list[int]:
    """The place of the whole, then those of the principles that are kept. A single one is the whole, so it is alone."""
    principles = set(asked.given["areas"])
    areas = [
        number + 1
        for number, area in enumerate(asked.cube.areas)
        if area.framework == asked.given["framework"] and (not principles or area.area in principles)
    ]
    return [WHOLE, *areas] if len(areas) > 1 else areas


def heatmap_groups_answer(asked: Asked) -> pa.Table:
    """How does each group of operations score, as a whole and in each principle? With the columns of the heat map.

    A row per cell, in the order of those subjects that are groups: means over the countries that are kept.

    `country` and `country_title` are those of the group of operations, which may have no target.
    """
    cube = asked.cube
    codes = [code for code in asked.given["subject"] if code in cube.groups]
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    found = compared(asked, criteria, codes)
    found = found.take(np.flatnonzero(asked.countries[found.rows.country]))
    n_countries, n_places, places = len(cube.countries), len(cube.areas) + 1, places_kept(asked)
    # The place of a country says whose it is, so that each row keeps it when it is repeated by area.
    of_country = replace(found.rows, country=found.subject * n_countries + found.rows.country)
    rows, place, into = in_whole_and_areas(cube, asked.in_areas, of_country)
    subject, country = np.divmod(rows.country, n_countries)
    units = fold_units(rows, subject * n_places + place, country, into)
    figures = spread(units, read_units(asked, units), len(codes) * n_places)
    at = np.add.outer(np.arange(len(codes)) * n_places, places).ravel().astype(np.intp)
    percent, low, high = (values[at] for values in (figures.percent, figures.low, figures.high))
    few = ~np.isnan(percent) & np.isnan(figures.banded[at])
    sums = figures.sums.take(at)
    whose, where = np.divmod(at, n_places)
    return pa.table(
        {
            "country": strings(codes[one] for one in whose),
            "country_title": strings(cube.groups[codes[one]].title for one in whose),
            "country_position": column(whose + 1, pa.int64()),
            "region": column([None] * len(at), pa.string()),
            **area_columns(asked, where),
            "area_position": column([cube.areas[one - 1].number if one else 0 for one in where], pa.int16()),
            "reading": column(named(figures.reading[at], READINGS), pa.string()),
            "percent": column(percent),
            "low": column(low),
            "high": column(high),
            "coverage": column(coverage_percent(figures)[at]),
            **bands_of(asked, figures.banded[at]),
            "low_band": bands_of(asked, np.where(few, np.nan, low))["band"],
            "high_band": bands_of(asked, np.where(few, np.nan, high))["band"],
            **{name: column(sums[name]) for name in COUNTS},
            "n_seen": column(sums["n_evidence_seen"] + sums["n_evidence_checked"]),
            "n_inherited": column(inherited_in(cube, sums)),
            **target_columns(asked, [("", "", "")] * len(at)),
        }
    )


HEATMAP_GROUPS = Folded(
    "heatmap_groups",
    AnyRow,
    heatmap_groups_answer,
    (*CHOSEN, "kind", "subject", "today"),
    ("subject_answers", *TARGETS),
)


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


def heatmap_finding_answer(asked: Asked) -> pa.Table:
    """What does the heat map say in one sentence? The highest and lowest country, the gaps, what all share.

    A country is named as highest or lowest only if it can be told apart from every other. What the heat map withholds
    is not said here either.

    One row. Percentages and titles are null if no country shows a figure.
    """
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
    # A short start is not compared yet.
    n_criteria, n_all = int((applies > 0).sum()), int((figures.reading != STARTED).sum())
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
            "n_countries": column([len(units.unit)], pa.int64()),
            "n_too_few": column([int(too_few.sum())], pa.int64()),
            "too_few_titles": column([titles(too_few)], pa.string()),
            "n_criteria": column([n_criteria], pa.int64()),
            "n_apply_to_all": column([to_all], pa.int64()),
            "n_answered_by_all": column([int((met & (answers == n_all)).sum())], pa.int64()),
            "overlap": column(whole_percent(np.array([to_all / n_criteria if n_criteria and n_all > 1 else np.nan]))),
        }
    )


HEATMAP_FINDING = Folded(
    "heatmap_finding", HeatmapFindingRow, heatmap_finding_answer, (*CHOSEN, "kind", "today"), ("heatmap",)
)


def _unscored(asked: Asked) -> list[UnscoredFigure]:
    """The countries that the heat map shows between bounds, without a figure; the head office is no country."""
    found: dict[str, dict[str, Any]] = {}
    for row in asked.rows("heatmap").to_pylist():
        found.setdefault(row["country"], row)
    over = {code for code, spread in zip(asked.cube.countries, asked.spread_over, strict=True) if spread}
    return [
        UnscoredFigure(row["country_title"], row["low"], row["high"])
        for code, row in found.items()
        if code in over and row["reading"] == READINGS[TOO_FEW] and row["low"] is not None
    ]


def _shown(asked: Asked, units: Units, figures: Read) -> list[BoundedFigure]:
    """The countries whose figure the heat map shows."""
    wholes: dict[str, float | None] = {}
    for row in asked.rows("heatmap").select(("country", "percent")).to_pylist():
        wholes.setdefault(row["country"], row["percent"])
    percent, low, high = figures.percent, whole_percent(figures.low), whole_percent(figures.high)
    return [
        BoundedFigure(
            asked.cube.country_titles[units.unit[place]],
            float(percent[place]),
            float(low[place]),
            float(high[place]),
            100 * float(figures.one_step[place]),
        )
        for place in np.flatnonzero(figures.shown)
        if wholes.get(asked.cube.countries[units.unit[place]]) is not None
    ]
