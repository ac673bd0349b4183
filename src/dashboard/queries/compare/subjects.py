"""Folds the figures of the subjects compared, and the criteria that they have in common."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import facet
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.failures import BEFORE
from dashboard.figures.fold import SEVERAL, fold, fold_units, places_in_cells
from dashboard.figures.grid import strings
from dashboard.figures.read import READINGS, Spread, divided, named, spread, whole_percent
from dashboard.figures.scale import dates, months_until
from dashboard.figures.selection import Asked, bands_of, column, read_units
from dashboard.figures.single_answers import inherited_in
from dashboard.figures.subjects import GROUP, compared
from dashboard.queries.question import CHOSEN, Folded, Question

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "points",
    "weight_answered", "n_full", "n_part", "n_nil", "n_critical_failed", BEFORE,
)  # fmt: skip


class CompareFiguresRow(TypedDict):
    """A row of `compare_figures`."""

    subject: str
    code: str
    code_title: str
    area_code: str | None
    reading: str
    score: float | None
    percent: float | None
    low: float | None
    high: float | None
    one_step: float | None
    n_units: int
    n_shown: int
    n_applicable: float
    n_answered: float
    points: float | None
    weight_answered: float | None
    coverage: float | None
    share_not_applicable: float
    share_seen: float | None
    share_self: float | None
    oldest_months: int | None
    newest_months: int | None
    band_title: str | None


def compare_figures_answer(asked: Asked) -> pa.Table:
    """How does each subject score, by principle, risk area or right (or `all`), and how widely do all countries differ?

    In the order of what figures are grouped by, then of subjects. Each row includes the spread of the group.
    """
    cube, cells = asked.cube, facet(asked)
    codes = [*asked.given["subject"], GROUP]
    found = compared(asked, asked.in_view & asked.of_kind & asked.criteria & asked.within, codes)
    index, cell = places_in_cells(found.rows.criterion, cells)
    rows, subject = found.rows.take(index), found.subject[index]
    group, n_groups = cell * len(codes) + subject, len(cells.rows) * len(codes)
    numbers = {area.area: number for number, area in enumerate(cube.areas)}
    of_area = np.array([numbers.get(code, SEVERAL) for code in cells.rows], np.intp)
    into = asked.into_parts(rows, of_area[cell])
    units = fold_units(rows, group, rows.country, into)
    figures = spread(units, read_units(asked, units), n_groups)
    answered = rows["n_answered"] > 0
    first = _extreme(np.fmin, rows.last[answered], group[answered], n_groups)
    last = _extreme(np.fmax, rows.last, group, n_groups)
    met = np.flatnonzero(figures.met)
    met = met[met % len(codes) < len(codes) - 1]
    of_code, of_subject = met // len(codes), met % len(codes)
    names, areas = cells.rows, {area.area: area.code for area in cube.areas}
    return pa.table(
        {
            "position": column(of_subject + 1, pa.int64()),
            "subject": strings(found.subjects[number].code for number in of_subject),
            "round": strings(found.subjects[number].round for number in of_subject),
            "code": strings(names[number] for number in of_code),
            "code_title": strings(asked.title(names[number]) or "" for number in of_code),
            "area_code": strings(areas.get(names[number]) for number in of_code),
            **_figures(figures, met),
            "first_answered_on": dates(first[met]),
            "last_answered_on": dates(last[met]),
            **_shares(figures, met),
            "oldest_months": months_until(first[met], asked.given["today"]),
            "newest_months": months_until(last[met], asked.given["today"]),
            **_of_group(figures, of_code * len(codes) + len(codes) - 1),
            **bands_of(asked, figures.banded[met]),
        }
    )


COMPARE_FIGURES = Folded(
    "compare_figures",
    CompareFiguresRow,
    compare_figures_answer,
    (*CHOSEN, "kind", "subject", "by", "today"),
    ("subject_answers",),
)


def _figures(figures: Spread, at: Ints) -> dict[str, pa.Array]:
    sums = figures.sums
    return {
        "reading": column(named(figures.reading[at], READINGS), pa.string()),
        "score": column(figures.score[at]),
        "percent": column(figures.percent[at]),
        "low": column(figures.low[at]),
        "high": column(figures.high[at]),
        "one_step": column(figures.one_step[at]),
        "n_units": column(figures.n_units[at], pa.int64()),
        "n_shown": column(figures.n_shown[at], pa.int64()),
        **{name: column(sums[name][at]) for name in COUNTS},
        "n_self": column(sums["n_evidence_self"][at]),
        "n_seen": column(_seen(figures)[at]),
    }


def _seen(figures: Spread) -> Floats:
    return figures.sums["n_evidence_seen"] + figures.sums["n_evidence_checked"]


def _shares(figures: Spread, at: Ints) -> dict[str, pa.Array]:
    """Whole percent of what is asked, applies or was answered."""
    sums = figures.sums
    of = {
        "coverage": (sums["n_answered"], sums["n_applicable"]),
        "share_not_applicable": (sums["n_not_applicable"], sums["n_asked"]),
        "share_seen": (_seen(figures), sums["n_answered"]),
        "share_self": (sums["n_evidence_self"], sums["n_answered"]),
    }
    return {name: column(whole_percent(divided(part[at], whole[at]))) for name, (part, whole) in of.items()}


def _of_group(figures: Spread, at: Ints) -> dict[str, pa.Array]:
    """How widely the countries of the group differ, for each code; null if none of them is asked."""
    return {
        "lowest": column(figures.lowest[at]),
        "highest": column(figures.highest[at]),
        "n_countries": pa.array(figures.n_shown[at], pa.int64(), mask=figures.n_units[at] == 0),
    }


def _extreme(which: np.ufunc, values: Floats, group: Ints, n_groups: int) -> Floats:
    """The least or greatest value of each group, nan if there is none."""
    found = np.full(n_groups, np.nan)
    which.at(found, group, values)
    return found


class CompareCommonRow(TypedDict):
    """A row of `compare_common`."""

    criterion: str
    applies_to_all: bool
    answered_by_all: bool


def compare_common_answer(asked: Asked) -> pa.Table:
    """Which criteria have all subjects answered, and which apply to all?

    A single operation has answered a criterion if it gave an answer of its own. A subject of several countries has
    answered it if enough of those it applies to have, by the framework's coverage limit.

    One row for each criterion that applies to any subject.
    """
    cube, codes = asked.cube, asked.given["subject"]
    found = compared(asked, asked.in_view & asked.of_kind & asked.criteria, codes)
    n = len(cube.criteria)
    sums = fold(found.rows, found.subject * n + found.rows.criterion, len(codes) * n)
    applicable, answered = sums["n_applicable"], sums["n_answered"] - inherited_in(cube, sums)
    limit = asked.framework.coverage_limit if asked.framework else 0.0
    enough = (answered > 0) & (divided(answered, applicable) >= limit)
    applies, has = ((flags.reshape(-1, n).sum(0)) for flags in (applicable > 0, enough))
    met = np.flatnonzero(applies)
    return pa.table(
        {
            "criterion": strings(cube.criteria[number] for number in met),
            "applies_to_all": applies[met] == len(codes),
            "answered_by_all": has[met] == len(codes),
        }
    )


COMPARE_COMMON = Folded(
    "compare_common", CompareCommonRow, compare_common_answer, (*CHOSEN, "kind", "subject"), ("subject_answers",)
)


class ReviewRow(TypedDict):
    """A row of `review`."""

    criterion: str
    operation: str
    operation_title: str
    counts_as: str
    value: float | None
    note: str | None
    na_reason: str | None
    all_n: int


class SubjectsRow(TypedDict):
    """A row of `subjects`."""

    subject: str
    subject_kind: str
    title: str
    country: str | None
    region: str | None
    in_round: bool
    of_group: str | None
    operation_no: int | None


REVIEW = Question("review", ReviewRow)
SUBJECTS = Question("subjects", SubjectsRow)
