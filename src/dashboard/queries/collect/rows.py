"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class AgreementRow(TypedDict):
    """A row of `agreement`."""

    area: str
    area_code: str | None
    area_title: str
    count_below: int
    n_pairs: int
    agreed_percent: float | None


class AnswerCommentsRow(TypedDict):
    """A row of `answer_comments`."""

    round: str
    operation: str
    criterion: str
    role: str
    said_on: date
    text: str


class AnswerHistoryRow(TypedDict):
    """A row of `answer_history`."""

    step: int
    verdict: str | None
    status_title: str
    evidence: str
    role: str
    said_on: date


class AnsweringRow(TypedDict):
    """A row of `answering`."""

    round: str
    operation: str
    criterion: str
    text: str
    partly: str | None
    critical: bool
    kind: str
    reversed: bool
    scale_no: int
    evidence_hint: str
    function: str
    area_title: str
    area_code: str
    status: str
    status_title: str
    counts_as: str
    value: float | None
    note: str | None
    na_reason: str | None
    answered_by_role: str | None
    answered_on: date | None
    framework_version: str | None
    evidence: str | None
    was_status_title: str | None
    was_counts_as: str | None
    was_value: float | None
    was_evidence: int | None
    was_note: str | None
    was_na_reason: str | None
    was_round_title: str | None
    older_version: str | None
    mark: str | None
    reviewed_by_role: str | None
    comment: str | None
    reviewed_on: date | None


class AnsweringFunctionsRow(TypedDict):
    """A row of `answering_functions`."""

    function: str
    title: str


class AnsweringStatusesRow(TypedDict):
    """A row of `answering_statuses`."""

    scale_no: int
    status: str
    title: str
    counts_as: str
    value: float | None
    number: float | None


class AnswersToHandInRow(TypedDict):
    """A row of `answers_to_hand_in`."""

    round: str
    operation: str
    criterion: str
    status: str
    evidence: str | None
    note: str | None
    answered_by_role: str | None
    answered_on: date | None
    na_reason: str | None
    framework_version: str


class CheckingRow(TypedDict):
    """A row of `checking`."""

    counts_as: str
    value: float | None
    status: str
    status_title: str
    mark: str | None
    raised: bool
    critical: bool
    operation: str
    all_n: int
    all_critical: int
    all_raised: int
    all_not_applicable: int
    all_changed: int
    round: str
    operation_title: str
    criterion: str
    function: str
    scale_no: int
    text: str
    evidence: str | None
    evidence_level: int | None
    note: str | None
    na_reason: str | None
    answered_by_role: str | None
    answered_on: date | None
    framework_version: str
    verdict: str | None
    comment: str | None
    reviewed_by_role: str | None
    reviewed_on: date | None
    rated_status: str | None
    said_status_title: str | None
    step: int | None


class CheckingAskedRow(TypedDict):
    """A row of `checking_asked`."""

    operation: str
    operation_title: str
    criterion: str
    function: str
    comment: str
    reviewed_by_role: str
    reviewed_on: date
    all_n: int


class CheckingDoneRow(TypedDict):
    """A row of `checking_done`."""

    n_checked: int


class CollectStandRow(TypedDict):
    """A row of `collect_stand`."""

    round_title: str
    n_operations: int
    n_begun: int
    n_done: int
    n_left: int
    n_asked: int


class CollectTitlesRow(TypedDict):
    """A row of `collect_titles`."""

    what: str
    code: str
    title: str
    within: str


class OwedFunctions(TypedDict):
    """One of the `functions` in a row of `owed`."""

    function: str
    n_asked: int
    n_left: int


class OwedRow(TypedDict):
    """A row of `owed`."""

    operation: str
    operation_title: str
    country: str
    country_title: str
    region: str
    step: int | None
    n_asked: int
    n_left: int
    n_open: int
    last_answered_on: date | None
    functions: list[OwedFunctions]
    all_operations: int
    all_asked: int
    all_left: int
    all_silent: int
    all_owing: int


