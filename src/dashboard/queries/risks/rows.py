"""The rows of these questions, and those of them that are asked in SQL."""

from typing import TypedDict

from dashboard.queries.question import Question


class ContextRow(TypedDict):
    """A row of `context`."""

    indicator: str
    title: str
    unit: str
    value: str | None
    year: int | None
    publisher: str | None
    dataset: str | None
    licence: str | None
    note: str | None
    limit_years: int
    computed: bool
    state: str


class CoveredRisksRow(TypedDict):
    """A row of `covered_risks`."""

    impact: str
    impact_position: int
    risk_area: str
    setting: str
    age_groups: list[str]
    groups: list[str]
    stage: list[str]
    basis: str
    citation: str | None
    functions: list[str]
    rights: list[str]
    severity: int
    irremediability: int
    likelihood: int
    n_rated: int
    n_at_severity: int
    operations: list[str]
    residual_severity: int | None
    n_residual: int
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    shade: float | None
    band_title: str | None
    coverage: float | None
    n_answered: float | None
    n_applicable: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float | None
    n_units: int | None
    n_severe_gaps: int
    n_gaps: int
    n_partly: int
    gap_countries: list[str]
    rated_countries: list[str]
    gap_operations: list[str]
    gap_reasons: list[str]
    risk_order: int


class IndicatorsRow(TypedDict):
    """A row of `indicators`."""

    indicator: str
    indicator_title: str
    unit: str
    computed: bool
    numeric: bool
    n_countries: int
    n_current: int
    n_of: int


class OpportunityListRow(TypedDict):
    """A row of `opportunity_list`."""

    impact: str
    text: str
    risk_area: str
    risk_area_title: str
    setting: str
    setting_title: str
    need: int
    reach: int
    feasibility: int
    n_rated: int
    operations: list[str]
    touches: list[str] | None
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    shade: float | None
    band_title: str | None
    n_answered: float | None
    n_applicable: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_units: int | None


class PlacesRow(TypedDict):
    """A row of `places`."""

    country: str
    country_title: str
    region: str
    n_operations: int
    operations: str
    country_position: int
    indicator_title: str | None
    unit: str | None
    value: str | None
    number: float | None
    year: int | None
    publisher: str | None
    dataset: str | None
    computed: bool | None
    lowest: float | None
    highest: float | None
    state: str
    at: float | None
    severity: int | None
    n_rated: int | None
    n_at_severity: int | None
    most_severe: str | None
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    coverage: float | None
    cover: str | None
    coverage_limit: float | None
    n_applicable: float | None
    n_answered: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_seen: float | None
    n_critical_failed: float | None
    band: str | None
    band_title: str | None


class RiskChecksRow(TypedDict):
    """A row of `risk_checks`."""

    doubt: str
    operation: str
    operation_title: str
    impact: str
    text: str
    severity: int
    likelihood: int
    residual_severity: int | None
    residual_likelihood: int | None
    residual_basis: str | None
    n_doubt: int


class RiskListRow(TypedDict):
    """A row of `risk_list`."""

    impact: str
    impact_position: int
    risk_area: str
    setting: str
    age_groups: list[str]
    groups: list[str]
    stage: list[str]
    basis: str
    citation: str | None
    functions: list[str] | None
    severity: int
    irremediability: int
    likelihood: int
    n_rated: int
    n_at_severity: int
    operations: list[str]
    residual_severity: int | None
    n_residual: int
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    shade: float | None
    band_title: str | None
    coverage: float | None
    n_answered: float | None
    n_applicable: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float | None
    n_units: int | None
    n_severe_gaps: int
    n_gaps: int
    n_partly: int
    gap_countries: list[str]
    rated_countries: list[str]
    gap_operations: list[str]
    gap_reasons: list[str]
    risk_order: int
    text: str
    risk_area_title: str
    setting_title: str
    n_actions: int


class RiskLoweredRow(TypedDict):
    """A row of `risk_lowered`."""

    impact: str
    text: str
    severity: int
    likelihood: int
    residual_severity: int
    residual_likelihood: int
    residual_basis: str
    criterion: str
    status_title: str
    counts_as: str
    value: float | None
    evidence: int | None
    best_value: float


