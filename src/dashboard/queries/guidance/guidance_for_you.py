"""Which guidance fits what is not in place within the filters, and why? A row per item.

Among its criteria of the framework that have answers that are not in place, or that failed earlier and have had no
answer since, the strongest reason is named: a failed critical criterion first, whether or not it fell silent, then the
most severe rated risk that the criterion affects, then how much is not in place (partly counts half), then the smaller
effort.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.criteria import about, answered, missing, sums_of
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.fold import Sums
from dashboard.figures.ratings import BESIDE
from dashboard.queries.guidance.at_stake import Stake, at_stake
from dashboard.queries.question import READ, Folded


class GuidanceForYouRow(TypedDict):
    """A row of `guidance_for_you`."""

    guidance: str
    title: str
    step: str
    function_title: str
    criterion: str
    critical: bool
    n_answered: float
    n_nil: float
    n_part: float
    n_failed_before: float
    critical_failed: bool
    missing: float
    impact: str | None
    severity: int
    countries: list[str] | None
    text: str
    risk: str | None
    turn: int


@dataclass(frozen=True)
class Reason:
    """Why an item fits: the first among its criteria that have answers not in place, or failed and fell silent."""

    item: Mapping[str, Any]
    position: int
    """The place of the item among all items."""
    place: int
    """The place of the criterion among those of the item."""
    criterion: int
    weight: tuple[float, ...]
    """Sorts ascending."""
    n_weak: int


def answer(asked: Asked) -> pa.Table:
    """Only the items that help with something in the framework and the round in view."""
    rows = asked.chosen(asked.in_view & asked.criteria, asked.countries)
    sums = sums_of(asked, with_failed_before(asked, rows))
    stakes = at_stake(asked)
    found = sorted(
        _reasons(asked, sums, stakes), key=lambda one: (*one.weight, one.item["effort"], one.place, one.position)
    )
    criteria = np.array([one.criterion for one in found], np.intp)
    risks = [stakes.get(one.criterion) for one in found]
    return pa.table(
        {
            **_item(asked, [one.item for one in found]),
            **_why(asked, sums, criteria, risks),
            "n_weak": pa.array([one.n_weak for one in found], pa.int64()),
            **about(asked, criteria, ("text",)),
            "risk": strings(asked.text(risk.impact) if risk else None for risk in risks),
            "turn": pa.array(_turns(found), pa.int64()),
        }
    )


GUIDANCE_FOR_YOU = Folded(
    "guidance_for_you", GuidanceForYouRow, answer, (*READ, "impacts"), ("guidance_items", *BESIDE)
)


def _reasons(asked: Asked, sums: Sums, stakes: Mapping[int, Stake]) -> Iterable[Reason]:
    lacking, failed = missing(sums).tolist(), (_failed(sums) > 0).tolist()
    numbers = asked.cube.criterion_numbers

    def weight(number: int) -> tuple[float, ...]:
        return (-failed[number], -stakes[number].severity if number in stakes else 0, -lacking[number])

    for position, item in enumerate(asked.rows("guidance_items").to_pylist()):
        places = [(place, numbers[code]) for place, code in enumerate(item["criteria"]) if code in numbers]
        weak = [(weight(number), place, number) for place, number in places if lacking[number] > 0 or failed[number]]
        if weak:
            first, place, number = min(weak)
            yield Reason(item, position, place, number, first, len(weak))


def _failed(sums: Sums) -> Floats:
    return sums["n_critical_failed"] + sums[BEFORE]


def _item(asked: Asked, items: Sequence[Mapping[str, Any]]) -> dict[str, pa.Array]:
    return {
        "guidance": strings(item["guidance"] for item in items),
        "title": strings(asked.title(item["guidance"]) for item in items),
        "step": strings(item["step"] for item in items),
        "effort": pa.array([item["effort"] for item in items], pa.int32()),
        "function_title": strings(asked.title(item["function"]) for item in items),
    }


def _why(asked: Asked, sums: Sums, criteria: Ints, risks: Sequence[Stake | None]) -> dict[str, pa.Array]:
    return {
        **about(asked, criteria, ("criterion", "critical")),
        **answered(sums, criteria, ("n_answered", "n_nil", "n_part", BEFORE)),
        "critical_failed": pa.array(_failed(sums)[criteria] > 0),
        "missing": column(missing(sums)[criteria]),
        "impact": strings(risk.impact if risk else None for risk in risks),
        "severity": pa.array([risk.severity if risk else 0 for risk in risks], pa.int16()),
        "countries": pa.array([risk.countries if risk else None for risk in risks], pa.list_(pa.string())),
    }


def _turns(found: Sequence[Reason]) -> list[int]:
    """The place of each item among those shown for the same criterion, from 1: the smallest effort first."""
    order = sorted(range(len(found)), key=lambda at: (found[at].item["effort"], found[at].place, found[at].position))
    turns, last = [0] * len(found), dict.fromkeys((one.criterion for one in found), 0)
    for at in order:
        last[found[at].criterion] += 1
        turns[at] = last[found[at].criterion]
    return turns
