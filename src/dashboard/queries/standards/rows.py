"""What do the rows of these questions hold, as DuckDB describes them? Made by `make rows`, never by hand."""

from typing import TypedDict


class CriterionLinksRow(TypedDict):
    """A row of `criterion_links`."""

    framework_title: str
    criterion: str
    text: str
    strength: str
    basis: str


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
    later: str
    later_title: str
    later_year: int


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


class RightTextRow(TypedDict):
    """A row of `right_text`."""

    theme: str
    title: str
    text: str
    named: bool
    articles: list[str] | None


class SpeakingRow(TypedDict):
    """A row of `speaking`."""

    framework_title: str
    criterion: str
    text: str
    critical: bool
    strength: str
    steps: int
    speaks_to: list[str]
    via: list[str]
    round: str
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


class StandardRow(TypedDict):
    """A row of `standard`."""

    area: str
    area_code: str
    area_title: str
    area_text: str
    criterion: str
    text: str
    evidence_hint: str
    kind: str
    level: str
    weight: float
    critical: bool
    since: str | None
    services: list[str]
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
    earlier_title: str | None
    n_areas: int
    n_criteria: int
    n_respect: int
    n_support: int
    n_critical: int
    n_to_verify: int


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
