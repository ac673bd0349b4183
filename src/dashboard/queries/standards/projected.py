"""What do answers to the other standards say about the areas of this one? A row per area and framework that is read.

The rows are the framework's own answers, and those of other frameworks that relate to it. A projected reading is not an
answer and is never counted.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import of_cells, strings
from dashboard.figures.cube import Area
from dashboard.figures.grid import Grid, grid
from dashboard.queries.standards.crosswalk import areas_in_view

COLUMNS = (
    "reading", "percent", "low", "high", "n_units", "n_shown", "n_answered", "n_applicable", "n_seen",
    "n_critical_failed",
)  # fmt: skip
COUNTS = ("n_primary", "n_secondary", "n_two_steps")


def answer(asked: Asked) -> pa.Table:
    """In the order of areas, with the framework's own reading first."""
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
    """`of`: the place of the framework whose answers are read."""
    cube = asked.cube
    pairs = [(area, one) for area in areas for one in cube.frameworks]
    places = np.array([figures.place(area.area, one.code) for area, one in pairs], np.intp)
    pairs = [pair for pair, place in zip(pairs, places, strict=True) if place >= 0]
    places = places[places >= 0]
    tied = [links.get((area.area, one.code), {}) for area, one in pairs]
    rounds, frameworks = figures.round[places], [one for _, one in pairs]
    return pa.table(
        {
            **_titles(asked, [area for area, _ in pairs]),
            "reading_of": strings([reading_of] * len(pairs)),
            "framework": strings(one.code for one in frameworks),
            "framework_title": strings(one.title for one in frameworks),
            "round": strings(cube.rounds[number] for number in rounds),
            "round_title": strings(cube.round_titles[number] for number in rounds),
            **of_cells(figures, places, COLUMNS),
            **{name: pa.array([one.get(name, 0) for one in tied], pa.int64()) for name in COUNTS},
            **{name: strings(one.get(name) for one in tied) for name in ("strongest", "weakest")},
            "of": pa.array([one.number for one in frameworks], pa.int64()),
        }
    )


def _titles(asked: Asked, areas: list[Area]) -> dict[str, pa.Array]:
    return {
        "code": strings(area.area for area in areas),
        "area_code": strings(area.code for area in areas),
        "code_title": strings(asked.title(area.area) for area in areas),
        "position": pa.array([area.number for area in areas], pa.int16()),
    }
