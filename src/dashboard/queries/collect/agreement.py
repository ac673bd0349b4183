"""How far do operations and a second role agree where both have answered? Everything together, then area by area.

Only areas with a pair have a row. There is no percentage with fewer pairs than the standard's `count_below`.
"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.cube import Ints
from dashboard.figures.of_areas import WHOLE, area_columns
from dashboard.figures.read import divided, whole_percent
from dashboard.queries.question import Folded


class AgreementRow(TypedDict):
    """A row of `agreement`."""

    area: str
    area_code: str | None
    area_title: str
    count_below: int
    n_pairs: int
    agreed_percent: float | None


def answer(asked: Asked) -> pa.Table:
    """A row for everything together, with an empty `area`, then one per area; for the round in view, within filters."""
    n_pairs, n_agreed = _pairs(asked)
    places = np.flatnonzero(n_pairs)
    least = int(asked.framework.count_below) if asked.framework else 0
    share = np.where(n_pairs >= least, divided(n_agreed, n_pairs), np.nan)
    return pa.table(
        {
            **area_columns(asked, places),
            "count_below": pa.array([least] * len(places), pa.int16()),
            "n_pairs": pa.array(n_pairs[places], pa.int64()),
            "agreed_percent": column(whole_percent(share[places])),
        }
    )


AGREEMENT = Folded("agreement", AgreementRow, answer, ("framework", "lang"), ("agreement_pairs",))


def _pairs(asked: Asked) -> tuple[Ints, Ints]:
    """The number of pairs by place, and of those that agree."""
    place_of = {area.area: place for place, area in enumerate(asked.cube.areas, WHOLE + 1)}
    n_pairs, n_agreed = np.zeros((2, len(place_of) + 1), np.intp)
    for row in asked.rows("agreement_pairs").to_pylist():
        for place in (WHOLE, *(place_of[area] for area in row["areas"])):
            n_pairs[place] += row["n_pairs"]
            n_agreed[place] += row["n_pairs"] if row["said"] == row["rated"] else 0
    return n_pairs, n_agreed
