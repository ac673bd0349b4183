"""Which cases fit the choice, and on which gaps of the chosen countries does each bear? The best match first.

A gap is a criterion of the framework in view that somebody answered as not in place, or as partly, which counts half.
Critical criteria that failed come first. A case without a criterion of the framework stands after all others.
See docs/decisions/0016-risks-and-advice.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import strings
from dashboard.figures.criteria import sums_of
from dashboard.figures.cube import Rows
from dashboard.figures.fold import Sums

GAP = pa.struct(
    [
        ("criterion", pa.string()),
        ("critical", pa.bool_()),
        ("n_nil", pa.float64()),
        ("n_part", pa.float64()),
        ("countries", pa.list_(pa.string())),
    ]
)
Gap = Mapping[str, Any]


@dataclass(frozen=True)
class Match:
    """How far a case bears on what is not in place: `gaps` are the criteria that are open, the gravest first."""

    n_criteria: int
    n_failed: float
    gap: float
    gaps: Sequence[Gap]


def answer(asked: Asked) -> pa.Table:
    """The cases that the filters keep."""
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


def _matched(asked: Asked, cases: Sequence[Mapping[str, Any]]) -> list[Match]:
    cube, in_view = asked.cube, asked.in_view
    rows = asked.chosen(in_view, asked.countries)
    sums = sums_of(asked, rows)
    failed, missing = sums["n_critical_failed"], sums["n_nil"] + sums["n_part"] / 2
    found = []
    for case in cases:
        places = [cube.criterion_numbers[code] for code in case["criteria"] if code in cube.criterion_numbers]
        places = [place for place in places if in_view[place]]
        weak = sorted((place for place in places if missing[place] > 0), key=lambda at: (-failed[at], -missing[at]))
        gaps = [_gap(asked, rows, sums, place) for place in weak]
        found.append(Match(len(places), float(failed[places].sum()), float(missing[places].sum()), gaps))
    return found


def _gap(asked: Asked, rows: Rows, sums: Sums, place: int) -> Gap:
    """`countries`: where a criterion is open, those with most that is not in place first."""
    cube, here = asked.cube, rows.where(rows.criterion == place)
    nil, part = here["n_nil"], here["n_part"]
    order = [at for at in np.lexsort((here.country, -part, -nil)) if nil[at] + part[at] > 0]
    return {
        "criterion": cube.criteria[place],
        "critical": bool(cube.critical[place]),
        "n_nil": float(sums["n_nil"][place]),
        "n_part": float(sums["n_part"][place]),
        "countries": [cube.country_titles[here.country[at]] for at in order],
    }
