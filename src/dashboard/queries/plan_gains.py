"""Folds what scores would gain by imagined answers, and what could be raised in one area of one operation."""

from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.criteria import in_focus
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.fold import places_in_cells
from dashboard.figures.grid import strings
from dashboard.figures.read import READINGS, SCORE, mean, named, whole_percent
from dashboard.figures.read_cube import places_of
from dashboard.figures.scores import area_columns, whole_and_areas
from dashboard.figures.selection import Asked, bands_of, column, read_units
from dashboard.queries.question import CHOSEN, Folded

COUNTS = ("n_full", "n_part", "n_nil")


class GainsRow(TypedDict):
    """A row of `gains`."""

    country: str
    country_title: str
    area: str
    area_code: str | None
    area_title: str
    reading: str
    n_countries: int
    percent: float | None
    gain: float | None
    band_title: str | None


def gains_answer(asked: Asked) -> pa.Table:
    """What would the score be with the imagined answers, and how many points above the published one?

    If nothing is imagined, both are the published score.

    One row per country and area: an empty area is all of them, an empty country the mean, which comes last.

    A single country has no mean: it would be that country's own figure.
    """
    cube = asked.cube
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    then, now = asked.chosen(criteria, asked.countries), asked.chosen(criteria, asked.countries, asked.published.sums)
    units = whole_and_areas(cube, asked.in_areas, then, then.country)
    figures, were = read_units(asked, units), read_units(asked, whole_and_areas(cube, asked.in_areas, now, now.country))
    # A gain needs a figure on both sides.
    enters = figures.shown & were.shown & asked.spread_over[units.group]
    size = len(cube.areas) + 1
    n_entering = np.bincount(units.unit[enters], minlength=size)
    means = np.flatnonzero(n_entering * (len(np.unique(units.group)) > 1))
    measured = (figures.reading == SCORE) & (were.reading == SCORE)

    def of_mean(values: Floats) -> Floats:
        return mean(units.unit[enters], values[enters], size)[means]

    def followed(values: Floats, by: Floats | float = np.nan) -> Floats:
        """The values of countries, followed by those of the mean."""
        return np.concatenate([values, np.broadcast_to(by, len(means))])

    percent = whole_percent(followed(figures.shown_score, of_mean(figures.score)))
    # The difference of what is shown, so that no reader finds another one.
    gain = percent - whole_percent(followed(were.shown_score, of_mean(were.score)))
    n_in_means = np.bincount(units.unit[enters], units.sums["n_answered"][enters], minlength=size)[means]
    enough = np.concatenate([figures.reading == SCORE, n_in_means >= asked.count_below])
    reading = np.concatenate([figures.reading, np.full(len(means), SCORE)])
    return pa.table(
        {
            "country": strings([*(cube.countries[number] for number in units.group), *[""] * len(means)]),
            "country_title": strings([*(cube.country_titles[number] for number in units.group), *[""] * len(means)]),
            **area_columns(asked, np.concatenate([units.unit, means])),
            "reading": column(named(reading, READINGS), pa.string()),
            "n_answered": column(followed(units.sums["n_answered"])),
            **{name: column(followed(units.sums[name])) for name in COUNTS},
            "n_countries": column(np.concatenate([np.ones_like(units.group), n_entering[means]]), pa.int64()),
            "percent": column(percent),
            "low": column(whole_percent(followed(figures.low))),
            "high": column(whole_percent(followed(figures.high))),
            "gain": column(np.where(np.concatenate([measured, np.ones(len(means), bool)]), gain, np.nan)),
            **bands_of(asked, np.where(enough, percent, np.nan)),
        }
    )


GAINS = Folded("gains", GainsRow, gains_answer, (*CHOSEN, "kind"))


GRAVITY_OF_CRITICAL, EFFORT_UNKNOWN = 5, 4


class NextBestRow(TypedDict):
    """A row of `next_best`."""

    criterion: str
    text: str
    critical: bool
    parts: list[str]
    part_weights: list[str]
    weight: float
    coverage_limit: float
    value: float | None
    best_status: str
    best_value: float
    gravity: int
    guidance: str | None
    step: str | None
    effort: int
    planned_by: date | None


def next_best_answer(asked: Asked) -> pa.Table:
    """What could be raised in one area of one operation? One row per criterion that is asked and applies.

    `gravity` is 5 if it is critical, else the highest severity of the rated risks that it affects, 0 without any;
    `effort` is the smallest among guidance for it, 4 without any. `parts` are those in which it counts: for each, the
    numbers of its family, area and element, joined by slashes, and in `part_weights` what they count.

    In the order of the standard.
    """
    cube = asked.cube
    known = asked.rows("next_best_known")
    criterion = places_of(cube.numbers, known["criterion_no"].to_numpy().astype(np.intp))
    status = known["status_no"].to_numpy().astype(np.intp)
    wanted = asked.in_view & asked.of_kind & asked.criteria & asked.within & in_focus(asked)
    here = np.flatnonzero(wanted[criterion] & (cube.scale.counts_as[status] != "not_applicable"))
    here = here[np.lexsort((criterion[here], cube.area_of[criterion[here]]))]
    known, criterion, status = known.take(here), criterion[here], status[here]
    codes = [cube.criteria[number] for number in criterion]
    parts, tree = _parts(asked, criterion), cube.tree
    best = np.array([cube.scale.best[scale] for scale in cube.scale_of[criterion].tolist()], np.intp)
    critical = pa.array(cube.critical[criterion])
    return pa.table(
        {
            "criterion": strings(codes),
            "text": strings(asked.text(code) for code in codes),
            "critical": critical,
            "reversed": known["reversed"],
            "parts": column([_paths(tree.names[one]) for one in parts], pa.list_(pa.string())),
            "part_weights": column([_paths(tree.weights[one]) for one in parts], pa.list_(pa.string())),
            "weight": column(cube.weight[criterion]),
            "coverage_limit": column(cube.limits[cube.framework_of[criterion], 0]),
            "counts_as": strings(cube.scale.counts_as[status].tolist()),
            "value": column(cube.scale.value[status]),
            "status_title": strings(cube.scale.title[number] for number in status),
            "best_status": strings(cube.scale.status[number] for number in best),
            "best_value": column(cube.scale.value[best]),
            "severity": known["severity"],
            "gravity": pc.if_else(critical, GRAVITY_OF_CRITICAL, pc.fill_null(known["severity"], 0)),
            "guidance": known["guidance"],
            "step": known["step"],
            "effort": pc.fill_null(known["effort"], EFFORT_UNKNOWN),
            "planned_by": known["planned_by"],
        }
    )


NEXT_BEST = Folded(
    "next_best", NextBestRow, next_best_answer, (*CHOSEN, "kind", "operation", "by", "focus"), ("next_best_known",)
)


def _paths(levels: Ints | Floats) -> list[str]:
    """One text for each row, which other tools can hold in one cell."""
    return ["/".join(map(str, row)) for row in levels.tolist()]


def _parts(asked: Asked, criterion: Ints) -> list[Ints]:
    """The smallest parts that each criterion counts in, of those that make up the figure; rows of the cube's tree."""
    cube, by_area = asked.cube, asked.given["by"] == "principle"
    row, area = places_in_cells(criterion, asked.in_areas)
    here = np.array([not by_area or one.area == asked.given["focus"] for one in cube.areas], bool)[area]
    of_row, parts = row[here], cube.part_of[criterion[row[here]], area[here]]
    return [np.unique(parts[of_row == place]) for place in range(len(criterion))]
