"""Declares the questions about actions, and finds the severe ratings that have none."""

from datetime import date
from typing import TypedDict

import pyarrow as pa

from dashboard.figures.gaps import JUDGED, PARTLY, judged_of
from dashboard.figures.selection import Asked, column
from dashboard.queries.question import Folded, Question


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
