"""Which rated opportunities meet the greatest need? The most needed first, one row per opportunity.

Includes the risks it lessens, and how far the support criteria that enable it are in place.
"""

from typing import TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import cover
from dashboard.figures.ratings import OPENINGS, openings
from dashboard.queries.question import RATED, Folded

LEFT_OUT = ("coverage", "n_critical_failed")


class OpportunityListRow(TypedDict):
    """A row of `opportunity_list`."""

    text: str
    risk_area_title: str
    setting_title: str
    need: int
    reach: int
    feasibility: int
    touches: list[str] | None


def answer(asked: Asked) -> pa.Table:
    """By need, then reach, then feasibility of a single rating; never a product."""
    rated = openings(asked)
    impacts = rated["impact"].to_pylist()
    lessened = [
        [text for code in sorted(codes) if (text := asked.text(code)) is not None] or None
        for codes in rated["touches"].to_pylist()
    ]
    covered = {name: values for name, values in cover(asked, impacts, "support").items() if name not in LEFT_OUT}
    return pa.table(
        {
            "impact": rated["impact"],
            "text": column([asked.text(code) for code in impacts], pa.string()),
            "risk_area": rated["risk_area"],
            "risk_area_title": column([asked.title(code) for code in rated["risk_area"].to_pylist()], pa.string()),
            "setting": rated["setting"],
            "setting_title": column([asked.title(code) for code in rated["setting"].to_pylist()], pa.string()),
            **{name: rated[name] for name in ("need", "reach", "feasibility", "n_rated", "operations")},
            "touches": column(lessened, pa.list_(pa.string())),
            **covered,
        }
    )


OPPORTUNITY_LIST = Folded("opportunity_list", OpportunityListRow, answer, RATED, OPENINGS)
