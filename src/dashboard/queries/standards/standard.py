"""What does the framework ask, and what was answered to it? A row a criterion, with all that it points at."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.criteria import ANSWERS, places_of, sums_of


def answer(asked: Asked) -> pa.Table:
    """In the order of the framework. Null where a criterion was put to nobody in the round in view."""
    asks = asked.rows("standard_asks")
    criteria = places_of(asked.cube, asks["criterion"].to_pylist())
    kept = asked.criteria[criteria]
    asks, criteria = asks.filter(pa.array(kept)), criteria[kept]
    sums = sums_of(asked, asked.chosen(asked.in_view & asked.criteria, asked.countries)).take(criteria)
    answers = {name: column(np.where(sums["n_asked"] > 0, sums[name], np.nan)) for name in ANSWERS}
    return pa.table({**dict(zip(asks.column_names, asks.columns, strict=True)), **answers})
