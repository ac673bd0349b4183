"""How well is each right served by each standard? A row per right and framework, those the partnership names first.

Frameworks are shown side by side and never summed. A criterion that serves several rights counts in each.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import of_cells, strings
from dashboard.figures.cube import Flags, Framework
from dashboard.figures.facets import kept_rights
from dashboard.figures.failures import BEFORE
from dashboard.figures.grid import NO_CELLS, grid
from dashboard.queries.question import READ, AnyRow, Folded

COLUMNS = (
    "reading", "percent", "lowest", "highest", "low", "high", "one_step", "n_units", "n_shown", "n_applicable",
    "n_answered", "n_not_applicable", "n_full", "n_part", "n_nil", "n_critical_failed", BEFORE, "n_seen", "coverage",
    "shade", "band_title",
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """Rights that are selected, or whose articles are; frameworks that are read in some round."""
    cube, themes = asked.cube, kept_rights(asked)
    frameworks = [cube.frameworks[place] for place in np.flatnonzero(asked.rounds_read >= 0)]
    pairs = [(row, one) for row in themes for one in frameworks]
    figures = grid(asked, "right", asked.criteria & asked.of_kind)
    places = np.array([figures.place(row["theme"], one.code) for row, one in pairs], np.intp)
    counts = _counts(asked, pairs)
    columns = of_cells(figures, places, COLUMNS)
    rounds = np.tile(asked.rounds_read[asked.rounds_read >= 0], len(themes))
    return pa.table(
        {
            **_titles(asked, pairs),
            "round": strings(cube.rounds[number] for number in rounds),
            "round_title": strings(cube.round_titles[number] for number in rounds),
            **counts,
            **columns,
            "reading": linked(columns["reading"], counts["n_criteria"].to_numpy() > 0),
            "strength": strings(["primary"] * len(pairs)),
            "basis": strings(["project"] * len(pairs)),
            "asks": pa.array([row["asks"] for row, _ in pairs], pa.list_(pa.string())),
        }
    )


RIGHTS = Folded("rights", AnyRow, answer, (*READ, "kind", "right"), ("right_themes",))


def linked(reading: pa.Array, there: Flags) -> pa.Array:
    """The readings, with `no_link` where there is no link."""
    return pa.array(np.where(there, reading.to_numpy(zero_copy_only=False), "no_link"), pa.string())


def criteria_in_cells(asked: Asked, name: str, criteria: Flags) -> dict[tuple[str, str], int]:
    """How many of some criteria belong to each cell of a grid, by row and column."""
    cells = asked.cube.cells.get(name, NO_CELLS)
    counts = np.bincount(cells.cell[criteria[cells.criterion]], minlength=len(cells.rows)).tolist()
    return dict(zip(zip(cells.rows, cells.columns, strict=True), counts, strict=True))


def _titles(asked: Asked, pairs: list[tuple[Mapping[str, Any], Framework]]) -> dict[str, pa.Array]:
    return {
        "row_code": strings(row["theme"] for row, _ in pairs),
        "row_title": strings(asked.title(row["theme"]) for row, _ in pairs),
        "row_position": pa.array([row["position"] for row, _ in pairs], pa.int16()),
        "named": pa.array([row["named"] for row, _ in pairs], pa.bool_()),
        "column_code": strings(one.code for _, one in pairs),
        "column_title": strings(one.title for _, one in pairs),
        "column_mark": strings(one.title for _, one in pairs),
        "column_position": pa.array([one.number for _, one in pairs], pa.int16()),
    }


def _counts(asked: Asked, pairs: list[tuple[Mapping[str, Any], Framework]]) -> dict[str, pa.Array]:
    of_kind = asked.criteria & asked.of_kind
    counts = {
        "n_criteria": asked.criteria,
        "n_of_kind": of_kind,
        "n_critical": of_kind & asked.cube.critical,
    }
    counted = {name: criteria_in_cells(asked, "right", criteria) for name, criteria in counts.items()}
    keys = [(row["theme"], one.code) for row, one in pairs]
    return {name: pa.array([of.get(key, 0) for key in keys], pa.int64()) for name, of in counted.items()}
