"""What threatens and what serves each right? One row a right: its rated risks and opportunities, and its cover.

The cover is how far the respect criteria that serve the right are in place. A risk that touches several rights counts
in each.
"""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.cover import cover_in, covered_risks
from dashboard.figures.ratings import GRAVE, SERIOUS
from dashboard.figures.rights import kept_rights


def answer(asked: Asked) -> pa.Table:
    """The rights that the filter of rights keeps, in their order; an article keeps the right that it belongs to."""
    rights = kept_rights(asked)
    codes = [row["theme"] for row in rights]
    risks = covered_risks(asked).sort_by("gravity_order").to_pylist()
    openings = asked.rows("opportunity_rated").to_pylist()
    told = [_told(asked, code, risks, openings) for code in codes]
    columns = ("n_risks", "severity", "n_grave", "gravest", "n_gaps", "n_openings", "need", "most_needed")
    cover = cover_in(asked, "right", codes, "respect")
    return pa.table(
        {
            "theme": column(codes, pa.string()),
            "title": column([asked.title(code) for code in codes], pa.string()),
            "named": column([row["named"] for row in rights]),
            "position": column([row["position"] for row in rights]),
            **{name: column([row[name] for row in told], _type(name)) for name in columns},
            **{name: values for name, values in cover.items() if name not in LEFT_OUT},
        }
    )


LEFT_OUT = ("shade", "coverage", "n_critical_failed", "lies_open")


def _type(name: str) -> pa.DataType:
    return pa.string() if name in ("gravest", "most_needed") else pa.int64()


def _told(asked: Asked, right: str, risks: list[Any], openings: list[Any]) -> Mapping[str, Any]:
    """What is rated of one right; the risks come gravest first."""
    own = [row for row in risks if right in row["rights"]]
    serving = [row for row in openings if right in row["rights"]]
    most = max(serving, key=lambda row: (row["need"], row["reach"], row["feasibility"], row["impact"]), default=None)
    return {
        "n_risks": len(own),
        "severity": own[0]["severity"] if own else None,
        "n_grave": sum(row["severity"] == GRAVE for row in own),
        "gravest": asked.text(own[0]["impact"]) if own else None,
        "n_gaps": sum(row["severity"] >= SERIOUS and row["lies_open"] for row in own),
        "n_openings": len(serving),
        "need": most["need"] if most else None,
        "most_needed": asked.text(most["impact"]) if most else None,
    }
