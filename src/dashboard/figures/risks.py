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
from dashboard.figures.ratings import Rating, rated_risks
from dashboard.figures.read import named

SEVERE, SERIOUS = 4, 3
"""The two upper severities of four. A priority gap has one of them; what needs a decision has the first."""
SCHEMA = pa.schema(
    [
        ("impact", pa.string()), ("impact_position", pa.int64()), ("risk_area", pa.string()), ("setting", pa.string()),
        *((name, pa.list_(pa.string())) for name in ("age_groups", "groups", "stage")),
        ("basis", pa.string()), ("citation", pa.string()),
        *((name, pa.list_(pa.string())) for name in ("functions", "rights")),
        ("severity", pa.int16()), ("irremediability", pa.int16()), ("likelihood", pa.int16()),
        ("n_rated", pa.int64()), ("n_at_severity", pa.int64()), ("operations", pa.list_(pa.string())),
        ("residual_severity", pa.int16()),
    ]
)  # fmt: skip


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
    rated = _rated(asked)
    covered, kinds = cover_everywhere(asked, rated["impact"].to_pylist())
    best = kinds.min(axis=1, initial=NOT_ASKED)
    addressed = [[asked.cube.frameworks[place].title for place in np.flatnonzero(row == ADDRESSED)] for row in kinds]
    columns = {
        **covered,
        "cover_anywhere": column(named(best, COVERS), pa.string()),
        "addressed_by": column(addressed, pa.list_(pa.string())),
        "priority_gap": column(is_gap(rated["severity"].to_numpy(), best)),
    }
    for name, values in columns.items():
        rated = rated.append_column(name, values)
    rated = rated.take(pa.array(order(rated)))
    return rated.append_column("risk_order", pa.array(np.arange(1, len(rated) + 1), pa.int64()))


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


def _rated(asked: Asked) -> pa.Table:
    return pa.Table.from_pylist([_row(card, rating) for card, rating in rated_risks(asked)], SCHEMA)


def _row(card: Mapping[str, Any], rating: Rating) -> dict[str, Any]:
    return {
        **card,
        **dict(zip(("severity", "irremediability", "likelihood"), rating.grades, strict=True)),
        "n_rated": rating.n_rated,
        "n_at_severity": rating.n_at_severity,
        "operations": [title for _, title in rating.operations],
        "residual_severity": rating.residual and rating.residual[0],
    }
