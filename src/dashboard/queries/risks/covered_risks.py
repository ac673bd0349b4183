"""Which risks were rated, in order, and how well is each covered?

Every question about risks builds on this one, so that it is calculated once for all of them.
"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.risks import covered_risks


def answer(asked: Asked) -> pa.Table:
    """One row per risk. The filters on criteria make no difference."""
    return covered_risks(asked)
