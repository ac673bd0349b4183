"""Which risks were rated, in their order, and how far is each covered?

Every question that speaks of risks asks it beside, so that it is worked out once for all of them.
"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.risks import covered_risks


def answer(asked: Asked) -> pa.Table:
    """One row a risk. Whatever the filters keep of the criteria does not matter."""
    return covered_risks(asked)
