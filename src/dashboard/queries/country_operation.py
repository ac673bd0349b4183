"""Folds the figures of one operation: round by round, by principle, and its risks with what is under way."""

from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Flags, Floats, Ints, Rows
from dashboard.figures.failures import BEFORE, with_own_failed_before
from dashboard.figures.fold import Units, fold_units, in_cells, into_parts
from dashboard.figures.gaps import JUDGED, PARTLY, causes, every_judgement, judged_of
from dashboard.figures.grid import NO_CELLS, counted, of_read, strings
from dashboard.figures.ratings import cards
from dashboard.figures.read import NOT_COVERED, READINGS, at_places, band, named, shade, whole_percent
from dashboard.figures.risks import order
from dashboard.figures.selection import Asked, bands_of, column, read_units
from dashboard.figures.single_answers import inherited_in, sums_of_answers
from dashboard.model.known_codes import SEVERE
from dashboard.queries.question import READ, AnyRow, Folded, Question

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_critical_failed", BEFORE,
    "n_seen",
)  # fmt: skip


class OperationReadingRow(TypedDict):
    """A row of `operation_reading`."""

    round: str
    round_title: str
    kind: str
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    n_applicable: float
    n_answered: float
    n_critical_failed: float
    n_failed_before: float
    n_failed_anywhere: int
    n_inherited: float | None
    band_title: str | None


def operation_reading_answer(asked: Asked) -> pa.Table:
    """How does one operation score, round by round, in respect and in support? A row per kind and round.

    Respect first, then support, each from the earliest round to the latest. `n_failed_anywhere` counts the critical
    criteria that failed in every standard, in the round of the row.
    """
    cube = asked.cube
    answers = sums_of_answers(cube, asked.rows("operation_answers"))
    answers = answers.where(asked.criteria[answers.rows.criterion])
    critical = answers.rows["n_critical_failed"]
    anywhere = np.bincount(answers.rows.round, critical, len(cube.rounds))
    answers = answers.where(asked.in_view[answers.rows.criterion])
    rows = with_own_failed_before(asked, answers.rows, answers.operation.tolist())
    n_rounds = len(cube.rounds)
    support = np.where(cube.respect, 0, 1)[rows.criterion]
    units = fold_units(rows, support * n_rounds + rows.round, rows.country, asked.into_parts(rows))
    rounds = units.group % max(n_rounds, 1)
    kinds = ["support" if number >= n_rounds else "respect" for number in units.group]
    figures = read_units(asked, units)
    return pa.table(
        {
            "round": strings(cube.rounds[number] for number in rounds),
            "round_title": strings(cube.round_titles[number] for number in rounds),
            "position": pa.array([cube.round_positions[number] for number in rounds], pa.int16()),
            "kind": strings(kinds),
            **of_read(figures, units.sums, ()),
            "coverage": column(whole_percent(figures.coverage)),
            **{name: column(counted(units.sums, name)) for name in COUNTS},
            "n_failed_anywhere": column(anywhere[rounds], pa.int64()),
            "n_inherited": column(inherited_in(cube, units.sums)),
            **bands_of(asked, figures.banded),
        }
    )


OPERATION_READING = Folded(
    "operation_reading", OperationReadingRow, operation_reading_answer, READ, ("operation_answers",)
)


AREA_COUNTS = ("n_asked", "n_applicable", "n_answered", "n_full", "n_part", "n_nil", "n_critical_failed")


def answered(asked: Asked, criteria: Flags) -> Rows:
    """The operation's answers to some criteria in the round in view."""
    every = np.ones(len(asked.cube.countries), bool)
    return asked.chosen(criteria, every, sums_of_answers(asked.cube, asked.rows("operation_answers")).rows)


def operation_areas_answer(asked: Asked) -> pa.Table:
    """How does one operation score in each principle this round? A row per principle and kind in which it is asked.

    Respect first, then support, each in the order of principles.
    """
    cube = asked.cube
    rows, area = in_cells(answered(asked, asked.in_view & asked.criteria), asked.in_areas)
    n_areas = len(cube.areas)
    support = np.where(cube.respect, 0, 1)[rows.criterion]
    units = fold_units(rows, support * n_areas + area, rows.country, asked.into_parts(rows, area))
    areas = [cube.areas[number] for number in units.group % n_areas]
    kinds = ["support" if number >= n_areas else "respect" for number in units.group]
    figures = read_units(asked, units)
    return pa.table(
        {
            "area": strings(area.area for area in areas),
            "area_code": strings(area.code for area in areas),
            "area_title": strings(asked.title(area.area) for area in areas),
            "kind": strings(kinds),
            **of_read(figures, units.sums, AREA_COUNTS),
            **bands_of(asked, figures.banded),
        }
    )


OPERATION_AREAS = Folded("operation_areas", AnyRow, operation_areas_answer, READ, ("operation_answers",))


class OperationRisksRow(TypedDict):
    """A row of `operation_risks`."""

    impact: str
    text: str
    setting_title: str
    severity: int
    likelihood: int
    confidence: str | None
    basis: str
    rated_by_role: str | None
    rated_on: date | None
    age_months: int | None
    residual_severity: int | None
    residual_likelihood: int | None
    residual_basis: str | None
    judged: str
    because: list[str]
    n_actions: int
    due_on: date | None


