"""Which criteria apply in a setting or address its risks and opportunities, and what was answered?"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import about, answered, places_of, sums_of
from dashboard.figures.read import divided
from dashboard.queries.question import READ, Folded

TOLD = ("applies", "n_risks", "n_openings")


class SettingCriteriaRow(TypedDict):
    """A row of `setting_criteria`."""

    criterion: str
    text: str
    applies: bool
    n_risks: int
    n_openings: int
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float


def answer(asked: Asked) -> pa.Table:
    """Critical ones first, then those least in place; those without an answer last."""
    addressed = asked.rows("setting_addressed")
    criteria = places_of(asked.cube, addressed["criterion"].to_pylist())
    own = np.flatnonzero(asked.of_kind[criteria])
    sums = sums_of(asked, asked.chosen(asked.in_view, asked.countries))
    score = divided(sums["points"], sums["weight_answered"])[criteria[own]]
    keys = (own, -sums["n_nil"][criteria[own]], np.nan_to_num(score, nan=np.inf), ~asked.cube.critical[criteria[own]])
    order = own[np.lexsort(keys)]
    found = addressed.take(pa.array(order))
    return pa.table(
        {
            **about(asked, criteria[order], ("area_code", "criterion", "critical", "text")),
            **{name: found[name] for name in TOLD},
            **answered(sums, criteria[order]),
        }
    )


SETTING_CRITERIA = Folded("setting_criteria", SettingCriteriaRow, answer, (*READ, "kind"), ("setting_addressed",))
