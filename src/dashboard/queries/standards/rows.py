"""The rows of these questions, and those of them that are asked in SQL."""

from typing import TypedDict

from dashboard.queries.question import Question


class BesidePointsRow(TypedDict):
    """A row of `beside_points`."""

    instrument: str
    instrument_title: str
    point: str
    code: str
    text: str
    criteria: list[str]
    citation: str
    verification: str
    instrument_position: int
    position: int


class CriterionLinksRow(TypedDict):
    """A row of `criterion_links`."""

    framework_title: str
    criterion: str
    text: str
    strength: str
    basis: str


class CrosswalkRow(TypedDict):
    """A row of `crosswalk`."""

    row_code: str
    row_title: str
    row_position: int
    column_code: str
    column_title: str
    column_mark: str
    column_position: int
    strength: str | None
    basis: str | None
    n_criteria: int
    reading: str
    percent: float | None
    lowest: float | None
    highest: float | None
    low: float | None
    high: float | None
    n_units: int | None
    n_shown: int | None
    n_applicable: float | None
    n_answered: float | None
    n_not_applicable: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float | None
    n_failed_before: float | None
    n_seen: float | None
    shade: float | None
    band_title: str | None


class CrosswalkSidesRow(TypedDict):
    """A row of `crosswalk_sides`."""

    side: int
    framework: str
    framework_title: str
    criterion: str
    kind: str
    critical: bool
    text: str
    strength: str
    basis: str
    strong: list[str] | None
    weak: list[str] | None
    round: str
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


class EditionPairsRow(TypedDict):
    """A row of `edition_pairs`."""

    earlier: str
    earlier_title: str
    earlier_year: int
    earlier_held: str | None
    later: str
    later_title: str
    later_year: int
    later_held: str | None


class EditionsRow(TypedDict):
    """A row of `editions`."""

    relation: str
    earlier: str | None
    earlier_text: str | None
    earlier_area: str | None
    earlier_services: list[str] | None
    later: str | None
    later_text: str | None
    later_area: str | None
    later_services: list[str] | None
    area_code: str
    area_title: str
    was_as: str | None
    was_title: str | None
    was_value: float | None
    now_as: str | None
    now_title: str | None
    now_value: float | None


class FrameworkTitlesRow(TypedDict):
    """A row of `framework_titles`."""

    code: str
    title: str
    short: str


class InstrumentsRow(TypedDict):
    """A row of `instruments`."""

    instrument: str
    title: str
    short_title: str
    publisher: str
    years: str
    address: str
    text: str
    not_found: list[str]
    verification: str
    n_points: int
    n_to_verify: int


class RightCriteriaRow(TypedDict):
    """A row of `right_criteria`."""

    framework: str
    area_code: str
    criterion: str
    kind: str
    critical: bool
    text: str
    round: str
    articles: list[str]
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


class RightGapsRow(TypedDict):
    """A row of `right_gaps`."""

    framework: str
    place: int
    country: str
    country_title: str
    reading: str
    percent: float | None
    n_answered: float
    criterion: str
    text: str
    critical: bool
    n_full: float | None
    n_part: float | None
    n_nil: float | None


class RightTextRow(TypedDict):
    """A row of `right_text`."""

    theme: str
    title: str
    text: str
    named: bool
    articles: list[str] | None


class RightsRow(TypedDict):
    """A row of `rights`."""

    row_code: str
    row_title: str
    row_position: int
    named: bool
    column_code: str
    column_title: str
    column_mark: str
    column_position: int
    round: str
    round_title: str
    n_criteria: int
    n_of_kind: int
    n_critical: int
    reading: str
    percent: float | None
    lowest: float | None
    highest: float | None
    low: float | None
    high: float | None
    one_step: float | None
    n_units: int | None
    n_shown: int | None
    n_applicable: float | None
    n_answered: float | None
    n_not_applicable: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float | None
    n_failed_before: float | None
    n_seen: float | None
    coverage: float | None
    shade: float | None
    band_title: str | None
    strength: str
    basis: str
    asks: list[str]


class StandardRow(TypedDict):
    """A row of `standard`."""

    area: str
    area_code: str
    area_title: str
    area_text: str
    criterion: str
    text: str
    partly: str | None
    evidence_hint: str
    kind: str
    level: str
    weight: float
    critical: bool
    added: str | None
    since: str | None
    services: list[str]
    reversed: bool
    answered_with: list[str] | None
    citation: str
    verification: str
    same_as: str | None
    rights: list[str] | None
    articles: list[str] | None
    risk_areas: list[str] | None
    functions: list[str] | None
    settings: list[str] | None
    n_asked: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_not_applicable: float | None
    n_not_known: float | None
    n_unanswered: float | None


class StandardAboutRow(TypedDict):
    """A row of `standard_about`."""

    framework: str
    title: str
    short_title: str
    publisher: str
    year: int
    edition: str | None
    version: str
    address: str
    licence_note: str
    held_in_part: str | None
    earlier_title: str | None
    n_areas: int
    n_criteria: int
    n_respect: int
    n_support: int
    n_critical: int
    n_to_verify: int
    n_confirmed: int
    n_own_reading: int


class StandardAreasRow(TypedDict):
    """A row of `standard_areas`."""

    area: str
    kind: str
    round: str
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    n_units: int
    n_shown: int
    n_answered: float
    n_applicable: float
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float
    n_failed_before: float
    shade: float | None
    band_title: str | None


class TensionsRow(TypedDict):
    """A row of `tensions`."""

    tension: str
    title: str
    text: str
    question: str
    one: str
    one_title: str
    other: str
    other_title: str
    criteria: list[str]
    basis: str
    citation: str


class UncoveredRow(TypedDict):
    """A row of `uncovered`."""

    what: str
    of: str | None
    code: str
    title: str
    position: int


BESIDE_POINTS = Question("beside_points", BesidePointsRow)
CRITERION_LINKS = Question("criterion_links", CriterionLinksRow)
EDITION_PAIRS = Question("edition_pairs", EditionPairsRow)
EDITIONS = Question("editions", EditionsRow)
FRAMEWORK_TITLES = Question("framework_titles", FrameworkTitlesRow)
INSTRUMENTS = Question("instruments", InstrumentsRow)
RIGHT_TEXT = Question("right_text", RightTextRow)
STANDARD_ABOUT = Question("standard_about", StandardAboutRow)
TENSIONS = Question("tensions", TensionsRow)
UNCOVERED = Question("uncovered", UncoveredRow)
