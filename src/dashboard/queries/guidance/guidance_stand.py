"""How much guidance is there, and how much of what was answered within the filters is not in place? One row."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import sums_of
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.queries.question import READ, Folded


class GuidanceStandRow(TypedDict):
    """A row of `guidance_stand`."""

    n_guidance: int
    n_criteria: int
    n_weak: int
    n_only_before: int


def answer(asked: Asked) -> pa.Table:
    """Counts criteria of the framework and the round in view."""
    rows = asked.chosen(asked.in_view & asked.criteria, asked.countries)
    sums = sums_of(asked, with_failed_before(asked, rows))
    weak = sums["n_nil"] + sums["n_part"]
    counts = {
        "n_criteria": sums["n_answered"],
        "n_weak": weak,
        "n_only_before": np.where(weak > 0, 0, sums[BEFORE]),
        "n_critical_failed": sums["n_critical_failed"],
    }
    counted = {name: pa.array([np.count_nonzero(values > 0)], pa.int64()) for name, values in counts.items()}
    return pa.table({"n_guidance": asked.rows("guidance_count")["n_guidance"], **counted})


GUIDANCE_STAND = Folded("guidance_stand", GuidanceStandRow, answer, READ, ("guidance_count",))
