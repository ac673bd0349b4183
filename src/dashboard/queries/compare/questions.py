"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class ReviewRow(TypedDict):
    """A row of `review`."""

    criterion: str
    operation: str
    operation_title: str
    counts_as: str
    value: float | None
    note: str | None
    na_reason: str | None
    all_n: int


class SubjectsRow(TypedDict):
    """A row of `subjects`."""

    subject: str
    subject_kind: str
    title: str
    country: str | None
    region: str | None
    in_round: bool
    of_group: str | None


REVIEW = Question("review", ReviewRow)
SUBJECTS = Question("subjects", SubjectsRow)
