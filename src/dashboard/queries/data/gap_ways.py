"""How many severe gaps would there be if answers were counted differently? One row per way, as answered first."""

from dataclasses import replace
from typing import TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.gaps import SEVERE, judgements
from dashboard.figures.ratings import BESIDE
from dashboard.queries.data.robustness import AS_ANSWERED, OTHER_WAYS
from dashboard.queries.question import Folded


class GapWaysRow(TypedDict):
    """A row of `gap_ways`."""

    way: str
    n_severe_gaps: int


def answer(asked: Asked) -> pa.Table:
    """The ways are those of `robustness` that count answers differently."""
    ways = (AS_ANSWERED, *OTHER_WAYS)
    return pa.table({"way": ways, "n_severe_gaps": pa.array([_severe_gaps(asked, way) for way in ways], pa.int64())})


GAP_WAYS = Folded("gap_ways", GapWaysRow, answer, ("round", "countries", "impacts"), BESIDE)


def _severe_gaps(asked: Asked, way: str) -> int:
    found = judgements(replace(asked, cube=replace(asked.cube, counting=way)))
    return int((found.gap & (found.severity == SEVERE)).sum())
