"""Matches guidance with what is not in place within the filters, and says why each item fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import about, answered, known_places, missing, sums_of
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.fold import Sums
from dashboard.figures.grid import NO_CELLS, strings
from dashboard.figures.ratings import BESIDE, cards, ratings
from dashboard.figures.selection import Asked, column
from dashboard.queries.question import READ, Folded, Question


class CasesNowhereRow(TypedDict):
    """A row of `cases_nowhere`."""

    n_all: int
    n_nowhere: int


class GuidanceListRow(TypedDict):
    """A row of `guidance_list`."""

    guidance: str
    title: str
    step: str
    functions: list[str]
    settings: list[str] | None


CASES_NOWHERE = Question("cases_nowhere", CasesNowhereRow)
GUIDANCE_LIST = Question("guidance_list", GuidanceListRow)


@dataclass(frozen=True)
class Stake:
    """A rated risk: its highest severity within the filters, from 1 to 4, and the countries that rated it so."""

    impact: str
    severity: int
    irremediability: int
    """The highest among the ratings with that severity; it decides between risks of equal severity."""
    countries: tuple[str, ...]


def at_stake(asked: Asked) -> Mapping[int, Stake]:
    """By the place of the criterion."""
    cells = asked.cube.cells.get("impact", NO_CELLS)
    stakes = sorted(_graded(asked), key=lambda one: (-one.severity, -one.irremediability))
    rank = {stake.impact: place for place, stake in enumerate(stakes)}
    found: dict[int, int] = {}
    for criterion, cell in zip(cells.criterion.tolist(), cells.cell.tolist(), strict=True):
        place = rank.get(cells.rows[cell], len(stakes))
        found[criterion] = min(place, found.get(criterion, place))
    return {criterion: stakes[place] for criterion, place in found.items() if place < len(stakes)}


def _graded(asked: Asked) -> Iterable[Stake]:
    """The risks rated within the filters, in the order of impacts."""
    found = ratings(asked)
    together = found.together(found.impact)
    tops = dict(zip(together.impact.tolist(), together.grade(0).tolist(), strict=True))
    top = np.zeros(len(cards(asked).codes), np.intp)
    top[together.impact] = together.grade(0)
    most = found.take(found.grade(0) == top[found.impact])
    for impact, severity in tops.items():
        own = most.take(most.impact == impact)
        named = tuple(asked.in_order({asked.cube.country_titles[place] for place in own.country}))
        yield Stake(cards(asked).codes[impact], severity, int(own.grade(1).max()), named)


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
class GuidanceReason:
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


def guidance_for_you_answer(asked: Asked) -> pa.Table:
    """Which guidance fits what is not in place within the filters, and why? A row per item.

    Among its criteria of the framework that have answers that are not in place, or that failed earlier and have had no
    answer since, the strongest reason is named: a failed critical criterion first, whether or not it fell silent, then
    the most severe rated risk that the criterion affects, then how much is not in place (partly counts half), then the
    smaller effort.

    Only the items that help with something in the framework and the round in view.
    """
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
    "guidance_for_you", GuidanceForYouRow, guidance_for_you_answer, (*READ, "impacts"), ("guidance_items", *BESIDE)
)


def _reasons(asked: Asked, sums: Sums, stakes: Mapping[int, Stake]) -> Iterable[GuidanceReason]:
    lacking, failed = missing(sums).tolist(), (_failed(sums) > 0).tolist()
    numbers = asked.cube.criterion_numbers

    def weight(number: int) -> tuple[float, ...]:
        return (-failed[number], -stakes[number].severity if number in stakes else 0, -lacking[number])

    for position, item in enumerate(asked.rows("guidance_items").to_pylist()):
        places = [(place, numbers[code]) for place, code in enumerate(item["criteria"]) if code in numbers]
        weak = [(weight(number), place, number) for place, number in places if lacking[number] > 0 or failed[number]]
        if weak:
            first, place, number = min(weak)
            yield GuidanceReason(item, position, place, number, first, len(weak))


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


def _turns(found: Sequence[GuidanceReason]) -> list[int]:
    """The place of each item among those shown for the same criterion, from 1: the smallest effort first."""
    order = sorted(range(len(found)), key=lambda at: (found[at].item["effort"], found[at].place, found[at].position))
    turns, last = [0] * len(found), dict.fromkeys((one.criterion for one in found), 0)
    for at in order:
        last[found[at].criterion] += 1
        turns[at] = last[found[at].criterion]
    return turns


class GuidanceCriteriaRow(TypedDict):
    """A row of `guidance_criteria`."""

    framework: str
    framework_title: str
    criterion: str
    text: str
    round_title: str | None
    other_round: bool | None
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_unanswered: float


def guidance_criteria_answer(asked: Asked) -> pa.Table:
    """Which criteria does one piece of guidance help to put in place, and what do the selected countries answer?

    The framework in view first. Others are read in their nearest round; without one, the answers are null.
    """
    cube = asked.cube
    criteria = known_places(cube, asked.rows("guidance_helps")["criterion"].to_pylist())
    criteria = criteria[np.argsort(~asked.in_view[criteria], kind="stable")]
    every = np.ones(len(cube.criteria), bool)
    sums = sums_of(asked, asked.chosen_as_read(every, asked.countries))
    rounds = about(asked, criteria, ("round",))["round"].to_pylist()
    other = [None if code is None else code != asked.given["round"] for code in rounds]
    return pa.table(
        {
            **about(asked, criteria, ("framework", "framework_title", "criterion", "text", "critical", "round_title")),
            "other_round": pa.array(other, pa.bool_()),
            **answered(sums, criteria),
        }
    )


GUIDANCE_CRITERIA = Folded(
    "guidance_criteria", GuidanceCriteriaRow, guidance_criteria_answer, READ, ("guidance_helps",)
)


class GuidanceStandRow(TypedDict):
    """A row of `guidance_stand`."""

    n_guidance: int
    n_criteria: int
    n_weak: int
    n_only_before: int


def guidance_stand_answer(asked: Asked) -> pa.Table:
    """How much guidance is there, and how much of what was answered within the filters is not in place? One row.

    Counts criteria of the framework and the round in view.
    """
    rows = asked.chosen(asked.in_view & asked.criteria, asked.countries)
    sums = sums_of(asked, with_failed_before(asked, rows))
    weak = sums["n_nil"] + sums["n_part"]
    counts = {
        "n_criteria": sums["n_answered"],
        "n_weak": weak,
        "n_only_before": np.where(weak > 0, 0, sums[BEFORE]),
        "n_critical_failed": sums["n_critical_failed"],
    }
    counted = {name: pa.array([np.count_nonzero(values > 0)], pa.int64()) for name, values in counts.items()}
    return pa.table({"n_guidance": asked.rows("guidance_count")["n_guidance"], **counted})


GUIDANCE_STAND = Folded("guidance_stand", GuidanceStandRow, guidance_stand_answer, READ, ("guidance_count",))
