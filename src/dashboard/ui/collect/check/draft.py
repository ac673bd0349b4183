"""Which reviews have been made but not saved? What do the reviewed answers say now?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

from dashboard.model.answers.answer import EXPLAINED, REVIEWED, Answer, Key, Review, answer_of
from dashboard.model.records import EVIDENCE
from dashboard.model.texts import text_of
from dashboard.queries.question import Question
from dashboard.store.publishing.answers import Check, stored_answers, stored_reviews
from dashboard.ui.collect.answer.draft import says_the_same
from dashboard.ui.session_keys import CHECKING_DRAFTS, CHECKING_GRID_SHEET
from dashboard.ui.view import View

Drafts = dict[Key, Check]


class CheckingRow(TypedDict):
    """A row of `checking`."""

    counts_as: str
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
    scale_no: int
    text: str
    evidence: str | None
    evidence_level: int | None
    note: str | None
    na_reason: str | None
    answered_by_role: str | None
    answered_on: date | None
    verdict: str | None
    comment: str | None
    said_status_title: str | None
    step: int | None


CHECKING = Question("checking", CheckingRow)


def drafts() -> Drafts:
    """Return all unsaved reviews, by round, operation and criterion."""
    return CHECKING_DRAFTS.setdefault({})


def fresh(row: CheckingRow) -> Check:
    """Return an empty review of a waiting answer, as the answer is now."""
    values: Mapping[str, object] = row
    said = {name: text_of(values[name]) for name in REVIEWED}
    answer = answer_of(row)
    review = Review(*answer.key, **said) if row["verdict"] else None
    return Check(answer, review, "")


def keep(check: Check) -> None:
    """Keep the review; an empty one is not a draft."""
    if not only_rated(check) or check.rated_status:
        drafts()[check.answer.key] = check
    else:
        drop(check.answer.key)


def drop(key: Key) -> None:
    """Discard the review, so that the grid shows the stored values again."""
    drafts().pop(key, None)
    CHECKING_GRID_SHEET.pop()


@dataclass(frozen=True)
class Stored:
    """The published state of the answers that have drafts."""

    answers: Mapping[Key, Answer]
    reviews: Mapping[Key, Review]

    def conflicts(self, check: Check) -> bool:
        """Whether somebody else has changed or reviewed the answer since it was opened."""
        key = check.answer.key
        if not says_the_same(check.answer, self.answers.get(key, check.answer)):
            return True
        was, now = check.was or Review(), self.reviews.get(key, Review())
        return any(getattr(was, name) != getattr(now, name) for name in REVIEWED)

    def rebased(self, check: Check) -> Check:
        """Return the same review, based on what is published now."""
        key = check.answer.key
        return replace(check, answer=self.answers.get(key, check.answer), was=self.reviews.get(key))


def stored(view: View) -> Stored:
    """Return the published state of the answers that have drafts; queried only if there are drafts."""
    if not drafts():
        return Stored({}, {})
    with view.published.cursor() as cursor:
        return Stored(stored_answers(cursor, drafts()), stored_reviews(cursor, drafts()))


def only_rated(check: Check) -> bool:
    """Whether a review holds only the reviewer's own status so far."""
    return not (check.verdict or check.comment or check.evidence)


def missing_field(check: Check) -> str:
    """Return what is missing before the review can be saved; empty if nothing is.

    It needs a verdict, a comment if it asks a question or puts the answer on hold, and evidence no lower than the
    answer's.
    """
    if not check.verdict:
        return "verdict"
    if check.evidence in EVIDENCE and EVIDENCE.index(check.evidence) < _level(check.answer):
        return "evidence"
    return "comment" if check.verdict in EXPLAINED and not check.comment.strip() else ""


def _level(answer: Answer) -> int:
    return EVIDENCE.index(answer.evidence) if answer.evidence in EVIDENCE else 0
