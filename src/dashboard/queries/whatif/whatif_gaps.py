"""How many priority gaps are there, and how many of them are severe?"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.risks import gaps_in, ranked


def answer(asked: Asked) -> pa.Table:
    """One row. Asked of both the published and the imagined answers."""
    gaps = gaps_in(ranked(asked))
    return pa.table({"n_gaps": [gaps.n], "n_severe_gaps": [gaps.n_severe]})
