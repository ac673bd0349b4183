"""Which risks were rated, in order, and how well is each covered?

Questions that list risks build on its table; those that need little of each risk use `ranked`, which is the same.
"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.ratings import BESIDE
from dashboard.figures.risks import covered_risks
from dashboard.queries.question import AnyRow, Folded


def answer(asked: Asked) -> pa.Table:
    """One row per risk. The filters on criteria make no difference."""
    return covered_risks(asked)


COVERED_RISKS = Folded("covered_risks", AnyRow, answer, ("framework", "round", "countries", "impacts"), BESIDE)
