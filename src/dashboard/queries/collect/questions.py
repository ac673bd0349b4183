"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import AnyRow, Question


class AnsweringRow(TypedDict):
    """A row of `answering`."""

    criterion: str
    text: str
    partly: str | None
    reversed: bool
    scale_no: int
    evidence_hint: str
    function: str
    counts_as: str
    value: float | None
    note: str | None
    na_reason: str | None
    evidence: str | None
    was_status_title: str | None
    was_counts_as: str | None
    was_note: str | None
    was_na_reason: str | None
    was_round_title: str | None
    older_version: str | None
    mark: str | None
    reviewed_by_role: str | None
    comment: str | None


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


ANSWERING = Question("answering", AnsweringRow)
ANSWERING_FUNCTIONS = Question("answering_functions", AnsweringFunctionsRow)
ANSWERING_STATUSES = Question("answering_statuses", AnsweringStatusesRow)
ANSWERS_TO_HAND_IN = Question("answers_to_hand_in", AnyRow)
OWN_WORK = Question("own_work", OwnWorkRow)
REVIEWS_TO_HAND_IN = Question("reviews_to_hand_in", AnyRow)