class RiskMapRow(TypedDict):
    """A row of `risk_map`."""

    setting: str
    setting_title: str
    setting_position: int
    risk_area: str
    risk_area_title: str
    risk_area_position: int
    polarity: str
    grade: int | None
    n_impacts: int
    n_rated: int
    n_none_found: int
    state: str


class RiskPictureRow(TypedDict):
    """A row of `risk_picture`."""

    impact: str
    text: str
    setting: str
    setting_title: str
    risk_area: str
    severity: int
    likelihood: int
    irremediability: int
    residual_severity: int | None
    residual_likelihood: int | None
    at_severity: int
    at_likelihood: int
    rated_again: bool
    lowered: bool
    confidence: str | None
    basis: str
    rated_by_role: str | None


class RiskRightsRow(TypedDict):
    """A row of `risk_rights`."""

    theme: str
    title: str
    named: bool
    position: int
    n_risks: int
    severity: int | None
    n_severe: int
    most_severe: str | None
    n_severe_gaps: int
    n_gap_risks: int
    n_openings: int
    need: int | None
    most_needed: str | None
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    shade: float | None
    band_title: str | None
    n_answered: float | None
    n_applicable: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_units: int | None


class RiskTensionsRow(TypedDict):
    """A row of `risk_tensions`."""

    tension: str
    title: str
    text: str
    question: str
    one_title: str
    other_title: str
    criteria: list[str]
    citation: str
    basis: str


class SettingAdviceRow(TypedDict):
    """A row of `setting_advice`."""

    what: str
    code: str
    title: str
    word: str
    position: int


class SettingCriteriaRow(TypedDict):
    """A row of `setting_criteria`."""

    area_code: str
    criterion: str
    critical: bool
    text: str
    applies: bool
    n_risks: int
    n_openings: int
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


class SettingOpeningsRow(TypedDict):
    """A row of `setting_openings`."""

    impact: str
    polarity: str
    text: str
    risk_area: str
    risk_area_title: str
    age_groups: list[str]
    groups: list[str]
    stage: list[str]
    state: str
    n_operations: int
    n_rated: int
    n_none_found: int
    n_not_rated: int
    need: int | None
    reach: int | None
    feasibility: int | None
    most_needed_in: list[str] | None
    touches: list[str] | None


class SettingRisksRow(TypedDict):
    """A row of `setting_risks`."""

    impact: str
    polarity: str
    text: str
    risk_area: str
    risk_area_title: str
    age_groups: list[str]
    groups: list[str]
    stage: list[str]
    state: str
    n_operations: int
    n_rated: int
    n_none_found: int
    n_not_rated: int
    severity: int | None
    likelihood: int | None
    n_at_severity: int | None
    at_severity_in: list[str] | None
    n_residual: int | None
    residual_severity: int | None
    residual_likelihood: int | None
    reading: str | None
    percent: float | None
    low: float | None
    high: float | None
    band_title: str | None
    n_answered: float | None
    n_applicable: float | None
    n_units: int | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_gaps: int | None
    n_severe_gaps: int | None
    gap_operations: list[str] | None
    gap_reasons: list[str] | None


class SettingsRow(TypedDict):
    """A row of `settings`."""

    setting: str
    setting_title: str
    first_question: str
    exposed: str
    services: list[str]
    functions: list[str] | None
    n_operations: int
    operations: list[str] | None
    n_chosen: int


CONTEXT = Question("context", ContextRow)
INDICATORS = Question("indicators", IndicatorsRow)
RISK_LOWERED = Question("risk_lowered", RiskLoweredRow)
RISK_MAP = Question("risk_map", RiskMapRow)
RISK_PICTURE = Question("risk_picture", RiskPictureRow)
RISK_TENSIONS = Question("risk_tensions", RiskTensionsRow)
SETTING_ADVICE = Question("setting_advice", SettingAdviceRow)
SETTING_OPENINGS = Question("setting_openings", SettingOpeningsRow)
SETTINGS = Question("settings", SettingsRow)
