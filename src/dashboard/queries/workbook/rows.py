"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class BookAboutRow(TypedDict):
    """A row of `book_about`."""

    operation: str
    operation_title: str
    round: str
    round_title: str
    synthetic: bool


class BookActionsRow(TypedDict):
    """A row of `book_actions`."""

    action: str
    round: str | None
    criterion: str | None
    impact: str | None
    subject: str | None
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
    framework: str | None
    expected_title: str | None


class BookChoicesRow(TypedDict):
    """A row of `book_choices`."""

    operation: str
    operation_title: str
    round: str
    round_title: str
    head_office: bool
    position: int


class BookEvidenceRow(TypedDict):
    """A row of `book_evidence`."""

    criterion: str
    text: str
    title: str
    link: str | None
    document: str | None
    dated_on: date | None
    page: str | None
    holder: str | None
    confidential: bool


class BookImpactsRow(TypedDict):
    """A row of `book_impacts`."""

    impact: str
    polarity: str
    text: str
    risk_area_title: str
    setting_title: str
    found: bool | None
    scale: int | None
    scope: int | None
    irremediability: int | None
    likelihood: int | None
    residual_severity: int | None
    residual_likelihood: int | None
    residual_basis: str | None
    reach: int | None
    need: int | None
    feasibility: int | None
    basis: str | None
    confidence: str | None
    rated_by_role: str | None
    rated_on: date | None
    last_found: bool | None
    last_scale: int | None
    last_scope: int | None
    last_irremediability: int | None
    last_likelihood: int | None
    last_reach: int | None
    last_need: int | None
    last_feasibility: int | None
    last_round: str | None


class BookKnownRow(TypedDict):
    """A row of `book_known`."""

    known: str
    code: str


class BookQuestionsRow(TypedDict):
    """A row of `book_questions`."""

    criterion: str
    text: str
    partly: str | None
    area_title: str
    kind: str
    critical: bool
    of_scale: str
    framework: str
    framework_title: str
    framework_version: str
    function: str | None
    function_title: str | None
    status: str | None
    status_title: str | None
    value: float | None
    evidence: str | None
    note: str | None
    answered_by_role: str | None
    answered_on: date | None
    na_reason: str | None
    answered_version: str | None
    last_status: str | None
    last_evidence: str | None
    last_note: str | None
    last_na_reason: str | None
    last_round: str | None


class BookStatusesRow(TypedDict):
    """A row of `book_statuses`."""

    framework: str
    framework_title: str
    framework_version: str
    held_in_part: str | None
    of_scale: str
    number: float | None
    status: str
    title: str
    counts_as: str
    value: float | None


class BookTargetChoicesRow(TypedDict):
    """A row of `book_target_choices`."""

    choice: str
    code: str
    title: str


class BookTargetsRow(TypedDict):
    """A row of `book_targets`."""

    framework: str
    kind: str
    area: str | None
    percent: int
    round: str | None
    due_on: date | None
    baseline: str | None
    owner_role: str | None
    note: str | None


class FormQuestionsRow(TypedDict):
    """A row of `form_questions`."""

    criterion: str
    text: str
    partly: str | None
    evidence_hint: str
    area: str
    area_title: str
    of_scale: str
    framework: str
    framework_title: str
    framework_version: str
    operations: list[str]
    owing: list[str]


BOOK_ABOUT = Question("book_about", BookAboutRow)
BOOK_ACTIONS = Question("book_actions", BookActionsRow)
BOOK_CHOICES = Question("book_choices", BookChoicesRow)
BOOK_EVIDENCE = Question("book_evidence", BookEvidenceRow)
BOOK_IMPACTS = Question("book_impacts", BookImpactsRow)
BOOK_KNOWN = Question("book_known", BookKnownRow)
BOOK_QUESTIONS = Question("book_questions", BookQuestionsRow)
BOOK_STATUSES = Question("book_statuses", BookStatusesRow)
BOOK_TARGET_CHOICES = Question("book_target_choices", BookTargetChoicesRow)
BOOK_TARGETS = Question("book_targets", BookTargetsRow)
FORM_QUESTIONS = Question("form_questions", FormQuestionsRow)
