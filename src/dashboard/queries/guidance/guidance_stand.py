"""How much guidance is there, and how much of what was answered within the filters is not in place? One row."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import sums_of


def answer(asked: Asked) -> pa.Table:
    """Counts criteria of the framework and the round in view."""
    sums = sums_of(asked, asked.chosen(asked.in_view & asked.criteria, asked.countries))
    counts = {
        "n_criteria": sums["n_answered"],
        "n_weak": sums["n_nil"] + sums["n_part"],
        "n_critical_failed": sums["n_critical_failed"],
    }
    counted = {name: pa.array([np.count_nonzero(values > 0)], pa.int64()) for name, values in counts.items()}
    return pa.table({"n_guidance": asked.rows("guidance_count")["n_guidance"], **counted})
