"""Folds how the framework meets another, the rights, the risk areas or the functions, and the two sides of one cell."""

from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import about, answered, flags_at, places_of, sums_of
from dashboard.figures.cube import CubeArea
from dashboard.figures.failures import BEFORE
from dashboard.figures.grid import grid, of_cells, strings
from dashboard.figures.selection import Asked
from dashboard.queries.question import READ, AnyRow, Folded
from dashboard.queries.standards_rights import criteria_in_cells, linked

COLUMNS = (
    "reading", "percent", "lowest", "highest", "low", "high", "n_units", "n_shown", "n_applicable", "n_answered",
    "n_not_applicable", "n_full", "n_part", "n_nil", "n_critical_failed", BEFORE, "n_seen", "shade", "band_title",
)  # fmt: skip


def crosswalk_answer(asked: Asked) -> pa.Table:
    """How does the framework meet another, the rights, the risk areas or the functions? A row per cell, even if blank.

    `against` is a framework's id, `rights`, `risk_area` or `function`. The figure is that of the framework in view.

    In the order of what the areas are crossed with, then of areas. `no_link` if nothing links the two.
    """
    against, criteria = asked.given["against"], asked.in_view & asked.of_kind & asked.criteria
    pairs = [(row, area) for row in _across(asked) for area in areas_in_view(asked)]
    keys = [(area.area, row["code"]) for row, area in pairs]
    bonds = {(row["row_code"], row["column_code"]): row for row in asked.rows("crosswalk_bonds").to_pylist()}
    strengths = [bonds[key]["strength"] if key in bonds else None for key in keys]
    counts = criteria_in_cells(asked, against, criteria)
    figures = grid(asked, against, criteria)
    columns = of_cells(figures, np.array([figures.place(*key) for key in keys], np.intp), COLUMNS)
    return pa.table(
        {
            **_titles(asked, pairs),
            "strength": strings(strengths),
            "basis": strings(bonds[key]["basis"] if key in bonds else None for key in keys),
            "n_criteria": pa.array([counts.get(key, 0) for key in keys], pa.int64()),
            **columns,
            "reading": linked(columns["reading"], np.array([one is not None for one in strengths], bool)),
        }
    )


CROSSWALK = Folded(
    "crosswalk",
    AnyRow,
    crosswalk_answer,
    (*READ, "kind", "against", "risk_area"),
    ("crosswalk_across", "crosswalk_bonds"),
)


def areas_in_view(asked: Asked) -> list[CubeArea]:
    """The areas of the framework in view that the filter of principles keeps."""
    cube, chosen = asked.cube, asked.given["areas"]
    with_criteria = set(cube.in_areas.cell.tolist())
    return [
        area
        for number, area in enumerate(cube.areas)
        if area.framework == asked.given["framework"]
        and number in with_criteria
        and (not chosen or area.area in chosen)
    ]


def _across(asked: Asked) -> list[dict[str, Any]]:
    found, chosen = asked.rows("crosswalk_across").to_pylist(), asked.given["risk_area"]
    if asked.given["against"] == "risk_area" and chosen:
        found = [row for row in found if row["code"] in chosen]
    return [{**row, "place": place} for place, row in enumerate(found, start=1)]


def _titles(asked: Asked, pairs: list[tuple[dict[str, Any], CubeArea]]) -> dict[str, pa.Array]:
    titles = {row["code"]: asked.title(row["code"]) for row, _ in pairs}
    named = [" ".join(filter(None, (row["mark"], titles[row["code"]]))) for row, _ in pairs]
    return {
        "row_code": strings(row["code"] for row, _ in pairs),
        "row_title": strings(named),
        "row_position": pa.array([row["place"] for row, _ in pairs], pa.int64()),
        "column_code": strings(area.area for _, area in pairs),
        "column_title": strings(asked.title(area.area) for _, area in pairs),
        "column_mark": strings(area.code for _, area in pairs),
        "column_position": pa.array([area.number for _, area in pairs], pa.int16()),
    }


class CrosswalkSidesRow(TypedDict):
    """A row of `crosswalk_sides`."""

    side: int
    framework_title: str
    criterion: str
    text: str
    strong: list[str] | None
    weak: list[str] | None
    n_asked: float


def crosswalk_sides_answer(asked: Asked) -> pa.Table:
    """What is on both sides of one cell of the crosswalk? A row per criterion: its current answers, and its links.

    The strongest links first on each side, then in the order of the standards; whatever the filters keep.
    """
    cube, links = asked.cube, asked.rows("crosswalk_linked")
    criteria = places_of(cube, links["criterion"].to_pylist())
    listed = asked.rounds_read[cube.framework_of[criteria]] >= 0
    links, criteria = links.filter(pa.array(listed)), criteria[listed]
    sums = sums_of(asked, asked.chosen_as_read(flags_at(cube, criteria), asked.countries))
    return pa.table(
        {
            "side": links["side"],
            **about(asked, criteria, ("framework", "framework_title", "criterion", "kind", "critical", "text")),
            **{name: links[name] for name in ("strength", "basis", "strong", "weak")},
            **about(asked, criteria, ("round",)),
            **answered(sums, criteria),
        }
    )


CROSSWALK_SIDES = Folded("crosswalk_sides", CrosswalkSidesRow, crosswalk_sides_answer, READ, ("crosswalk_linked",))
