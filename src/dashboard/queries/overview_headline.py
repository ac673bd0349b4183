"""Folds the group's figures in respect and in support, over the rounds and by principle, and with its highest risks."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures import read
from dashboard.figures.cube import Flags, Floats, Ints
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.fold import fold_units, in_cells, into_parts
from dashboard.figures.grid import NO_CELLS, counted, strings
from dashboard.figures.ratings import BESIDE
from dashboard.figures.risks import ranked
from dashboard.figures.scores import BESIDE as TARGETS
from dashboard.figures.scores import target_columns
from dashboard.figures.selection import Asked, bands_of, column, coverage_percent, read_units
from dashboard.model.known_codes import KINDS
from dashboard.queries.question import CHOSEN, RATED, AnyRow, Folded

KEY = ("round", "kind")
"""What its rows are of."""


class HeadlineRow(TypedDict):
    """A row of `headline`."""

    kind: str
    mean: float | None
    lowest: float | None
    highest: float | None
    low: float | None
    high: float | None
    n_shown: int | None
    n_too_few: int | None
    n_countries: int | None
    n_started: int | None
    n_applicable: float | None
    n_answered: float | None
    n_not_applicable: float | None
    n_not_known: float | None
    n_critical_failed: float | None
    n_seen: float | None
    coverage: float | None
    band: str | None
    n_failed_before: float
    change: float | None
    n_matched: float
    n_countries_matched: int
    group_percent: float | None
    group_n_answered: float | None


def headline_answer(asked: Asked) -> pa.Table:
    """How does the group score, in respect and in support? A row per kind: spread, coverage, change, flags.

    The head office is not a country: it has columns of its own. The mean is over countries that may show a figure.

    All null for a kind in which nothing is asked.
    """
    rounds = asked.rows("headline_rounds")
    # A row per kind; none if the round does not ask this framework.
    now = rounds.slice(max(0, len(rounds) - len(KINDS)))
    if not len(rounds) or now["round"][0].as_py() != asked.given["round"]:
        now = rounds.take(pa.nulls(len(KINDS), pa.int64()))
    now = now.drop_columns([*KEY, "round_title"])
    change, n_matched, n_moved = _change(asked)
    group_percent, n_group = _head_office(asked)
    return pa.table(
        {
            "kind": list(KINDS),
            **dict(zip(now.column_names, now.columns, strict=True)),
            BEFORE: column(_failed_before(asked)),
            "change": column(change),
            "n_matched": column(n_matched),
            "n_countries_matched": column(n_moved, pa.int64()),
            "group_percent": column(group_percent),
            "group_n_answered": column(n_group),
        }
    )


HEADLINE = Folded("headline", HeadlineRow, headline_answer, beside=("headline_rounds",))


def _failed_before(asked: Asked) -> Floats:
    """By kind, how many critical criteria failed when they were last answered and have no answer now."""
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, asked.spread_over)
    rows = with_failed_before(asked, rows)
    return np.bincount(np.where(asked.cube.respect, 0, 1)[rows.criterion], rows[BEFORE], len(KINDS)).astype(np.float64)


def _change(asked: Asked) -> tuple[Floats, Floats, Ints]:
    """The mean change since the round before, in whole points; how many answers are matched, and in how many countries.

    Over countries with enough matched answers and a figure in both rounds.
    """
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, asked.spread_over, cube.changes)
    units = fold_units(rows, np.where(cube.respect, 0, 1)[rows.criterion], rows.country, asked.into_parts(rows))
    was, now_shown = (_shown(asked, round_)[units.group, units.unit] for round_ in _rounds(asked))
    least = asked.framework.count_below if asked.framework else 0
    enough = read.counts_in_change(units.sums["n_matched"], was, now_shown, least)
    kind, weight = units.group[enough], units.parts.sums["weight_matched"]
    now, earlier = (read.averaged(units, units.parts.sums[name], weight) for name in ("points_now", "points_earlier"))
    n_matched = np.bincount(kind, units.sums["n_matched"][enough], minlength=len(KINDS)).astype(np.float64)
    change = read.whole_percent(read.mean(kind, (now - earlier)[enough], len(KINDS)))
    return change, n_matched, np.bincount(kind, minlength=len(KINDS))


def _rounds(asked: Asked) -> tuple[int, int]:
    """The round before, in which the framework was last asked, and the one in view; -1 for one that is not there."""
    cube = asked.cube
    now = cube.rounds.index(asked.given["round"]) if asked.given["round"] in cube.rounds else -1
    held = cube.sums.round[asked.in_view[cube.sums.criterion]]
    return int(held[held < now].max(initial=-1)), now


def _shown(asked: Asked, round_: int) -> Flags:
    """By kind and country: whether its figure in a round may be shown, as it was answered then."""
    cube = asked.cube
    sums = cube.answered or cube.sums
    kept = asked.in_view & asked.criteria & asked.within
    rows = sums.where((sums.round == round_) & asked.spread_over[sums.country] & kept[sums.criterion])
    units = fold_units(rows, np.where(cube.respect, 0, 1)[rows.criterion], rows.country, asked.into_parts(rows))
    flags = np.zeros((len(KINDS), len(cube.countries)), bool)
    flags[units.group, units.unit] = read_units(asked, units).shown
    return flags


def _head_office(asked: Asked) -> tuple[Floats, Floats]:
    """The figure of the head office by kind, and how many answers it is based on; nan if it is asked nothing."""
    cube = asked.cube
    alone = asked.countries & cube.head_office
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, alone)
    percent, n_answered = np.full(len(KINDS), np.nan), np.full(len(KINDS), np.nan)
    if len(rows.round):
        units = fold_units(rows, np.where(cube.respect, 0, 1)[rows.criterion], rows.country, asked.into_parts(rows))
        percent[units.group], n_answered[units.group] = read_units(asked, units).percent, units.sums["n_answered"]
    return percent, n_answered


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


def headline_rounds_answer(asked: Asked) -> pa.Table:
    """How have the group's figures developed? A row per round and kind, up to the round in view, the first round first.

    The means over everything answered at the time, of countries that may show a figure.

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
    figures = read.spread(units, read_units(asked, units), len(held) * len(KINDS))
    twice = np.repeat(held, len(KINDS)).astype(np.intp)
    nothing = ~figures.met

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
            "n_started": whole(figures.n_started),
            **{name: column(np.where(nothing, np.nan, counted(figures.sums, name))) for name in COUNTS},
            "coverage": column(coverage_percent(figures)),
            "band": bands_of(asked, figures.banded)["band"],
        }
    )


