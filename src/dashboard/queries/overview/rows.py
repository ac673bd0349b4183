"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class AnswerAgesRow(TypedDict):
    """A row of `answer_ages`."""

    first_answered_on: date | None
    last_answered_on: date | None
    oldest_months: int | None
    newest_months: int | None


class AreasRow(TypedDict):
    """A row of `areas`."""

    area: str
    area_code: str
    area_title: str
    kind: str
    mean: float | None
    lowest: float | None
    highest: float | None
    low: float | None
    high: float | None
    one_step: float | None
    n_shown: int
    n_countries: int
    n_answered: float
    n_applicable: float
    n_critical_failed: float
    n_failed_before: float
    band: str | None
    band_title: str | None
    target: int | None
    target_due: str | None
    target_expected: float | None
    target_round_end: str | None
    target_today: float | None
    target_status: str | None


class DecisionsRow(TypedDict):
    """A row of `decisions`."""

    kind: str
    subject: str
    text: str
    gap: str | None
    framework: str | None
    countries: list[str]
    n: int
    n_gaps: int
    risks: list[str]
    impacts: list[str]
    also: list[str]
    n_before: int
    n_not_answered: int
    n_nothing: int
    n_either: int
    n_acted: int
    n_overdue: int
    overdue: list[str]
    due_on: date | None
    owner_role: str | None
    action: str | None


class ExposuresRow(TypedDict):
    """A row of `exposures`."""

    risk_area: str
    risk_area_title: str
    severity: int
    most_severe: str
    n_at_severity: int
    n_rated: int
    reading: str
    percent: float | None
    coverage: float | None
    n_answered: float | None
    n_applicable: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    band: str | None
    band_title: str | None


class HeadlineRow(TypedDict):
    """A row of `headline`."""

    kind: str
    mean: float | None
    lowest: float | None
    median: float | None
    highest: float | None
    low: float | None
    high: float | None
    n_shown: int | None
    n_too_few: int | None
    n_countries: int | None
    n_applicable: float | None
    n_answered: float | None
    n_not_applicable: float | None
    n_not_known: float | None
    n_unanswered: float | None
    n_asked: float | None
    n_critical_failed: float | None
    n_seen: float | None
    coverage: float | None
    band: str | None
    n_failed_before: float
    change: float | None
    n_matched: float
    n_countries_matched: int
    group_percent: float | None
    group_n_answered: float | None


class HeadlineRoundsRow(TypedDict):
    """A row of `headline_rounds`."""

    round: str
    round_title: str
    kind: str
    mean: float | None
    lowest: float | None
    median: float | None
    highest: float | None
    low: float | None
    high: float | None
    n_shown: int | None
    n_too_few: int | None
    n_countries: int | None
    n_applicable: float | None
    n_answered: float | None
    n_not_applicable: float | None
    n_not_known: float | None
    n_unanswered: float | None
    n_asked: float | None
    n_critical_failed: float | None
    n_seen: float | None
    coverage: float | None
    band: str | None


ANSWER_AGES = Question("answer_ages", AnswerAgesRow)
