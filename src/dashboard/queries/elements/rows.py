"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class AnswerWordsRow(TypedDict):
    """A row of `answer_words`."""

    degree: str
    titles: list[str]


class BandsRow(TypedDict):
    """A row of `bands`."""

    band: str
    band_title: str
    starts_at: int
    ends_at: int


class CriterionLibraryRow(TypedDict):
    """A row of `criterion_library`."""

    what: str
    id: str
    title: str
    place: int
    position: int


class EvidenceItemsRow(TypedDict):
    """A row of `evidence_items`."""

    country: str
    operation: str
    operation_title: str
    criterion: str
    title: str
    confidential: bool
    link: str | None
    document: str | None
    page: str | None
    holder: str | None
    dated_on: date | None


class FailuresRow(TypedDict):
    """A row of `failures`."""

    country: str
    country_title: str
    operation: str
    operation_title: str
    area_code: str
    criterion: str
    text: str
    kind: str
    enters: bool
    failed_earlier: bool
    failed_now: bool
    matched: bool
    counts_as: str
    failed_in: str | None
    failed_in_title: str | None


class NumberRow(TypedDict):
    """A row of `number`."""

    country: str
    country_title: str
    country_position: int
    coverage_limit: float
    count_below: int
    framework_no: int
    n_asked: float
    n_applicable: float
    n_answered: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float
    n_evidence_none: float | None
    n_evidence_self: float | None
    n_evidence_seen: float | None
    n_evidence_checked: float | None
    weight_applicable: float
    weight_answered: float | None
    points: float | None
    n_inherited: float | None
    n_evidence_unstated: float
    average_of: str
    n_parts: int
    reading: str
    score: float | None
    percent: float | None
    enters: bool
    mean_of_all: float | None
    low: float | None
    high: float | None
    coverage: float | None
    share_not_applicable: float
    coverage_limit_percent: float
    band_title: str | None


class NumberExcludedRow(TypedDict):
    """A row of `number_excluded`."""

    country_title: str
    operation_title: str
    criterion: str
    status_title: str
    counts_as: str
    na_reason: str | None
    mark: str | None
    reviewed_by_role: str | None


class NumberMadeRow(TypedDict):
    """A row of `number_made`."""

    country: str
    operation_title: str
    operation_percent: float | None
    family: str
    part: str
    reading: str
    share: float
    score: float | None
    percent: float | None
    n_answered: float
    n_applicable: float
    points: float | None
    weight_answered: float | None


class NumberPartsOlder(TypedDict):
    """One of the `older` in a row of `number_parts`."""

    older_version: str
    older_text: str
    n: int


class NumberPartsRow(TypedDict):
    """A row of `number_parts`."""

    criterion: str
    text: str
    citation: str
    verification: str
    critical: bool
    reversed: bool
    weight: float
    older: list[NumberPartsOlder]
    n_checked: int
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


class OperationsRow(TypedDict):
    """A row of `operations`."""

    operation: str
    operation_title: str
    country: str
    country_title: str
    region: str
    operation_kind: str
    services: list[str]
    first_round: str | None
    synthetic: bool
    of_group: str | None
    group_title: str | None


class PartTitlesRow(TypedDict):
    """A row of `part_titles`."""

    part: str
    is_family: bool
    title: str


class RoundsRow(TypedDict):
    """A row of `rounds`."""

    round: str
    title: str
    closed: bool


class SearchTextsRow(TypedDict):
    """A row of `search_texts`."""

    what: str
    id: str
    title: str
    of: list[str]
    called: list[str]
    said: list[str | None]


class TimeAxisRow(TypedDict):
    """A row of `time_axis`."""

    round: str
    title: str
    position: int
    starts_on: date
    ends_on: date
    note: str


ANSWER_WORDS = Question("answer_words", AnswerWordsRow)
BANDS = Question("bands", BandsRow)
CRITERION_LIBRARY = Question("criterion_library", CriterionLibraryRow)
EVIDENCE_ITEMS = Question("evidence_items", EvidenceItemsRow)
NUMBER_EXCLUDED = Question("number_excluded", NumberExcludedRow)
OPERATIONS = Question("operations", OperationsRow)
PART_TITLES = Question("part_titles", PartTitlesRow)
ROUNDS = Question("rounds", RoundsRow)
SEARCH_TEXTS = Question("search_texts", SearchTextsRow)
TIME_AXIS = Question("time_axis", TimeAxisRow)
