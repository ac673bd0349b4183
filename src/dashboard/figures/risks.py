"""What is a severe risk, a serious one, a priority gap, and how are risks ordered? This is the only definition.

A risk is an impact that was rated; a rating belongs to one operation. A priority gap is a risk of severity 3 or 4 that
no standard the operations answer addresses: cover is weak, not answered or not asked in all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.asked import Asked, column
from dashboard.figures.cover import ADDRESSED, COVERS, NOT_ASKED, cover_everywhere
from dashboard.figures.cube import Flags, Floats, Ints
from dashboard.figures.ratings import GRADES, cards, of_impacts, residual_columns, told
from dashboard.figures.read import named

SEVERE, SERIOUS = 4, 3
"""The two upper severities of four. A priority gap has one of them; only severe ones need a decision."""
TOLD = (
    "impact", "impact_position", "risk_area", "setting", "age_groups", "groups", "stage", "basis", "citation",
    "functions", "rights",
)  # fmt: skip
"""What is said about the impact itself."""
OF_RISK = ("impact", "risk_area", "rights", "severity", "n_rated", "n_at_severity", "priority_gap")
"""What most questions need of a risk; no figure from answers, which may have to be withheld."""
BESIDE = ("covered_risks",)
"""The question whose table other questions about risks build on."""


@dataclass(frozen=True)
class Gaps:
    """How many priority gaps there are, and how many of them are severe. The two are always given together."""

    n: int
    n_severe: int


def gaps_in(risks: Iterable[Mapping[str, Any]]) -> Gaps:
    """The priority gaps among some risks."""
    severities = [row["severity"] for row in risks if row["priority_gap"]]
    return Gaps(len(severities), severities.count(SEVERE))


def covered_risks(asked: Asked) -> pa.Table:
    """The risks rated within the filters, in order, each with its cover in the framework in view and in all frameworks.

    `cover_kind` is for the framework in view, `cover_anywhere` the best of all; `addressed_by` names the frameworks
    that address the risk. Each framework is read in its own round. No risk depends on another, so that all of them are
    calculated once, and another choice of risks only takes its own.
    """
    every = _every(asked).table
    chosen = every.filter(pc.is_in(every["impact"], pa.array(asked.given["impacts"], pa.string())))
    return chosen.append_column("risk_order", pa.array(np.arange(1, len(chosen) + 1), pa.int64()))


def ranked(asked: Asked) -> list[Mapping[str, Any]]:
    """The same risks in the same order, with only `OF_RISK` of each: the quick way to them."""
    chosen = set(asked.given["impacts"])
    return [row for row in _every(asked).rows if row["impact"] in chosen]


@dataclass(frozen=True, eq=False)
class _Every:
    """Every rated risk, whatever the filter of risks."""

    table: pa.Table

    @cached_property
    def rows(self) -> list[Mapping[str, Any]]:
        rows: list[Mapping[str, Any]] = self.table.select(OF_RISK).to_pylist()
        return rows


def _every(asked: Asked) -> _Every:
    given = asked.given
    key = ("risks", given["framework"], given["round"], tuple(given["countries"]))
    every: _Every = asked.once_of_sums(key, lambda: _Every(_every_risk(asked)))
    return every


def _every_risk(asked: Asked) -> pa.Table:
    """The same whatever the filter of risks, without the numbers of their order."""
    asked = replace(asked, given={**asked.given, "impacts": cards(asked).codes})
    rated, operations = of_impacts(asked)
    impacts = [cards(asked).codes[place] for place in rated.impact]
    covered, levels, kinds = cover_everywhere(asked, impacts)
    best = kinds.min(axis=1, initial=NOT_ASKED)
    titles = [one.title for one in asked.cube.frameworks]
    addressed = [[titles[at] for at, kind in enumerate(row) if kind == ADDRESSED] for row in kinds.tolist()]
    covered = {
        **covered,
        "cover_anywhere": column(named(best, COVERS), pa.string()),
        "addressed_by": column(addressed, pa.list_(pa.string())),
        "priority_gap": column(is_gap(rated.grade(0), best)),
    }
    grades = {name: pa.array(rated.grade(place), pa.int16()) for place, name in enumerate(GRADES["ratings"])}
    rows = {"impact": impacts, **grades, "n_rated": rated.n_rated, "n_at_severity": rated.n_top}
    places = order(pa.table({**rows, "level": levels}))
    rated, taken = rated.take(places), pa.array(places)
    return pa.table(
        {
            **told(asked, rated, TOLD),
            **{name: values.take(taken) for name, values in grades.items()},
            "n_rated": pa.array(rated.n_rated),
            "n_at_severity": pa.array(rated.n_top),
            "operations": operations.take(taken),
            "residual_severity": residual_columns(rated)["residual_severity"],
            "n_residual": pa.array(rated.n_residual),
            **{name: values.take(taken) for name, values in covered.items()},
        }
    )


def is_gap(severity: Ints, best: Ints) -> Flags:
    """Whether risks are priority gaps, from their severity and the best cover in any framework."""
    flags: Flags = (severity >= SERIOUS) & (best != ADDRESSED)
    return flags


def order(risks: pa.Table) -> Ints:
    """The order of risks: severity; irremediability; the share of ratings that severe; cover; likelihood; id.

    Cover is that of the framework in view, by band: risks without a figure come first, then the lower band.
    """
    severity, irremediability, likelihood, n_rated, n_at_severity, level = (
        _numbers(risks, name)
        for name in ("severity", "irremediability", "likelihood", "n_rated", "n_at_severity", "level")
    )
    ids = np.array(risks["impact"].to_pylist(), dtype=np.str_)
    cover = np.nan_to_num(level, nan=-1.0)
    return np.lexsort((ids, -likelihood, cover, -n_at_severity / n_rated, -irremediability, -severity))


def _numbers(table: pa.Table, name: str) -> Floats:
    values: Floats = table[name].to_numpy(zero_copy_only=False).astype(np.float64)
    return values
