"""Which criteria serve one right, in every framework, and what was answered? Critical first, then least in place."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import about, answered, sums_of
from dashboard.queries.question import READ, Folded
from dashboard.queries.standards.right_gaps import serving


class RightCriteriaRow(TypedDict):
    """A row of `right_criteria`."""

    framework: str
    criterion: str
    text: str


def answer(asked: Asked) -> pa.Table:
    """Each framework in the round it is read in, in the order of frameworks."""
    cube, served = asked.cube, serving(asked)
    sums = sums_of(asked, asked.chosen_as_read(served, asked.countries))
    criteria = np.flatnonzero(served & (asked.rounds_read[cube.framework_of] >= 0))
    keys = (-sums["n_part"][criteria], -sums["n_nil"][criteria], ~cube.critical[criteria], cube.framework_of[criteria])
    criteria = criteria[np.lexsort(keys)]
    articles = {row["criterion"]: row["articles"] for row in asked.rows("right_articles").to_pylist()}
    named = [articles.get(cube.criteria[place]) for place in criteria]
    return pa.table(
        {
            **about(asked, criteria, ("framework", "area_code", "criterion", "kind", "critical", "text", "round")),
            "articles": pa.array(named, pa.list_(pa.string())),
            **answered(sums, criteria),
        }
    )


RIGHT_CRITERIA = Folded("right_criteria", RightCriteriaRow, answer, (*READ, "kind", "focus"), ("right_articles",))
