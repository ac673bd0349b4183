"""Which criteria does one case concern, and what did the selected countries answer to those in view?"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import about, answered, known_places, sums_of
from dashboard.queries.question import READ, Folded


class CaseCriteriaRow(TypedDict):
    """A row of `case_criteria`."""

    framework_title: str
    in_view: bool
    criterion: str
    kind: str
    text: str
    n_asked: float
    n_part: float
    n_nil: float


def answer(asked: Asked) -> pa.Table:
    """The framework in view first, then in the order of the case, the best match first."""
    cube = asked.cube
    criteria = known_places(cube, asked.rows("case_bears_on")["criterion"].to_pylist())
    other = ~asked.in_view[criteria]
    criteria = criteria[np.lexsort((cube.framework_of[criteria], other))]
    sums = sums_of(asked, asked.chosen(asked.in_view, asked.countries))
    return pa.table(
        {
            **about(asked, criteria, ("framework", "framework_text")),
            "in_view": pa.array(asked.in_view[criteria]),
            **about(asked, criteria, ("area_code", "criterion", "kind", "critical", "text")),
            **answered(sums, criteria),
        }
    ).rename_columns({"framework_text": "framework_title"})


CASE_CRITERIA = Folded("case_criteria", CaseCriteriaRow, answer, READ, ("case_bears_on",))
