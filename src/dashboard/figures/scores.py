"""Scores of whole countries, by area and for all areas together, and whether they are on the way to their targets.

A target is compared with the whole figure, for all countries or for one operation, whatever the filters keep.

A criterion that counts in several areas counts in each, and once in the whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Cells, Cube, Flags, Floats, Ints, Rows
from dashboard.figures.fold import SEVERAL, Into, Units, fold_units, into_parts, places_in_cells
from dashboard.figures.read import READINGS, SCORE, Read, at_places, named, read, spread, whole_percent
from dashboard.figures.selection import Asked, bands_of, column, read_units
from dashboard.figures.single_answers import sums_of_answers
from dashboard.model.known_codes import KINDS

WHOLE = SEVERAL + 1
"""The place for all areas together; each area's place is one more than its number."""


def whole_and_areas(cube: Cube, areas: Cells, rows: Rows, group: Ints) -> Units:
    """The sums of each group, as a whole and by area; the unit is `WHOLE` or the place of an area."""
    index, place = _places(areas, rows)
    rows = rows.take(index)
    return fold_units(rows, group[index], place, into_parts(cube, areas, rows, place - 1))


def in_whole_and_areas(cube: Cube, areas: Cells, rows: Rows) -> tuple[Rows, Ints, Into | None]:
    """Each row as part of the whole and again in each of its areas, with that place, and the parts of figures."""
    index, place = _places(areas, rows)
    rows = rows.take(index)
    return rows, place, into_parts(cube, areas, rows, place - 1)


def _places(areas: Cells, rows: Rows) -> tuple[Ints, Ints]:
    every = np.arange(len(rows.criterion))
    index, area = places_in_cells(rows.criterion, areas)
    return np.concatenate([every, index]), np.concatenate([np.full(len(every), WHOLE), area + 1])


def area_columns(asked: Asked, places: Ints) -> dict[str, pa.Array]:
    """The columns `area`, `area_code` and `area_title` for some places; empty, null and empty for all areas."""
    areas = asked.cube.areas
    codes: Sequence[str] = ["", *(area.area for area in areas)]
    names = [None, *(area.code for area in areas)]
    titles = ["", *(asked.title(area.area) or "" for area in areas)]
    return {
        "area": column([codes[place] for place in places], pa.string()),
        "area_code": column([names[place] for place in places], pa.string()),
        "area_title": column([titles[place] for place in places], pa.string()),
    }


COUNTS = ("n_answered", "n_applicable", "n_seen", "n_critical_failed", "n_full", "n_part", "n_nil")


def scores(cube: Cube) -> pa.Table:
    """One row per score, in whole percent, null if there is none; an empty area means all areas of the framework."""
    rows = cube.sums
    of_criterion = np.stack([cube.framework_of, np.where(cube.respect, 0, 1)], axis=1)[rows.criterion]
    places = np.stack([rows.round, rows.country, of_criterion[:, 0], of_criterion[:, 1]], axis=1)
    keys, place = np.unique(places, axis=0, return_inverse=True) if len(places) else (places, places[:, 0])
    units = whole_and_areas(cube, cube.in_areas, rows, place)
    key, sums, figures = keys[units.group], units.sums, read(units, cube.limits[keys[units.group, 2]])
    areas = ["" if place == WHOLE else cube.areas[place - 1].area for place in units.unit]
    counts = {"n_seen": sums["n_evidence_seen"] + sums["n_evidence_checked"]}
    found = pa.table(
        {
            "round": column([cube.rounds[number] for number in key[:, 0]], pa.string()),
            "framework": column([cube.frameworks[number].code for number in key[:, 2]], pa.string()),
            "country": column([cube.countries[number] for number in key[:, 1]], pa.string()),
            "area": column(areas, pa.string()),
            "kind": column([KINDS[number] for number in key[:, 3]], pa.string()),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "percent": column(figures.percent),
            "low": column(whole_percent(figures.low)),
            "high": column(whole_percent(figures.high)),
            "coverage": column(whole_percent(figures.coverage)),
            **{name: column(counts[name] if name in counts else sums[name]) for name in COUNTS},
        }
    )
    return found.take(pa.array(np.argsort(units.unit != WHOLE, kind="stable")))


def country_units(asked: Asked, countries: Flags) -> tuple[Units, Read]:
    """The sums and figures of some countries, over the criteria of the kind in view."""
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, countries)
    units = fold_units(rows, np.zeros(len(rows.country), np.intp), rows.country, asked.into_parts(rows))
    return units, read_units(asked, units)