class OwedFunctionsRow(TypedDict):
    """A row of `owed_functions`."""

    function: str
    title: str | None
    n_asked: int
    n_left: int


class OwedNotApplicableRow(TypedDict):
    """A row of `owed_not_applicable`."""

    operation: str
    operation_title: str
    criterion: str
    critical: bool
    function: str
    text: str
    na_reason: str
    answered_by_role: str | None
    answered_on: date | None
    mark: str | None
    reviewed_by_role: str | None
    all_n: int


class OwedOldestRow(TypedDict):
    """A row of `owed_oldest`."""

    operation: str
    operation_title: str
    function: str
    function_title: str | None
    n_asked: int
    n_left: int
    last_answered_on: date | None
    step: int
    all_n: int


class OwedRoundsRow(TypedDict):
    """A row of `owed_rounds`."""

    round: str
    round_title: str
    n_asked: int
    n_left: int
    last_answered_on: date | None


class OwedSilentRow(TypedDict):
    """A row of `owed_silent`."""

    operation: str
    operation_title: str
    country_title: str
    n_asked: int
    all_n: int


class OwedToHandOutRow(TypedDict):
    """A row of `owed_to_hand_out`."""

    framework: str
    round: str
    country: str
    operation: str
    operation_title: str
    function: str
    function_title: str | None
    n_asked: int
    n_answered: int
    n_left: int
    last_answered_on: date | None
    step: int | None
    n_open: int


class OwnActionsRow(TypedDict):
    """A row of `own_actions`."""

    action: str
    text: str
    due_on: date
    overdue: bool
    owner_role: str | None
    operation: str
    operation_title: str
    country: str


class OwnWorkSteps(TypedDict):
    """One of the `steps` in a row of `own_work`."""

    step: int
    n: int


class OwnWorkRow(TypedDict):
    """A row of `own_work`."""

    round: str
    round_title: str
    ends_on: date
    framework: str
    framework_title: str
    operation: str
    operation_title: str
    country: str
    n_asked: int
    n_left: int
    n_back: int
    steps: list[OwnWorkSteps]


class ReviewsToHandInRow(TypedDict):
    """A row of `reviews_to_hand_in`."""

    round: str
    operation: str
    criterion: str
    verdict: str
    reviewed_by_role: str
    comment: str | None
    reviewed_on: date | None
    reviewed_status: str | None
    reviewed_evidence: str | None
    reviewed_note: str | None
    reviewed_reason: str | None
    rated_status: str | None


ANSWER_COMMENTS = Question("answer_comments", AnswerCommentsRow)
ANSWER_HISTORY = Question("answer_history", AnswerHistoryRow)
ANSWERING = Question("answering", AnsweringRow)
ANSWERING_FUNCTIONS = Question("answering_functions", AnsweringFunctionsRow)
ANSWERING_STATUSES = Question("answering_statuses", AnsweringStatusesRow)
ANSWERS_TO_HAND_IN = Question("answers_to_hand_in", AnswersToHandInRow)
CHECKING = Question("checking", CheckingRow)
CHECKING_ASKED = Question("checking_asked", CheckingAskedRow)
CHECKING_DONE = Question("checking_done", CheckingDoneRow)
COLLECT_STAND = Question("collect_stand", CollectStandRow)
COLLECT_TITLES = Question("collect_titles", CollectTitlesRow)
OWED = Question("owed", OwedRow)
OWED_FUNCTIONS = Question("owed_functions", OwedFunctionsRow)
OWED_NOT_APPLICABLE = Question("owed_not_applicable", OwedNotApplicableRow)
OWED_OLDEST = Question("owed_oldest", OwedOldestRow)
OWED_SILENT = Question("owed_silent", OwedSilentRow)
OWED_TO_HAND_OUT = Question("owed_to_hand_out", OwedToHandOutRow)
OWN_ACTIONS = Question("own_actions", OwnActionsRow)
OWN_WORK = Question("own_work", OwnWorkRow)
REVIEWS_TO_HAND_IN = Question("reviews_to_hand_in", ReviewsToHandInRow)
