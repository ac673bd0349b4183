"""What is a severe risk, a serious one, a priority gap, and in which order do risks stand? Said here and nowhere else.

A risk is an impact that was rated; a rating is one operation's. A priority gap is a risk of severity 3 or 4 that no
standard the operations answer addresses: cover is weak, not answered or not asked in all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.cover import ADDRESSED, COVERS, NOT_ASKED, cover_everywhere
from dashboard.figures.cube import Flags, Floats, Ints
from dashboard.figures.ratings import GRADES, cards, of_impacts, residual_columns, told
from dashboard.figures.read import named

SEVERE, SERIOUS = 4, 3
"""The two upper severities of four. A priority gap has one of them; what needs a decision has the first."""
TOLD = (
    "impact", "impact_position", "risk_area", "setting", "age_groups", "groups", "stage", "basis", "citation",
    "functions", "rights",
)  # fmt: skip
"""What is told of the impact itself."""
BESIDE = ("covered_risks",)
"""The question that is asked by those that speak of risks: what it gives is worked out once for all of them."""


@dataclass(frozen=True)
class Gaps:
    """How many priority gaps there are, and how many of them are severe: the two are always told together."""

    n: int
    n_severe: int


def gaps_in(risks: Iterable[Mapping[str, Any]]) -> Gaps:
    """The priority gaps among some rows of `covered_risks`."""
    severities = [row["severity"] for row in risks if row["priority_gap"]]
    return Gaps(len(severities), severities.count(SEVERE))


def covered_risks(asked: Asked) -> pa.Table:
    """The rated risks of the choice in their order, each with its cover in the framework in view and in all.

    `cover_kind` is that of the framework in view, `cover_anywhere` the best of all; `addressed_by` names the frameworks
    that address the risk. Every framework is read in the round it is read in beside others.
    """
    rated, operations = of_impacts(asked)
    impacts = [cards(asked).codes[place] for place in rated.impact]
    covered, kinds = cover_everywhere(asked, impacts)
    best = kinds.min(axis=1, initial=NOT_ASKED)
    titles = [one.title for one in asked.cube.frameworks]
    addressed = [[titles[place] for place in np.flatnonzero(row == ADDRESSED)] for row in kinds]
    found = pa.table(
        {
            **told(asked, rated, TOLD),
            **{name: pa.array(rated.grade(place), pa.int16()) for place, name in enumerate(GRADES["ratings"])},
            "n_rated": pa.array(rated.n_rated),
            "n_at_severity": pa.array(rated.n_top),
            "operations": operations,
            "residual_severity": residual_columns(rated)["residual_severity"],
            **covered,
            "cover_anywhere": column(named(best, COVERS), pa.string()),
            "addressed_by": column(addressed, pa.list_(pa.string())),
            "priority_gap": column(is_gap(rated.grade(0), best)),
        }
    )
    found = found.take(pa.array(order(found)))
    return found.append_column("risk_order", pa.array(np.arange(1, len(found) + 1), pa.int64()))


def is_gap(severity: Ints, best: Ints) -> Flags:
    """Whether risks are priority gaps, by their severity and the best cover of any framework."""
    flags: Flags = (severity >= SERIOUS) & (best != ADDRESSED)
    return flags


def order(risks: pa.Table) -> Ints:
    """The order of risks: severity; irremediability; the share of ratings that are so severe; cover; likelihood; id.

    Cover is that of the framework in view, band by band: what has no figure comes first, then the lower band.
    """
    severity, irremediability, likelihood, n_rated, n_at_severity, shade = (
        _numbers(risks, name)
        for name in ("severity", "irremediability", "likelihood", "n_rated", "n_at_severity", "shade")
    )
    ids = np.array(risks["impact"].to_pylist(), dtype=np.str_)
    cover = np.nan_to_num(shade, nan=-1.0)
    return np.lexsort((ids, -likelihood, cover, -n_at_severity / n_rated, -irremediability, -severity))


def _numbers(table: pa.Table, name: str) -> Floats:
    values: Floats = table[name].to_numpy(zero_copy_only=False).astype(np.float64)
    return values