def country_readings(asked: Asked, countries: Sequence[str]) -> dict[str, pa.Array]:
    """Columns with the figures of countries, one row each; `not_covered` and null where nothing is asked.

    `cover` compares coverage with the limit below which no score is shown: `all`, `enough` or `under`.
    """
    units, figures = country_units(asked, asked.countries)
    places = {asked.cube.countries[unit]: place for place, unit in enumerate(units.unit)}
    at = np.array([places.get(code, -1) for code in countries], np.intp)

    shown = at_places(figures.percent, at)
    limit = asked.framework.coverage_limit if asked.framework else np.nan
    sums = units.sums
    answered, applicable, coverage = (
        at_places(values, at) for values in (sums["n_answered"], sums["n_applicable"], figures.coverage)
    )
    cover = np.select(
        [(answered == applicable) & (applicable > 0), coverage >= limit, applicable > 0],
        ["all", "enough", "under"],
        "",
    )
    return {
        "reading": column(named(np.nan_to_num(at_places(figures.reading, at)).astype(np.intp), READINGS), pa.string()),
        "percent": column(shown),
        "low": column(at_places(whole_percent(figures.low), at)),
        "high": column(at_places(whole_percent(figures.high), at)),
        "coverage": column(whole_percent(coverage)),
        "cover": column([word or None for word in cover.tolist()], pa.string()),
        "coverage_limit": column(np.where(at < 0, np.nan, whole_percent(np.full(len(at), limit)))),
        "n_applicable": column(applicable),
        "n_answered": column(answered),
        **{name: column(at_places(sums[name], at)) for name in ("n_full", "n_part", "n_nil")},
        "n_seen": column(at_places(sums["n_evidence_seen"] + sums["n_evidence_checked"], at)),
        "n_critical_failed": column(at_places(sums["n_critical_failed"], at)),
        **bands_of(asked, at_places(figures.banded, at)),
    }


BESIDE = ("targets_set", "targets_answers")
"""The questions in SQL that targets are read from."""
STATUSES = ("no_figure", "reached", "starts", "on_track", "off_track")
NO_FIGURE, REACHED, STARTS, ON_TRACK, OFF_TRACK = STATUSES


@dataclass(frozen=True, eq=False)
class Progress:
    """One target and the progress of its figure in the round in view. Whole percentages, nan if there are none.

    `row` is what was set, as `targets_set` gives it. `baseline` is the round where the path begins, -1 if no round has
    a figure. `expected` is the point of the path at the end of the round in view, `today` its point today. `beside`
    says that the page shows the very figure the target is for, not a filtered one.
    """

    row: Mapping[str, Any]
    percent: float
    baseline: int
    baseline_percent: float
    expected: float
    today: float
    beside: bool

    @property
    def status(self) -> str:
        """One of STATUSES."""
        return status_of(self.percent, self.row["target"], self.expected)


def expected_percent(baseline: float, target: float, elapsed: float) -> float:
    """What is expected after a share of the time has passed, never more than the target; nan if there is no baseline.

    The share is 0 at the baseline and 1 on the day that the target is due; after that, nothing more is expected.
    """
    on_the_way = baseline + (target - baseline) * min(max(elapsed, 0.0), 1.0)
    return float(np.minimum(whole_percent(np.array([on_the_way / 100.0])), target)[0])


def status_of(percent: float, target: float, expected: float) -> str:
    """The status of a target, from whole percentages; `expected` is nan if its path has not begun before the round."""
    if np.isnan(percent):
        return NO_FIGURE
    if percent >= target:
        return REACHED
    if np.isnan(expected):
        return STARTS
    return ON_TRACK if percent >= expected else OFF_TRACK


def progress(asked: Asked) -> list[Progress]:
    """Every target of the framework in view, those of the group first."""
    key = ("targets_set", asked.given["framework"])
    rows: list[dict[str, Any]] = asked.once(key, lambda: asked.rows("targets_set").to_pylist())
    return list(_read(asked, rows)) if rows else []


def _read(asked: Asked, rows: list[dict[str, Any]]) -> Iterator[Progress]:
    cube = asked.cube
    now = cube.rounds.index(asked.given["round"]) if asked.given["round"] in cube.rounds else -1
    figures = _figures_of(asked, {row["operation"] for row in rows})
    numbers = {area.area: number for number, area in enumerate(cube.areas)}
    left_out = asked.in_view & ~(asked.criteria & asked.within)
    everywhere = bool((asked.countries | cube.head_office).all())
    for row in rows:
        if row["area"] is not None and row["area"] not in numbers:
            continue  # A later version of the standard has removed it.
        area = WHOLE if row["area"] is None else numbers[row["area"]] + 1
        path = figures[row["operation"]][:, KINDS.index(row["kind"]), area]
        first = cube.rounds.index(row["baseline"]) if row["baseline"] in cube.rounds else 0
        known = [place for place in range(first, len(path)) if not np.isnan(path[place])]
        begins = known[0] if known else -1
        expected, today = np.nan, np.nan
        if 0 <= begins < now:
            expected, today = (
                expected_percent(path[begins], row["target"], _elapsed(cube.round_ends[begins], row["due_on"], day))
                for day in (cube.round_ends[now], asked.given["today"])
            )
        yield Progress(
            row,
            float(path[now]) if now >= 0 else np.nan,
            begins,
            float(path[begins]) if begins >= 0 else np.nan,
            expected,
            today,
            (row["operation"] is not None or everywhere) and not _some_of(asked, row, area, left_out),
        )


