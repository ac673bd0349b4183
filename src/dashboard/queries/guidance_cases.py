"""Matches cases with the filters and with gaps of the selected countries, and lists the criteria of one case.

See docs/decisions/0011-ranks.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import about, answered, known_places, missing, sums_of
from dashboard.figures.cube import Rows
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.fold import Sums
from dashboard.figures.grid import strings
from dashboard.figures.selection import Asked
from dashboard.queries.question import READ, Folded

GAP = pa.struct(
    [
        ("criterion", pa.string()),
        ("critical", pa.bool_()),
        ("n_nil", pa.float64()),
        ("n_part", pa.float64()),
        (BEFORE, pa.float64()),
        ("countries", pa.list_(pa.string())),
    ]
)
Gap = Mapping[str, Any]


class CasesGaps(TypedDict):
    """One of the `gaps` in a row of `cases`."""

    criterion: str
    critical: bool
    n_nil: float
    n_part: float
    n_failed_before: float
    countries: list[str]


class CaseHead(TypedDict):
    """What is said of a case wherever it is named."""

    title: str
    who: list[str]
    where: str
    began: int
    ended: int | None
    case_kind: str
    confidence: str
    shows: list[str]


class CasesRow(CaseHead):
    """A row of `cases`."""

    case_study: str
    n_criteria: int
    n_open: int
    gaps: list[CasesGaps] | None


@dataclass(frozen=True)
class CaseMatch:
    """How far a case concerns what is not in place: `gaps` are the open criteria, the most important first."""

    n_criteria: int
    n_failed: float
    gap: float
    gaps: Sequence[Gap]


def cases_answer(asked: Asked) -> pa.Table:
    """Which cases match the filters, and which gaps of the selected countries does each concern? Best match first.

    A gap is a criterion of the framework in view that somebody answered as not in place, or as partly, which counts
    half, or a critical one that failed and has had no answer since. Critical criteria that failed come first. A case
    without a criterion of the framework comes last.

    The cases that the filters keep.
    """
    library = set(asked.given["library"])
    cases = [row for row in asked.rows("case_list").to_pylist() if row["case_study"] in library]
    matched = _matched(asked, cases)

    def key(place: int) -> tuple[Any, ...]:
        match = matched[place]
        return (not match.n_criteria, -match.n_failed, -match.gap, -len(match.gaps), cases[place]["confidence"], place)

    order = sorted(range(len(cases)), key=key)
    began = sorted(range(len(cases)), key=lambda at: (cases[at]["began"], cases[at]["ended"] or np.inf, at))
    began_order = {place: number for number, place in enumerate(began, start=1)}
    found = [matched[place] for place in order]
    return pa.table(
        {
            **_titles(asked, [cases[place] for place in order]),
            "began_order": pa.array([began_order[place] for place in order], pa.int32()),
            "n_criteria": pa.array([one.n_criteria for one in found], pa.int64()),
            "n_open": pa.array([len(one.gaps) for one in found], pa.int64()),
            "n_failed": pa.array([one.n_failed for one in found], pa.float64()),
            "gap": pa.array([one.gap for one in found], pa.float64()),
            "gaps": pa.array([list(one.gaps) or None for one in found], pa.list_(GAP)),
        }
    )


CASES = Folded("cases", CasesRow, cases_answer, (*READ, "library", "today"), ("case_list",))


def _titles(asked: Asked, cases: Sequence[Mapping[str, Any]]) -> dict[str, pa.Array]:
    this_year = asked.given["today"].year
    return {
        "case_study": strings(row["case_study"] for row in cases),
        "title": strings(asked.title(row["case_study"]) for row in cases),
        "who": pa.array([row["who"] for row in cases], pa.list_(pa.string())),
        "where": strings(row["where"] for row in cases),
        "began": pa.array([row["began"] for row in cases], pa.int16()),
        "ended": pa.array([row["ended"] for row in cases], pa.int16()),
        "goes_on": pa.array([row["ended"] is None for row in cases], pa.bool_()),
        "until_year": pa.array([row["ended"] or max(row["began"], this_year) for row in cases], pa.int32()),
        "case_kind": strings(row["case_kind"] for row in cases),
        "confidence": strings(row["confidence"] for row in cases),
        "shows": pa.array([row["shows"] for row in cases], pa.list_(pa.string())),
    }


def _matched(asked: Asked, cases: Sequence[Mapping[str, Any]]) -> list[CaseMatch]:
    rows = with_failed_before(asked, asked.chosen(asked.in_view, asked.countries))
    sums, found = sums_of(asked, rows), []
    failed, lacking, gaps = sums["n_critical_failed"] + sums[BEFORE], missing(sums), _gaps(asked, rows, sums)
    for case in cases:
        places = known_places(asked.cube, case["criteria"])
        places = places[asked.in_view[places]]
        weak = [gaps[place] for place in places[np.lexsort((-lacking[places], -failed[places]))] if place in gaps]
        found.append(CaseMatch(len(places), float(failed[places].sum()), float(lacking[places].sum()), weak))
    return found


def _gaps(asked: Asked, rows: Rows, sums: Sums) -> dict[int, Gap]:
    """The open criteria, by place. `countries` are those where it is open, the most answers not in place first."""
    cube, nil, part = asked.cube, sums["n_nil"], sums["n_part"]
    rows = rows.where(rows["n_nil"] + rows["n_part"] + rows[BEFORE] > 0)
    open_in: dict[int, list[str]] = {}
    for row in np.lexsort((rows.country, -rows["n_part"], -rows["n_nil"])):
        open_in.setdefault(int(rows.criterion[row]), []).append(cube.country_titles[rows.country[row]])
    return {
        place: {
            "criterion": cube.criteria[place],
            "critical": bool(cube.critical[place]),
            "n_nil": float(nil[place]),
            "n_part": float(part[place]),
            BEFORE: float(sums[BEFORE][place]),
            "countries": countries,
        }
        for place, countries in open_in.items()
    }


class CaseCriteriaRow(TypedDict):
    """A row of `case_criteria`."""

    framework_title: str
    in_view: bool
    criterion: str
    kind: str
    text: str
    n_asked: float
    n_part: float
    n_nil: float


def case_criteria_answer(asked: Asked) -> pa.Table:
    """Which criteria does one case concern, and what did the selected countries answer to those in view?

    The framework in view first, then in the order of the case, the best match first.
    """
    cube = asked.cube
    criteria = known_places(cube, asked.rows("case_bears_on")["criterion"].to_pylist())
    other = ~asked.in_view[criteria]
    criteria = criteria[np.lexsort((cube.framework_of[criteria], other))]
    sums = sums_of(asked, asked.chosen(asked.in_view, asked.countries))
    return pa.table(
        {
            **about(asked, criteria, ("framework", "framework_text")),
            "in_view": pa.array(asked.in_view[criteria]),
            **about(asked, criteria, ("area_code", "criterion", "kind", "critical", "text")),
            **answered(sums, criteria),
        }
    ).rename_columns({"framework_text": "framework_title"})


CASE_CRITERIA = Folded("case_criteria", CaseCriteriaRow, case_criteria_answer, READ, ("case_bears_on",))
