"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class AnswersRow(TypedDict):
    """A row of `answers`."""

    area: str
    area_code: str
    criterion: str
    kind: str
    critical: bool
    reversed: bool
    text: str
    operation: str
    operation_title: str
    country: str
    country_title: str
    status: str
    status_title: str
    counts_as: str
    value: float | None
    evidence: int | None
    note: str | None
    answered_by_role: str | None
    answered_on: date | None
    na_reason: str | None
    age_months: int | None
    weight: float
    citation: str
    verification: str
    evidence_hint: str
    older_version: str | None
    older_text: str | None
    older_until: str | None
    mark: str | None
    reviewed_by_role: str | None
    inherited_title: str | None
    inherited_from: str | None


class HeardRow(TypedDict):
    """A row of `heard`."""

    round_title: str
    n_operations: int
    n_heard: int
    n_changed: int


class OperationAreasRow(TypedDict):
    """A row of `operation_areas`."""

    area: str
    area_code: str
    area_title: str
    kind: str
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    n_asked: float
    n_applicable: float
    n_answered: float
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float
    band: str | None
    band_title: str | None


class OperationImpactsRow(TypedDict):
    """A row of `operation_impacts`."""

    polarity: str
    n_impacts: int
    n_rated: int
    n_none_found: int
    n_not_rated: int


class OperationReadingRow(TypedDict):
    """A row of `operation_reading`."""

    round: str
    round_title: str
    position: int
    kind: str
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    coverage: float | None
    n_asked: float
    n_applicable: float
    n_answered: float
    n_not_applicable: float
    n_not_known: float
    n_critical_failed: float
    n_failed_before: float
    n_seen: float | None
    n_inherited: float | None
    band: str | None
    band_title: str | None


class OperationRisksRow(TypedDict):
    """A row of `operation_risks`."""

    impact: str
    text: str
    risk_area: str
    setting: str
    setting_title: str
    severity: int
    irremediability: int
    likelihood: int
    confidence: str | None
    basis: str
    rated_by_role: str | None
    rated_on: date | None
    age_months: int | None
    residual_severity: int | None
    residual_likelihood: int | None
    residual_basis: str | None
    judged: str
    because: list[str]
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    band_title: str | None
    n_answered: float | None
    n_applicable: float | None
    n_units: int
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_actions: int
    due_on: date | None


class ParticipationRow(TypedDict):
    """A row of `participation`."""

    record: str
    round: str
    operation: str
    operation_title: str
    country: str
    activity: str
    held_on: date | None
    age_groups: list[str]
    children: int | None
    girls: int | None
    boys: int | None
    children_with_disabilities: int | None
    out_of_school: int | None
    withheld: list[str]
    consent: str | None
    safeguarding_lead: str | None
    trained_partner: str | None
    fed_back: str | None
    changed: str | None
    what_changed: str | None
    evidence_ref: str | None
    note: str | None


ANSWERS = Question("answers", AnswersRow)
HEARD = Question("heard", HeardRow)
OPERATION_IMPACTS = Question("operation_impacts", OperationImpactsRow)
PARTICIPATION = Question("participation", ParticipationRow)
