"""Which criteria does one piece of guidance help to put in place, and what do the selected countries answer?"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import about, answered, known_places, sums_of
from dashboard.queries.question import READ, Folded


class GuidanceCriteriaRow(TypedDict):
    """A row of `guidance_criteria`."""

    framework: str
    framework_title: str
    criterion: str
    text: str
    round_title: str | None
    other_round: bool | None
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_unanswered: float


def answer(asked: Asked) -> pa.Table:
    """The framework in view first. Others are read in their nearest round; without one, the answers are null."""
    cube = asked.cube
    criteria = known_places(cube, asked.rows("guidance_helps")["criterion"].to_pylist())
    criteria = criteria[np.argsort(~asked.in_view[criteria], kind="stable")]
    every = np.ones(len(cube.criteria), bool)
    sums = sums_of(asked, asked.chosen_as_read(every, asked.countries))
    rounds = about(asked, criteria, ("round",))["round"].to_pylist()
    other = [None if code is None else code != asked.given["round"] for code in rounds]
    return pa.table(
        {
            **about(asked, criteria, ("framework", "framework_title", "criterion", "text", "critical", "round_title")),
            "other_round": pa.array(other, pa.bool_()),
            **answered(sums, criteria),
        }
    )


GUIDANCE_CRITERIA = Folded("guidance_criteria", GuidanceCriteriaRow, answer, READ, ("guidance_helps",))
