"""How many priority gaps are there, and how many of them are severe?"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.risks import covered_risks, gaps_in


def answer(asked: Asked) -> pa.Table:
    """One row. Asked of what is published and of what is imagined."""
    gaps = gaps_in(covered_risks(asked).to_pylist())
    return pa.table({"n_gaps": [gaps.n], "n_severe_gaps": [gaps.n_severe]})
