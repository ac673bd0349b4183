"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class ChangesRow(TypedDict):
    """A row of `changes`."""

    country: str
    country_title: str
    country_position: int
    n_matched: int
    n_better: int
    n_worse: int
    n_applicable: float
    count_below: int
    enough: bool
    was: float | None
    now: float | None
    change: float | None
    direction: str
    covered: bool
    enters: bool
    earlier_title: str
    round_title: str
    n_dropped: int
    own_was: float | None
    own_now: float | None
    own_kept: float | None
    rose_by: str | None
    all_change: float | None
    all_matched: int
    all_better: int
    all_worse: int
    all_countries: int


class ChangesAskedRow(TypedDict):
    """A row of `changes_asked`."""

    move: str
    code: str
    title: str
    position: int
    n: int
    everything: bool
    since: str | None
    n_move: int
    n_answers: int


class ChangesMovesRow(TypedDict):
    """A row of `changes_moves`."""

    move: str
    n_move: int
    place: int
    operation_title: str
    country_title: str
    criterion: str
    text: str
    critical: bool
    reversed: bool
    was_as: str
    was_title: str
    was_value: float | None
    now_as: str
    now_title: str
    now_value: float | None
    note: str | None


class CompareCommonRow(TypedDict):
    """A row of `compare_common`."""

    criterion: str
    applies_to_all: bool
    answered_by_all: bool


class CompareCriteriaRow(TypedDict):
    """A row of `compare_criteria`."""

    criterion_no: int
    criterion: str
    area: str
    area_code: str
    critical: bool
    reversed: bool
    position: int
    subject: str
    made_of: str
    status_title: str | None
    counts_as: str | None
    evidence: int | None
    note: str | None
    n_asked: float
    n_applicable: float
    n_answered: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float
    n_full: float
    n_part: float
    n_nil: float
    value: float | None
    apart: float | None
    percent: float | None
    text: str
    citation: str
    verification: str
    evidence_hint: str


class CompareFiguresRow(TypedDict):
    """A row of `compare_figures`."""

    position: int
    subject: str
    round: str
    code: str
    code_title: str
    area_code: str | None
    reading: str
    score: float | None
    percent: float | None
    low: float | None
    high: float | None
    one_step: float | None
    n_units: int
    n_shown: int
    n_asked: float
    n_applicable: float
    n_answered: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float
    points: float | None
    weight_answered: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float
    n_failed_before: float
    n_self: float | None
    n_seen: float | None
    first_answered_on: date | None
    last_answered_on: date | None
    coverage: float | None
    share_not_applicable: float
    share_seen: float | None
    share_self: float | None
    oldest_months: int | None
    newest_months: int | None
    lowest: float | None
    highest: float | None
    n_countries: int | None
    band: str | None
    band_title: str | None


class CompareHelpNotes(TypedDict):
    """One of the `notes` in a row of `compare_help`."""

    criterion: str
    note: str


class CompareHelpRow(TypedDict):
    """A row of `compare_help`."""

    area: str
    area_code: str
    area_title: str
    n_missing: int
    operation: str | None
    operation_title: str | None
    n_helped: int | None
    criteria: list[str] | None
    notes: list[CompareHelpNotes] | None


class CompareWhyRow(TypedDict):
    """A row of `compare_why`."""

    area: str
    area_code: str
    area_title: str
    criterion: str
    text: str
    part: float
    points: float
    first_percent: float
    second_percent: float
    first_score: float
    second_score: float
    answered_by: str
    area_points: float


class HeatmapRow(TypedDict):
    """A row of `heatmap`."""

    country: str
    country_title: str
    country_position: int
    region: str
    area: str
    area_code: str | None
    area_title: str
    area_position: int
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    coverage: float | None
    band: str | None
    band_title: str | None
    low_band: str | None
    high_band: str | None
    n_asked: float | None
    n_applicable: float | None
    n_answered: float | None
    n_not_applicable: float | None
    n_not_known: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float | None
    n_failed_before: float | None
    n_seen: float | None
    n_inherited: float | None
    target: int | None
    target_due: str | None
    target_expected: float | None
    target_round_end: str | None
    target_today: float | None
    target_status: str | None


class HeatmapFindingRow(TypedDict):
    """A row of `heatmap_finding`."""

    n_shown: int
    highest: float | None
    lowest: float | None
    highest_title: str | None
    lowest_title: str | None
    n_like_highest: int
    n_like_lowest: int
    highest_down_to: float | None
    lowest_up_to: float | None
    highest_unsure: list[str]
    lowest_unsure: list[str]
    n_countries: int
    n_too_few: int
    too_few_titles: str | None
    n_criteria: int
    n_apply_to_all: int
    n_answered_by_all: int
    overlap: float | None


class HeatmapGroupsRow(TypedDict):
    """A row of `heatmap_groups`."""

    country: str
    country_title: str
    country_position: int
    region: str | None
    area: str
    area_code: str | None
    area_title: str
    area_position: int
    reading: str
    percent: float | None
    low: float
    high: float
    coverage: float
    band: str | None
    band_title: str | None
    low_band: str | None
    high_band: str | None
    n_asked: float
    n_applicable: float
    n_answered: float
    n_not_applicable: float
    n_not_known: float
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_critical_failed: float
    n_failed_before: float
    n_seen: float | None
    n_inherited: float | None
    target: int | None
    target_due: str | None
    target_expected: float | None
    target_round_end: str | None
    target_today: float | None
    target_status: str | None


class ReviewRow(TypedDict):
    """A row of `review`."""

    criterion: str
    operation: str
    operation_title: str
    operation_kind: str
    country: str
    country_title: str
    region: str
    counts_as: str
    status: str | None
    status_title: str | None
    value: float | None
    evidence: int | None
    note: str | None
    na_reason: str | None
    answered_on: date | None
    answered_by_role: str | None
    older_version: str | None
    older_text: str | None
    older_until: str | None
    age_months: int | None
    mark: str | None
    reviewed_by_role: str | None
    critical_failed: bool
    bare: bool
    seen: bool
    offers: list[str]
    n_peers: int
    n_seen_alike: int
    without_evidence: bool
    bare_beside_seen: bool
    only_here: bool
    all_n: int
    all_full: int
    all_part: int
    all_nil: int
    all_not_applicable: int
    all_not_known: int
    all_unanswered: int
    all_not_asked: int
    all_look: int


class ReviewCriteriaRow(TypedDict):
    """A row of `review_criteria`."""

    criterion: str
    area_code: str
    kind: str
    critical: bool
    reversed: bool
    weight: float
    text: str
    evidence_hint: str
    citation: str
    verification: str
    services: list[str]
    since: str | None
    area_title: str


class RoundsBeforeRow(TypedDict):
    """A row of `rounds_before`."""

    round: str
    title: str
    position: int


class SubjectsRow(TypedDict):
    """A row of `subjects`."""

    subject: str
    subject_kind: str
    title: str
    country: str | None
    region: str | None
    in_round: bool
    of_group: str | None


COMPARE_HELP = Question("compare_help", CompareHelpRow)
REVIEW = Question("review", ReviewRow)
REVIEW_CRITERIA = Question("review_criteria", ReviewCriteriaRow)
ROUNDS_BEFORE = Question("rounds_before", RoundsBeforeRow)
SUBJECTS = Question("subjects", SubjectsRow)
