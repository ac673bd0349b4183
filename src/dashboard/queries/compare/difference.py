"""Explains why subjects differ: their answers to each criterion, and the gap between two scores by criterion."""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import in_focus
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.fold import fold_units
from dashboard.figures.grid import strings
from dashboard.figures.read import divided, mean, named, shares, whole_percent
from dashboard.figures.selection import Asked, column, read_units
from dashboard.figures.subjects import Compared, compared
from dashboard.queries.question import CHOSEN, Folded

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "n_full", "n_part",
    "n_nil",
)  # fmt: skip


class CompareCriteriaRow(TypedDict):
    """A row of `compare_criteria`."""

    criterion: str
    subject: str
    made_of: str
    note: str | None
    value: float | None
    apart: float | None
    text: str
    evidence_hint: str


def compare_criteria_answer(asked: Asked) -> pa.Table:
    """What did each subject answer to each criterion? The criteria with the greatest difference in score come first.

    One row per criterion and subject; `apart` is the difference between highest and lowest score, from 0 to 1.
    """
    cube = asked.cube
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    if asked.given["focus"]:
        criteria = criteria & in_focus(asked)
    found = compared(asked, criteria, asked.given["subject"])
    units = fold_units(found.rows, found.rows.criterion, found.subject)
    criterion, subject, sums = units.group, units.unit, units.sums
    value = divided(sums["points"], sums["weight_answered"])
    apart, n_scored = _apart(criterion, value, len(cube.criteria))
    key = criterion.astype(np.intp)
    order = np.lexsort((subject, key, -n_scored[key], -np.nan_to_num(apart[key], nan=-1.0)))
    key, subject, value = key[order], subject[order], value[order]
    areas = [cube.areas[number] for number in cube.area_of[key]]
    codes = [cube.criteria[number] for number in key]
    of_criterion = asked.sources
    sources = [of_criterion[code] for code in codes]
    single = [found.subjects[number].single for number in subject]
    return pa.table(
        {
            "criterion_no": column(cube.numbers[key], pa.int16()),
            "criterion": strings(codes),
            "area": strings(area.area for area in areas),
            "area_code": strings(area.code for area in areas),
            "critical": column(cube.critical[key]),
            "reversed": column([row["reversed"] for row in sources], pa.bool_()),
            "position": column(subject + 1, pa.int64()),
            "subject": strings(found.subjects[number].code for number in subject),
            "made_of": strings("answers" if one else "countries" for one in single),
            **_said(asked, found, (units.group * len(found.subjects) + units.unit)[order]),
            **{name: column(sums[name][order]) for name in COUNTS},
            "value": column(value),
            "apart": column(apart[key]),
            "percent": column(whole_percent(value)),
            "text": strings(asked.text(code) for code in codes),
            **{
                name: column([row[name] for row in sources], pa.string())
                for name in ("citation", "verification", "evidence_hint")
            },
        }
    )


COMPARE_CRITERIA = Folded(
    "compare_criteria",
    CompareCriteriaRow,
    compare_criteria_answer,
    (*CHOSEN, "kind", "subject", "by", "focus"),
    ("subject_answers", "criterion_sources"),
)


def _apart(criterion: Ints, value: Floats, n_criteria: int) -> tuple[Floats, Ints]:
    """By criterion: the difference between the scores, nan if there is none, and the number of scores."""
    lowest, highest = np.full(n_criteria, np.nan), np.full(n_criteria, np.nan)
    np.fmin.at(lowest, criterion, value)
    np.fmax.at(highest, criterion, value)
    return highest - lowest, np.bincount(criterion[~np.isnan(value)], minlength=n_criteria)


def _said(asked: Asked, found: Compared, pairs: Ints) -> dict[str, pa.Array]:
    """What each single answer says, by criterion and subject; null for countries."""
    at = np.full(int(pairs.max(initial=-1)) + 1, -1, np.intp)
    at[found.rows.criterion * len(found.subjects) + found.subject] = found.answer
    place, answers, scale = at[pairs], found.answers, asked.cube.scale
    status = np.where(place < 0, -1, np.append(answers.status, -1)[place])
    index = pa.array(place, mask=place < 0)
    return {
        "status_title": column(named(status, scale.title), pa.string()),
        "counts_as": column(named(status, tuple(scale.counts_as)), pa.string()),
        **{name: answers.table[name].combine_chunks().take(index) for name in ("evidence", "note")},
    }


ALIKE = 12
"""Contributions that differ only beyond this many decimals are equal: summation order causes such differences."""


