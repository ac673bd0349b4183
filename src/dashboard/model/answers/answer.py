"""What does one answer say, and how did a second role judge it? Rows of two forms, every value as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.records import RECORDS
from dashboard.model.texts import texts_of

Key = tuple[str, str, str]
"""Round, operation and criterion, which identify an answer and its review."""
UNANSWERED = "unanswered"
VERDICTS = RECORDS["reviews"].column("verdict").words
EXPLAINED = VERDICTS[1:]
"""Verdicts that need a comment: the question, or why the answer cannot be judged yet."""


@dataclass(frozen=True)
class Answer:
    """One answer. `evidence` is a word, empty if not stated; `answered_on` is a date as YYYY-MM-DD."""

    round: str = ""
    operation: str = ""
    criterion: str = ""
    status: str = UNANSWERED
    evidence: str = ""
    note: str = ""
    answered_by_role: str = ""
    answered_on: str = ""
    na_reason: str = ""
    framework_version: str = ""

    @property
    def key(self) -> Key:
        return self.round, self.operation, self.criterion


@dataclass(frozen=True)
class Review:
    """What a second role said about an answer.

    `reviewed_…` is what the answer said then, `rated_status` what the second role would have answered; see
    `docs/data-format.md`.
    """

    round: str = ""
    operation: str = ""
    criterion: str = ""
    verdict: str = ""
    reviewed_by_role: str = ""
    comment: str = ""
    reviewed_on: str = ""
    reviewed_status: str = ""
    reviewed_evidence: str = ""
    reviewed_note: str = ""
    reviewed_reason: str = ""
    rated_status: str = ""

    @property
    def key(self) -> Key:
        return self.round, self.operation, self.criterion


ANSWERED = ("status", "evidence", "note", "na_reason")
"""The content of an answer. Equal content is no conflict, and a review holds while the content is unchanged."""
REVIEWED = ("verdict", "comment", "reviewed_by_role", "reviewed_on", "rated_status")


def answer_of(row: Mapping[str, object]) -> Answer:
    """Return an answer from a row that holds its values; dates may be date objects."""
    return Answer(**texts_of(row, Answer))


def review_of(row: Mapping[str, object]) -> Review:
    """Return a review from a row that holds its values."""
    return Review(**texts_of(row, Review))
