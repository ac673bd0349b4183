"""What threatens and what serves each right? One row per right: its rated risks and opportunities, and its cover.

The cover is how far the respect criteria that serve the right are in place. A risk that touches several rights counts
in each.
"""

from collections.abc import Mapping
from typing import Any, TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import cover
from dashboard.figures.facets import kept_rights
from dashboard.figures.gaps import SEVERE
from dashboard.figures.ratings import BESIDE, OPENINGS, openings
from dashboard.figures.risks import gaps_in, ranked
from dashboard.queries.question import RATED, Folded


class RiskRightsRow(TypedDict):
    """A row of `risk_rights`."""

    theme: str
    title: str
    position: int
    n_risks: int
    severity: int | None
    n_severe: int
    n_severe_gaps: int
    n_openings: int
    need: int | None
    reading: str


def answer(asked: Asked) -> pa.Table:
    """The rights that the filter of rights keeps, in order; an article keeps the right that it belongs to."""
    rights = kept_rights(asked)
    codes = [row["theme"] for row in rights]
    risks = ranked(asked)
    rated = openings(asked).to_pylist()
    told = [_told(asked, code, risks, rated) for code in codes]
    columns = (
        "n_risks",
        "severity",
        "n_severe",
        "most_severe",
        "n_severe_gaps",
        "n_gap_risks",
        "n_openings",
        "need",
        "most_needed",
    )
    covered = cover(asked, codes, "respect", "right")
    return pa.table(
        {
            "theme": column(codes, pa.string()),
            "title": column([asked.title(code) for code in codes], pa.string()),
            "named": column([row["named"] for row in rights]),
            "position": column([row["position"] for row in rights]),
            **{name: column([row[name] for row in told], _type(name)) for name in columns},
            **{name: values for name, values in covered.items() if name not in LEFT_OUT},
        }
    )


RISK_RIGHTS = Folded("risk_rights", RiskRightsRow, answer, (*RATED, "right"), ("right_themes", *BESIDE, *OPENINGS))


LEFT_OUT = ("coverage", "n_critical_failed")


def _type(name: str) -> pa.DataType:
    return pa.string() if name in ("most_severe", "most_needed") else pa.int64()


def _told(asked: Asked, right: str, risks: list[Any], openings: list[Any]) -> Mapping[str, Any]:
    """What was rated for one right; risks come in their usual order."""
    own = [row for row in risks if right in row["rights"]]
    gaps = gaps_in(own)
    serving = [row for row in openings if right in row["rights"]]
    most = max(serving, key=lambda row: (row["need"], row["reach"], row["feasibility"], row["impact"]), default=None)
    return {
        "n_risks": len(own),
        "severity": own[0]["severity"] if own else None,
        "n_severe": sum(row["severity"] == SEVERE for row in own),
        "most_severe": asked.text(own[0]["impact"]) if own else None,
        "n_severe_gaps": gaps.n,
        "n_gap_risks": gaps.n_risks,
        "n_openings": len(serving),
        "need": most["need"] if most else None,
        "most_needed": asked.text(most["impact"]) if most else None,
    }
