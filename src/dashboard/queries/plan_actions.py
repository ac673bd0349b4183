"""Declares the questions about actions and targets, finds severe ratings without an action, and folds the targets."""

from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.gaps import JUDGED, PARTLY, judged_of
from dashboard.figures.grid import strings
from dashboard.figures.scores import BESIDE, Progress, next_ones, progress, round_end
from dashboard.figures.selection import Asked, column
from dashboard.queries.question import CHOSEN, Folded, Question


class PlanRow(TypedDict):
    """A row of `plan`."""

    action: str
    operation: str
    operation_title: str
    country: str
    criterion: str | None
    impact: str | None
    subject_text: str | None
    text: str
    owner_role: str | None
    due_on: date
    status: str
    priority: str
    effort: str | None
    cost: str | None
    cause: str | None
    live: bool
    overdue: bool
    unowned: bool


class PlanActionRow(TypedDict):
    """A row of `plan_action`."""

    operation: str
    operation_title: str
    round: str | None
    criterion: str | None
    impact: str | None
    text: str
    owner_role: str | None
    due_on: date


class ActionsOnRow(TypedDict):
    """A row of `actions_on`."""

    action: str
    operation: str
    operation_title: str
    subject: str
    owner_role: str | None
    due_on: date
    status: str
    live: bool
    overdue: bool


class PlanCriteriaRow(TypedDict):
    """A row of `plan_criteria`."""

    criterion: str
    text: str
    scale_no: int


class PlanGuidanceRow(TypedDict):
    """A row of `plan_guidance`."""

    guidance: str
    title: str
    first_step: str
    leads: str


class PlanLackingRow(TypedDict):
    """A row of `plan_lacking`."""

    criterion: str
    operation: str
    operation_title: str


class PlanOperationsRow(TypedDict):
    """A row of `plan_operations`."""

    operation: str
    operation_title: str
    need: float | None


class PlanSubjectRow(TypedDict):
    """A row of `plan_subject`."""

    code: str
    what: str
    text: str
    critical: bool
    evidence_hint: str | None
    severe: bool
    statuses: list[str]
    status_titles: list[str]
    leads: str | None


class GainsActionsRow(TypedDict):
    """A row of `gains_actions`."""

    action: str
    status: str
    action_text: str
    owner_role: str | None
    country: str
    operation: str
    operation_title: str
    area: str
    criterion: str
    text: str
    counts: bool
    was_title: str | None
    was_as: str | None
    expected_title: str | None
    becomes: str | None
    measure: str
    later_title: str | None
    measured: str | None
    measured_title: str | None
    measured_as: str | None
    outcome: str | None


PLAN = Question("plan", PlanRow)
ACTIONS_ON = Question("actions_on", ActionsOnRow)
PLAN_ACTION = Question("plan_action", PlanActionRow)
PLAN_CRITERIA = Question("plan_criteria", PlanCriteriaRow)
PLAN_GUIDANCE = Question("plan_guidance", PlanGuidanceRow)
PLAN_LACKING = Question("plan_lacking", PlanLackingRow)
PLAN_OPERATIONS = Question("plan_operations", PlanOperationsRow)
PLAN_SUBJECT = Question("plan_subject", PlanSubjectRow)
GAINS_ACTIONS = Question("gains_actions", GainsActionsRow)


class PlanUnplannedRow(TypedDict):
    """A row of `plan_unplanned`."""

    impact: str
    operation: str
    operation_title: str
    text: str
    setting_title: str
    judged: str


def plan_unplanned_answer(asked: Asked) -> pa.Table:
    """Which severe ratings have no action, neither on the risk nor on a criterion that addresses it? A row per rating.

    Severe gaps come first, then the others; each by irremediability, then by likelihood.

    With what each rating is judged to be.
    """
    found, judged = asked.rows("plan_severe"), judged_of(asked)
    places = [judged[pair] for pair in zip(*(found[one].to_pylist() for one in ("operation", "impact")), strict=True)]
    found = found.append_column("judged", column([JUDGED[place] for place in places], pa.string()))
    return found.take(pa.array(sorted(range(len(places)), key=lambda row: places[row] >= PARTLY), pa.int64()))


PLAN_UNPLANNED = Folded(
    "plan_unplanned",
    PlanUnplannedRow,
    plan_unplanned_answer,
    ("round", "countries", "impacts", "lang", "operation"),
    ("plan_severe", "rated", "impact_cards"),
)


class TargetsRow(TypedDict):
    """A row of `targets`."""

    kind: str
    area: str | None
    operation: str | None
    operation_title: str | None
    round: str | None
    owner_role: str | None
    note: str | None
    area_code: str | None
    area_title: str | None
    due_on: date
    target: int
    target_percent: float | None
    baseline_title: str
    baseline_percent: float
    target_expected: float | None
    target_today: float | None
    round_ends_on: date
    target_status: str
    beside: bool


def answer(asked: Asked) -> pa.Table:
    """Which figures have targets, and are they on track? A row per target of the framework in view.

    The figures are always whole: filters decide which targets are listed, not what they are compared with.

    Those of the group first, then by operation; respect before support, in the order of areas and days.
    """
    cube = asked.cube
    found = [one for one in progress(asked) if _kept(asked, one)]
    codes = {area.area: area.code for area in cube.areas}
    shown = next_ones(asked, found)
    set_as = {
        name: strings(one.row[name] for one in found)
        for name in (
            "kind",
            "area",
            "operation",
            "operation_title",
            "country",
            "round",
            "baseline",
            "owner_role",
            "note",
        )
    }
    begins = [one.baseline if one.baseline >= 0 else None for one in found]
    return pa.table(
        {
            **set_as,
            "area_code": strings(codes.get(one.row["area"] or "") for one in found),
            "area_title": strings(one.row["area"] and asked.title(one.row["area"]) for one in found),
            "due_on": column([one.row["due_on"] for one in found], pa.date32()),
            "target": column([one.row["target"] for one in found], pa.int16()),
            "target_percent": column(np.array([one.percent for one in found], np.float64)),
            "baseline_title": strings(None if place is None else cube.round_titles[place] for place in begins),
            "baseline_percent": column(np.array([one.baseline_percent for one in found], np.float64)),
            "target_expected": column(np.array([one.expected for one in found], np.float64)),
            "target_today": column(np.array([one.today for one in found], np.float64)),
            "round_ends_on": column([round_end(asked)] * len(found), pa.date32()),
            "target_status": strings(one.status for one in found),
            "beside": pa.array([one in shown for one in found], pa.bool_()),
        }
    )


TARGETS = Folded("targets", TargetsRow, answer, (*CHOSEN, "today"), BESIDE)


def _kept(asked: Asked, one: Progress) -> bool:
    """Whether the filters keep it, by country and by principle."""
    country = asked.cube.country_numbers.get(one.row["country"] or "")
    everywhere = country is None or bool(asked.countries[country])
    return everywhere and (not asked.given["areas"] or one.row["area"] in asked.given["areas"])
