"""Folds the targets of figures, and whether they are on track."""

from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.grid import strings
from dashboard.figures.selection import Asked, column
from dashboard.figures.targets import BESIDE, Progress, next_ones, progress, round_end
from dashboard.queries.question import CHOSEN, Folded


class TargetsRow(TypedDict):
    """A row of `targets`."""

    kind: str
    area: str | None
    operation: str | None
    operation_title: str | None
    round: str | None
    owner_role: str | None
    note: str | None
    area_code: str | None
    area_title: str | None
    due_on: date
    target: int
    target_percent: float | None
    baseline_title: str
    baseline_percent: float
    target_expected: float | None
    target_today: float | None
    round_ends_on: date
    target_status: str
    beside: bool


def answer(asked: Asked) -> pa.Table:
    """Which figures have targets, and are they on track? A row per target of the framework in view.

    The figures are always whole: filters decide which targets are listed, not what they are compared with.

    Those of the group first, then by operation; respect before support, in the order of areas and days.
    """
    cube = asked.cube
    found = [one for one in progress(asked) if _kept(asked, one)]
    codes = {area.area: area.code for area in cube.areas}
    shown = next_ones(asked, found)
    set_as = {
        name: strings(one.row[name] for one in found)
        for name in (
            "kind",
            "area",
            "operation",
            "operation_title",
            "country",
            "round",
            "baseline",
            "owner_role",
            "note",
        )
    }
    begins = [one.baseline if one.baseline >= 0 else None for one in found]
    return pa.table(
        {
            **set_as,
            "area_code": strings(codes.get(one.row["area"] or "") for one in found),
            "area_title": strings(one.row["area"] and asked.title(one.row["area"]) for one in found),
            "due_on": column([one.row["due_on"] for one in found], pa.date32()),
            "target": column([one.row["target"] for one in found], pa.int16()),
            "target_percent": column(np.array([one.percent for one in found], np.float64)),
            "baseline_title": strings(None if place is None else cube.round_titles[place] for place in begins),
            "baseline_percent": column(np.array([one.baseline_percent for one in found], np.float64)),
            "target_expected": column(np.array([one.expected for one in found], np.float64)),
            "target_today": column(np.array([one.today for one in found], np.float64)),
            "round_ends_on": column([round_end(asked)] * len(found), pa.date32()),
            "target_status": strings(one.status for one in found),
            "beside": pa.array([one in shown for one in found], pa.bool_()),
        }
    )


TARGETS = Folded("targets", TargetsRow, answer, (*CHOSEN, "today"), BESIDE)


def _kept(asked: Asked, one: Progress) -> bool:
    """Whether the filters keep it, by country and by principle."""
    country = asked.cube.country_numbers.get(one.row["country"] or "")
    everywhere = country is None or bool(asked.countries[country])
    return everywhere and (not asked.given["areas"] or one.row["area"] in asked.given["areas"])
