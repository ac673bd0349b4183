"""Which ratings within the filters are doubtful? One row per rating and kind of doubt, the most severe of each first.

`risk_doubts` defines the doubts, for every rating of the round.
"""

from collections import Counter
from typing import TypedDict

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.asked import Asked
from dashboard.figures.columns import strings
from dashboard.queries.question import Folded

TOLD = ("severity", "likelihood", "residual_severity", "residual_likelihood", "residual_basis")
KEPT_BY = {"country": "countries", "impact": "impacts"}
"""The columns that are filtered, each with the parameter that lists what is kept."""


class RiskChecksRow(TypedDict):
    """A row of `risk_checks`."""

    doubt: str
    operation: str
    operation_title: str
    impact: str
    text: str
    severity: int
    likelihood: int
    residual_severity: int | None
    residual_likelihood: int | None
    residual_basis: str | None


def answer(asked: Asked) -> pa.Table:
    """Those of the selected countries and impacts; `n_doubt` counts those of a kind."""
    found = asked.rows("risk_doubts")
    kept = [pc.is_in(found[name], pa.array(asked.given[of], pa.string())) for name, of in KEPT_BY.items()]
    found = found.filter(pc.and_(*kept))
    doubts, impacts = found["doubt"].to_pylist(), found["impact"].to_pylist()
    n = Counter(doubts)
    return pa.table(
        {
            **{name: found[name] for name in ("doubt", "operation", "operation_title", "impact")},
            "text": strings(asked.text(code) for code in impacts),
            **{name: found[name] for name in TOLD},
            "n_doubt": pa.array([n[doubt] for doubt in doubts], pa.int64()),
        }
    )


RISK_CHECKS = Folded("risk_checks", RiskChecksRow, answer, ("round", "countries", "impacts", "lang"), ("risk_doubts",))
