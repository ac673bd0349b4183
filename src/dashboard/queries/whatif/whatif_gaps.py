"""How many severe gaps are there, in how many countries and of how many risks?"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.ratings import BESIDE
from dashboard.figures.risks import gaps_in, ranked
from dashboard.queries.question import RATED, AnyRow, Folded


def answer(asked: Asked) -> pa.Table:
    """One row. Asked of both the published and the imagined answers."""
    gaps = gaps_in(ranked(asked))
    return pa.table({name: [value] for name, value in vars(gaps).items()})


WHATIF_GAPS = Folded("whatif_gaps", AnyRow, answer, RATED, BESIDE)
