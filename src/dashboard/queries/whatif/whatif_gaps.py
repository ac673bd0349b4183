"""How many priority gaps are there, and how many of them are severe?"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.risks import gaps_in


def answer(asked: Asked) -> pa.Table:
    """One row. Asked of both the published and the imagined answers."""
    gaps = gaps_in(asked.rows("covered_risks").select(("severity", "priority_gap")).to_pylist())
    return pa.table({"n_gaps": [gaps.n], "n_severe_gaps": [gaps.n_severe]})