def operation_risks_answer(asked: Asked) -> pa.Table:
    """Which risks did one operation rate, what are they judged to be, what remains and what is under way? In order.

    Cover is null if none of its answers addresses a risk. The filters on criteria make no difference.
    """
    rated = asked.rows("operation_rated")
    of_rated = dict(zip(rated.column_names, rated.columns, strict=True))
    impacts, under_way = rated["impact"].to_pylist(), {name: of_rated.pop(name) for name in ("n_actions", "due_on")}
    titles = {
        "impact": of_rated.pop("impact"),
        "text": strings(asked.text(code) for code in impacts),
        "risk_area": of_rated.pop("risk_area"),
        "setting": of_rated["setting"],
        "setting_title": strings(asked.title(code) for code in of_rated.pop("setting").to_pylist()),
    }
    every = judged_of(asked)
    judged = np.array([every[asked.given["operation"], code] for code in impacts], np.intp)
    words = {"judged": column(named(judged, JUDGED), pa.string()), "because": _because(asked, impacts)}
    found = pa.table({**titles, **of_rated, **words, **_columns(asked, impacts), **under_way})
    return found.take(pa.array(_order(asked, found, judged < PARTLY)))


OPERATION_RISKS = Folded(
    "operation_risks",
    OperationRisksRow,
    operation_risks_answer,
    READ,
    ("operation_answers", "operation_rated", "rated", "impact_cards"),
)


def _because(asked: Asked, impacts: list[str]) -> pa.Array:
    """By risk: what is missing, of the critical criteria that failed."""
    every, cube, operations = every_judgement(asked), asked.cube, asked.answers().operations.to_pylist()
    own = every.take(np.array([operations[place] == asked.given["operation"] for place in every.operation], bool))
    found: dict[str, list[str | None]] = {code: [] for code in impacts}
    for rating, criterion in zip(*(values.tolist() for values in causes(asked, own)), strict=True):
        code = cube.criteria[criterion]
        of_impact = found.get(cards(asked).codes[own.impact[rating]])
        if of_impact is not None:
            of_impact.append(asked.gap(code) or asked.text(code))
    return column([found[code] for code in impacts], pa.list_(pa.string()))


def _order(asked: Asked, found: pa.Table, is_gap: Flags) -> Ints:
    """The order of risks with a single rating of each."""
    one = pa.array(np.ones(len(found)))
    gaps = is_gap & (found["severity"].to_numpy() == SEVERE)
    percent = found["percent"].to_numpy(zero_copy_only=False).astype(np.float64)
    levels = shade(band(percent, asked.framework), asked.framework) if asked.framework else np.full(len(found), np.nan)
    keys = {name: found[name] for name in ("impact", "severity", "irremediability", "likelihood")}
    of_gaps = {"n_severe_gaps": pa.array(gaps.astype(np.intp)), "gap_irremediability": found["irremediability"]}
    return order(pa.table({**keys, "n_rated": one, "n_at_severity": one, "level": pa.array(levels), **of_gaps}))


def _cover(asked: Asked, impacts: list[str]) -> tuple[Units, Ints]:
    """The operation's own answers that address impacts, and the place of each impact; -1 if none addresses it."""
    cells = asked.cube.cells.get("impact", NO_CELLS)
    rows, cell = in_cells(answered(asked, asked.in_view & asked.cube.respect), cells)
    into = into_parts(asked.cube, asked.cube.in_areas, rows)
    units = fold_units(rows, cell, np.zeros_like(cell), into)
    pairs = ((cells.rows[number], cells.columns[number]) for number in units.group)
    places = {pair: place for place, pair in enumerate(pairs)}
    return units, np.array([places.get((code, asked.given["framework"]), -1) for code in impacts], np.intp)


def _columns(asked: Asked, impacts: list[str]) -> dict[str, pa.Array]:
    units, at = _cover(asked, impacts)
    sums, figures = units.sums, read_units(asked, units)
    percent = at_places(figures.percent, at)

    def some(values: Floats) -> pa.Array:
        return column(at_places(values, at))

    return {
        "reading": column(named(np.append(figures.reading, NOT_COVERED)[at], READINGS), pa.string()),
        "percent": column(percent),
        "low": some(whole_percent(figures.low)),
        "high": some(whole_percent(figures.high)),
        "band_title": bands_of(asked, at_places(figures.banded, at))["band_title"],
        **{name: some(sums[name]) for name in ("n_answered", "n_applicable")},
        "n_units": pa.array([1] * len(at), pa.int32()),
        **{name: some(sums[name]) for name in ("n_full", "n_part", "n_nil")},
    }


class HeardRow(TypedDict):
    """A row of `heard`."""

    round_title: str
    n_operations: int
    n_heard: int
    n_changed: int


HEARD = Question("heard", HeardRow)


class LawRow(TypedDict):
    """A row of `law`."""

    country_title: str
    subject: str
    verification: str
    on_whom: str | None
    asks: str | None
    instrument: str | None
    article: str | None
    in_force: str | None
    title: str | None
    publisher: str | None
    address: str | None
    on_page: str | None
    read_on: date
    criteria: list[str]
    note: str | None


LAW = Question("law", LawRow)
