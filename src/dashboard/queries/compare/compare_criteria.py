"""What did each subject answer to each criterion? The criteria with the greatest difference in score come first."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.facets import in_focus
from dashboard.figures.fold import fold_units
from dashboard.figures.read import divided, named, whole_percent
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
    apart: float | None
    text: str
    evidence_hint: str


def answer(asked: Asked) -> pa.Table:
    """One row per criterion and subject; `apart` is the difference between highest and lowest score, from 0 to 1."""
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
    answer,
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
