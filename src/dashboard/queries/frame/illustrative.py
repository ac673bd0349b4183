"""Is anything illustrative in the current selection?"""

from typing import TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.queries.question import Folded


class IllustrativeRow(TypedDict):
    """A row of `illustrative`."""

    illustrative: bool


def answer(asked: Asked) -> pa.Table:
    """One row, covering every round."""
    countries, framework = set(asked.given["countries"]), asked.given["framework"]
    found = any(of == framework and country in countries for of, country in asked.cube.illustrative)
    return pa.table({"illustrative": [found]})


ILLUSTRATIVE = Folded("illustrative", IllustrativeRow, answer, ("framework", "countries"))