HEADLINE_ROUNDS = Folded("headline_rounds", HeadlineRoundsRow, headline_rounds_answer)


def areas_answer(asked: Asked) -> pa.Table:
    """How does the group score in each principle? A row per principle, in order: mean, bounds, spread over countries.

    Only the principles in which something is asked.
    """
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, asked.spread_over)
    rows, area = in_cells(with_failed_before(asked, rows), asked.in_areas)
    units = fold_units(rows, area, rows.country, asked.into_parts(rows, area))
    figures = read.spread(units, read_units(asked, units), len(cube.areas))
    met = np.flatnonzero(figures.met)
    order = met[np.argsort([cube.areas[number].number for number in met], kind="stable")]
    return pa.table(
        {
            "area": strings(cube.areas[number].area for number in order),
            "area_code": strings(cube.areas[number].code for number in order),
            "area_title": strings(asked.title(cube.areas[number].area) for number in order),
            "kind": strings([asked.given["kind"]] * len(order)),
            "mean": column(figures.percent[order]),
            "lowest": column(figures.lowest[order]),
            "highest": column(figures.highest[order]),
            "low": column(figures.low[order]),
            "high": column(figures.high[order]),
            "one_step": column(figures.one_step[order]),
            "n_shown": column(figures.n_shown[order], pa.int64()),
            "n_countries": column(figures.n_units[order], pa.int64()),
            "n_answered": column(figures.sums["n_answered"][order]),
            "n_applicable": column(figures.sums["n_applicable"][order]),
            "n_critical_failed": column(figures.sums["n_critical_failed"][order]),
            BEFORE: column(figures.sums[BEFORE][order]),
            **bands_of(asked, figures.banded[order]),
            **target_columns(asked, [(None, asked.given["kind"], cube.areas[number].area) for number in order]),
        }
    )


