"""Which severe ratings have no action, neither on the risk nor on a criterion that addresses it? One row per rating.

Severe gaps come first, then the others; each by irremediability, then by likelihood.
"""

from typing import TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.gaps import JUDGED, PARTLY, judged_of
from dashboard.queries.question import Folded


class PlanUnplannedRow(TypedDict):
    """A row of `plan_unplanned`."""

    impact: str
    operation: str
    operation_title: str
    text: str
    setting_title: str
    judged: str


def answer(asked: Asked) -> pa.Table:
    """With what each rating is judged to be."""
    found, judged = asked.rows("plan_severe"), judged_of(asked)
    places = [judged[pair] for pair in zip(*(found[one].to_pylist() for one in ("operation", "impact")), strict=True)]
    found = found.append_column("judged", column([JUDGED[place] for place in places], pa.string()))
    return found.take(pa.array(sorted(range(len(places)), key=lambda row: places[row] >= PARTLY), pa.int64()))


PLAN_UNPLANNED = Folded(
    "plan_unplanned",
    PlanUnplannedRow,
    answer,
    ("round", "countries", "impacts", "lang", "operation"),
    ("plan_severe", "rated", "impact_cards"),
)
