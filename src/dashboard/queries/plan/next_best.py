"""What could be raised in one area of one operation? One row per criterion that is asked and applies.

`gravity` is 5 if it is critical, else the highest severity of the rated risks that it affects, 0 without any; `effort`
is the smallest among guidance for it, 4 without any. `parts` are those in which it counts: for each, the numbers of its
family, area and element, joined by slashes, and in `part_weights` what they count.
"""

from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.facets import in_focus
from dashboard.figures.fold import places_in_cells
from dashboard.figures.read_cube import places_of
from dashboard.queries.question import CHOSEN, Folded

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


def answer(asked: Asked) -> pa.Table:
    """In the order of the standard."""
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
    "next_best", NextBestRow, answer, (*CHOSEN, "kind", "operation", "by", "focus"), ("next_best_known",)
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