AREAS = Folded("areas", AnyRow, areas_answer, (*CHOSEN, "kind", "today"), TARGETS)


AREA_COUNTS = ("n_answered", "n_applicable", "n_full", "n_part", "n_nil")
MOST = 5


class ExposuresRow(TypedDict):
    """A row of `exposures`."""

    risk_area: str
    risk_area_title: str
    severity: int
    most_severe: str
    n_at_severity: int
    n_rated: int
    reading: str
    percent: float | None
    n_answered: float | None
    n_applicable: float | None
    band: str | None
    band_title: str | None


def exposures_answer(asked: Asked) -> pa.Table:
    """Which risk areas have the highest-ranking risks, and how well do answers cover them? The first five, or all.

    An area is ranked by its first risk in the order of risks, and shows the grades of that risk.

    The cover is the mean over countries of the respect criteria that serve the area; null if nothing is asked.

    It is over all of them, even those that the filters or a fair comparison leave out.
    """
    first = _first_risks(ranked(asked))[: None if asked.given["whole"] else MOST]
    areas = [row["risk_area"] for row in first]
    rows = asked.chosen(asked.in_view & asked.kind_is("respect"), asked.spread_over)
    cells = asked.cube.facets.get("risk_area", NO_CELLS)
    rows, area = in_cells(rows, cells)
    units = fold_units(rows, area, rows.country, into_parts(asked.cube, asked.cube.in_areas, rows))
    figures = read.spread(units, read_units(asked, units), len(cells.rows))
    places = {code: place for place, code in enumerate(cells.rows) if figures.met[place]}
    at = np.array([places.get(code, -1) for code in areas], np.intp)
    # Here, a mean of few answers each counts as a score, and what is not known as not answered.
    means = (figures.reading == read.COUNT) & ~np.isnan(figures.banded)
    reading = np.select([means, figures.reading == read.NOT_KNOWN], [read.SCORE, read.UNANSWERED], figures.reading)
    percent = read.at_places(figures.percent, at)
    return pa.table(
        {
            "risk_area": column(areas, pa.string()),
            "risk_area_title": column([asked.title(code) for code in areas], pa.string()),
            "severity": column([row["severity"] for row in first], pa.int16()),
            "most_severe": column([asked.text(row["impact"]) for row in first], pa.string()),
            "n_at_severity": column([row["n_at_severity"] for row in first], pa.int64()),
            "n_rated": column([row["n_rated"] for row in first], pa.int64()),
            "reading": column(
                read.named(np.nan_to_num(read.at_places(reading, at)).astype(np.intp), read.READINGS), pa.string()
            ),
            "percent": column(percent),
            "coverage": column(read.at_places(coverage_percent(figures), at)),
            **{name: column(read.at_places(figures.sums[name], at)) for name in AREA_COUNTS},
            **bands_of(asked, read.at_places(figures.banded, at)),
        }
    )


EXPOSURES = Folded("exposures", ExposuresRow, exposures_answer, RATED, BESIDE)


def _first_risks(risks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first risk of each area, in the order of risks."""
    first: dict[str, Mapping[str, Any]] = {}
    for row in risks:
        first.setdefault(row["risk_area"], row)
    return list(first.values())
