"""What do answers to the other standards say about the areas of this one? A row an area and framework that is read.

They are the framework's own answers, and those of another that speak to it. A projected reading is not an answer and
counts nowhere.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import of_cells
from dashboard.figures.cube import Area
from dashboard.figures.grid import Grid, grid
from dashboard.queries.standards.crosswalk import areas_in_view

COLUMNS = (
    "reading", "percent", "low", "high", "n_units", "n_shown", "n_answered", "n_applicable", "n_seen",
    "n_critical_failed",
)  # fmt: skip
COUNTS = ("n_primary", "n_secondary", "n_two_steps")


def answer(asked: Asked) -> pa.Table:
    """In the order of areas; of each the framework's own reading goes first."""
    areas = areas_in_view(asked)
    own = grid(asked, "area", asked.in_view & asked.of_kind & asked.criteria)
    others = grid(asked, f"read:{asked.given['framework']}", asked.of_kind & asked.criteria)
    links = {(row["area"], row["from_framework"]): row for row in asked.rows("projected_links").to_pylist()}
    tables = [_table(asked, own, "own", areas, {}), _table(asked, others, "projected", areas, links)]
    found = pa.concat_tables(tables).sort_by([(name, "ascending") for name in ("position", "reading_of", "of")])
    return found.drop_columns("of")


def _table(
    asked: Asked, figures: Grid, reading_of: str, areas: list[Area], links: dict[tuple[str, str], dict[str, Any]]
) -> pa.Table:
    cube = asked.cube
    places = [
        (area, number, place)
        for area in areas
        for number, one in enumerate(cube.frameworks)
        if (place := figures.place(area.area, one.code)) >= 0
    ]
    rounds = [figures.round[place] for *_, place in places]
    tied = [links.get((area.area, cube.frameworks[number].code), {}) for area, number, _ in places]
    return pa.table(
        {
            "code": pa.array([area.area for area, *_ in places], pa.string()),
            "area_code": pa.array([area.code for area, *_ in places], pa.string()),
            "code_title": pa.array([asked.title(area.area) for area, *_ in places], pa.string()),
            "position": pa.array([area.number for area, *_ in places], pa.int16()),
            "reading_of": pa.array([reading_of] * len(places), pa.string()),
            "framework": pa.array([cube.frameworks[number].code for _, number, _ in places], pa.string()),
            "framework_title": pa.array([cube.frameworks[number].title for _, number, _ in places], pa.string()),
            "round": pa.array([cube.rounds[number] for number in rounds], pa.string()),
            "round_title": pa.array([cube.round_titles[number] for number in rounds], pa.string()),
            **of_cells(figures, np.array([place for *_, place in places], np.intp), COLUMNS),
            **{name: pa.array([one.get(name, 0) for one in tied], pa.int64()) for name in COUNTS},
            **{name: pa.array([one.get(name) for one in tied], pa.string()) for name in ("strongest", "weakest")},
            "of": pa.array([number for _, number, _ in places], pa.int64()),
        }
    )
