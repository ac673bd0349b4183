"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class GainsRow(TypedDict):
    """A row of `gains`."""

    country: str
    country_title: str
    area: str
    area_code: str | None
    area_title: str
    reading: str
    n_answered: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_countries: int
    percent: float | None
    low: float | None
    high: float | None
    gain: float | None
    band: str | None
    band_title: str | None


class GainsActionsRow(TypedDict):
    """A row of `gains_actions`."""

    action: str
    status: str
    action_text: str
    owner_role: str | None
    due_on: date
    country: str
    country_title: str
    operation: str
    operation_title: str
    area: str
    criterion: str
    text: str
    counts: bool
    asked: bool
    was_title: str | None
    was_as: str | None
    was_value: float | None
    expected_title: str | None
    expected_value: float | None
    becomes: str | None
    measure: str
    later_title: str | None
    measured: str | None
    measured_title: str | None
    measured_as: str | None
    measured_value: float | None
    outcome: str | None


class NextBestRow(TypedDict):
    """A row of `next_best`."""

    criterion: str
    text: str
    critical: bool
    reversed: bool
    parts: list[str]
    part_weights: list[str]
    weight: float
    coverage_limit: float
    counts_as: str
    value: float | None
    status_title: str
    best_status: str
    best_value: float
    severity: int | None
    gravity: int
    guidance: str | None
    step: str | None
    effort: int
    planned_by: date | None


class PlanRow(TypedDict):
    """A row of `plan`."""

    action: str
    operation: str
    operation_title: str
    country: str
    round: str | None
    criterion: str | None
    impact: str | None
    subject_text: str | None
    text: str
    owner_role: str | None
    due_on: date
    status: str
    priority: str
    reason: str | None
    expected_status: str | None
    effort: str | None
    cost: str | None
    cause: str | None
    live: bool
    overdue: bool
    unowned: bool


class PlanActionRow(TypedDict):
    """A row of `plan_action`."""

    action: str
    operation: str
    operation_title: str
    country: str
    round: str | None
    criterion: str | None
    impact: str | None
    text: str
    owner_role: str | None
    due_on: date
    status: str
    priority: str
    reason: str | None
    expected_status: str | None
    effort: str | None
    cost: str | None
    cause: str | None


class PlanCriteriaRow(TypedDict):
    """A row of `plan_criteria`."""

    criterion: str
    text: str
    scale_no: int


class PlanGuidanceRow(TypedDict):
    """A row of `plan_guidance`."""

    guidance: str
    title: str
    step: str
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


class PlanUnplannedRow(TypedDict):
    """A row of `plan_unplanned`."""

    impact: str
    operation: str
    operation_title: str
    text: str
    setting_title: str
    severity: int
    likelihood: int
    judged: str


class TargetsRow(TypedDict):
    """A row of `targets`."""

    kind: str
    area: str | None
    operation: str | None
    operation_title: str | None
    country: str | None
    round: str | None
    baseline: str | None
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


GAINS_ACTIONS = Question("gains_actions", GainsActionsRow)
PLAN = Question("plan", PlanRow)
PLAN_ACTION = Question("plan_action", PlanActionRow)
PLAN_CRITERIA = Question("plan_criteria", PlanCriteriaRow)
PLAN_GUIDANCE = Question("plan_guidance", PlanGuidanceRow)
PLAN_LACKING = Question("plan_lacking", PlanLackingRow)
PLAN_OPERATIONS = Question("plan_operations", PlanOperationsRow)
PLAN_SUBJECT = Question("plan_subject", PlanSubjectRow)