class CompareWhyRow(TypedDict):
    """A row of `compare_why`."""

    area: str
    area_code: str
    area_title: str
    criterion: str
    text: str
    points: float
    first_percent: float
    second_percent: float
    first_score: float
    second_score: float
    answered_by: str
    area_points: float


@dataclass(frozen=True, eq=False)
class Gap:
    """The two scores, from 0 to 1, and by criterion its contribution and how many answers each subject gave."""

    scores: Floats
    part: Floats
    n_answered: Floats
    """One row per subject."""


def compare_why_answer(asked: Asked) -> pa.Table:
    """Why do the first two subjects differ? The gap between their scores, split into criteria and summed by principle.

    The contribution of a criterion is its share of the subject's points, less what an answer half-way between the two
    scores would have added at the same share of the weights. Shares add up to one, so the contributions add up to the
    gap exactly, and swapping the subjects reverses every sign. If both answered with equal shares, a contribution is
    the share times the difference of the answers; if only one subject answered, it is how the different set of
    questions affects its score. See docs/decisions/0008-figures.md.

    By principle, largest contribution first. Empty if one of the two may show no figure.
    """
    cube = asked.cube
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    gap = _gap(asked, compared(asked, criteria, asked.given["subject"][:2]))
    some = np.flatnonzero(gap.n_answered.sum(0) > 0)
    order = some[np.lexsort((some, -np.abs(gap.part[some]).round(ALIKE), cube.area_of[some]))]
    areas = [cube.areas[number] for number in cube.area_of[order]]
    by_area = np.bincount(cube.area_of[some], gap.part[some], minlength=len(cube.areas))
    who = np.where(gap.n_answered[0] > 0, np.where(gap.n_answered[1] > 0, "both", "first"), "second")
    (first, second), percent = gap.scores, whole_percent(gap.scores)
    return pa.table(
        {
            "area": strings(area.area for area in areas),
            "area_code": strings(area.code for area in areas),
            "area_title": strings(asked.title(area.area) for area in areas),
            "criterion": strings(cube.criteria[number] for number in order),
            "text": strings(asked.text(cube.criteria[number]) for number in order),
            "part": column(gap.part[order]),
            "points": column(100 * gap.part[order]),
            "first_percent": column(np.full(len(order), percent[0])),
            "second_percent": column(np.full(len(order), percent[1])),
            "first_score": column(np.full(len(order), first)),
            "second_score": column(np.full(len(order), second)),
            "answered_by": strings(who[order].tolist()),
            "area_points": column(100.0 * by_area[cube.area_of[order]]),
        }
    )


COMPARE_WHY = Folded(
    "compare_why", CompareWhyRow, compare_why_answer, (*CHOSEN, "kind", "subject"), ("subject_answers",)
)


def _gap(asked: Asked, found: Compared) -> Gap:
    """Over the units that may show a figure; each weighs the same in the score of its subject."""
    n_criteria = len(asked.cube.criteria)
    units = fold_units(found.rows, found.subject, found.rows.country, asked.into_parts(found.rows))
    figures = read_units(asked, units)
    shown, whose = figures.shown, units.group
    scores = mean(whose[shown], figures.score[shown], 2)
    if np.isnan(scores).any():
        return Gap(scores, np.zeros(n_criteria), np.zeros((2, n_criteria)))
    into = units.parts.into
    enters = np.flatnonzero(shown[units.parts.unit[into.part]])
    row, rows = into.row[enters], into.brought.take(enters)
    subject, once = found.subject[row], found.take(np.unique(row))
    answered = units.parts.sums["weight_answered"]
    # In a part without answers, criteria contribute nothing.
    of_weight = np.nan_to_num(divided(shares(units, answered), answered))[into.part[enters]]
    sign = np.where(subject == 0, 1.0, -1.0) / np.bincount(whose[shown], minlength=2)[subject]
    brought = sign * (rows["points"] - scores.mean() * rows["weight_answered"]) * of_weight
    return Gap(
        scores,
        np.bincount(rows.criterion, brought, minlength=n_criteria).astype(np.float64),
        _by_subject(once.subject, once.rows.criterion, once.rows["n_answered"], n_criteria),
    )


def _by_subject(subject: Ints, criterion: Ints, values: Floats, n_criteria: int) -> Floats:
    """Sums in two rows, one per subject, with a column for each criterion."""
    sums: Floats = np.bincount(subject * n_criteria + criterion, values, minlength=2 * n_criteria).astype(np.float64)
    return sums.reshape(2, n_criteria)