def _elapsed(begins: date, due: date, now: date) -> float:
    """The share of the days from the baseline to the due date that has passed."""
    whole = (due - begins).days
    return (now - begins).days / whole if whole > 0 else 1.0


def _some_of(asked: Asked, row: Mapping[str, Any], area: int, left_out: Flags) -> bool:
    """Whether any of these criteria, which the page leaves out, counts in what the target is for."""
    if not left_out.any():
        return False
    of_kind = left_out & asked.kind_is(row["kind"])
    if area == WHOLE:
        return bool(of_kind.any())
    cells = asked.cube.in_areas
    return bool(of_kind[cells.criterion[cells.cell == area - 1]].any())


def _figures_of(asked: Asked, operations: Iterable[str | None]) -> dict[str | None, Floats]:
    """The same as `_figures`, cached."""
    found: dict[str | None, Floats] = asked.once_of_sums(
        ("targets", asked.given["framework"]), lambda: _figures(asked, operations)
    )
    return found


def _figures(asked: Asked, operations: Iterable[str | None]) -> dict[str | None, Floats]:
    """By operation, None for the group: the whole percentages by round, kind and area, with all areas first."""
    cube = asked.cube
    shape = (len(cube.rounds), len(KINDS), len(cube.areas) + 1)
    n_places = int(np.prod(shape))
    found: dict[str | None, Floats] = {}
    if None in operations:
        rows, place, into = _placed(
            cube, cube.sums.where(asked.in_view[cube.sums.criterion] & ~cube.head_office[cube.sums.country])
        )
        units = fold_units(rows, place, rows.country, into)
        found[None] = spread(units, read_units(asked, units), n_places).percent.reshape(shape)
    named = [operation for operation in operations if operation is not None]
    if named:
        answers = sums_of_answers(cube, asked.rows("targets_answers"))
        for operation in named:
            rows, place, into = _placed(cube, answers.where(answers.operation == operation).rows)
            units = fold_units(rows, place, np.zeros(len(place), np.intp), into)
            read = read_units(asked, units)
            percent = np.full(n_places, np.nan)
            # One or two answers are shown as answers, not as a percentage.
            percent[units.group] = np.where(read.reading == SCORE, whole_percent(read.score), np.nan)
            found[operation] = percent.reshape(shape)
    return found


def _placed(cube: Cube, rows: Rows) -> tuple[Rows, Ints, Into | None]:
    """Each row under all areas and again under each of its own; its place by round, kind and area; and its parts."""
    rows, area, into = in_whole_and_areas(cube, cube.in_areas, rows)
    support = np.where(cube.respect, 0, 1)[rows.criterion]
    return rows, (rows.round * len(KINDS) + support) * (len(cube.areas) + 1) + area, into


def round_end(asked: Asked) -> date | None:
    """The day on which the round in view ends: what is expected by then decides the status of a target."""
    ends = dict(zip(asked.cube.rounds, asked.cube.round_ends, strict=True))
    return ends.get(asked.given["round"])


def next_ones(asked: Asked, found: Iterable[Progress]) -> list[Progress]:
    """The targets shown beside their figures: for each figure the one that is due next, or the last that was due."""
    now = round_end(asked) or date.max
    chosen: dict[tuple[str | None, str, str | None], Progress] = {}
    for one in found:
        figure = (one.row["operation"], one.row["kind"], one.row["area"])
        if one.beside and (figure not in chosen or chosen[figure].row["due_on"] < now):
            chosen[figure] = one
    return list(chosen.values())


def target_columns(asked: Asked, cells: Iterable[tuple[str | None, str, str | None]]) -> dict[str, pa.Array]:
    """The columns for the target beside each figure: what it is, its due date as text, what is expected, its status.

    `cells` are country (None for the group), kind and area (None for all); null if there is no target.
    """
    shown = {
        (one.row["country"], one.row["kind"], one.row["area"]): one
        for one in next_ones(asked, progress(asked))
        if one.row["operation"] is None or one.row["alone"]
    }
    found, ends = [shown.get(cell) for cell in cells], round_end(asked)
    return {
        "target": column([one and one.row["target"] for one in found], pa.int16()),
        "target_due": column([one and one.row["due_on"].isoformat() for one in found], pa.string()),
        "target_expected": column(np.array([np.nan if one is None else one.expected for one in found], np.float64)),
        "target_round_end": column([one and ends and ends.isoformat() for one in found], pa.string()),
        "target_today": column(np.array([np.nan if one is None else one.today for one in found], np.float64)),
        "target_status": column([one and one.status for one in found], pa.string()),
    }
