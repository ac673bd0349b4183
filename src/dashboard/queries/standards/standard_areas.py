"""How does each area of the framework score within the filters, in respect and in support? A row per area and kind."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import of_cells, strings
from dashboard.figures.failures import BEFORE
from dashboard.figures.grid import grid
from dashboard.queries.question import READ, Folded

COLUMNS = (
    "reading", "percent", "low", "high", "n_units", "n_shown", "n_answered", "n_applicable", "n_full", "n_part",
    "n_nil", "n_critical_failed", BEFORE, "shade", "band_title",
)  # fmt: skip


class StandardAreasRow(TypedDict):
    """A row of `standard_areas`."""

    area: str
    kind: str
    round: str
    reading: str
    percent: float | None
    n_answered: float
    n_applicable: float
    n_failed_before: float


def answer(asked: Asked) -> pa.Table:
    """In the order of the codes of areas; respect comes before support. Only areas in which something is asked."""
    return pa.concat_tables([_of_kind(asked, "respect"), _of_kind(asked, "support")]).sort_by(
        [("area", "ascending"), ("kind", "ascending")]
    )


STANDARD_AREAS = Folded("standard_areas", StandardAreasRow, answer, READ)


def _of_kind(asked: Asked, kind: str) -> pa.Table:
    figures = grid(asked, "area", asked.in_view & asked.criteria & asked.kind_is(kind))
    met = np.flatnonzero(figures.met)
    return pa.table(
        {
            "area": strings(figures.rows[place] for place in met),
            "kind": strings([kind] * len(met)),
            "round": strings(asked.cube.rounds[figures.round[place]] for place in met),
            **of_cells(figures, met, COLUMNS),
        }
    )
