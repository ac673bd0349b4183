"""Reviews as they are edited: their fields, what is missing, how they are saved, and what is published meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from dashboard.model.answers.answer import EXPLAINED, REVIEWED, VERDICTS, Key, Review, answer_of
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.model.records import EVIDENCE
from dashboard.model.texts import text_of
from dashboard.queries.question import Question
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.answers import Check, save_reviews, stored_answers, stored_reviews
from dashboard.ui.collect.answer.draft import says_the_same
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, Kind
from dashboard.ui.view import View


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

VERDICT = Field("verdict", Kind.ONE_OF, choices=VERDICTS, titles="checking.verdict_")
RAISED = Field("evidence", Kind.ONE_OF, "checking.raise", choices=tuple(EVIDENCE[2:]), titles="evidence.")
COMMENT = Field("comment", Kind.LONG_TEXT)
RATED = Field("rated_status", Kind.ONE_OF, "checking.rated", help="checking.rated_help", example="checking.rated_none")
TYPED = (VERDICT, RAISED, COMMENT, RATED)


def _publish(view: View, drafts: Sequence[Draft[Check]], writer: Writer) -> Outcome:
    return save_reviews(store_folder(), [check_of(draft) for draft in drafts], writer, view.today)


def _with_verdict(check: Check) -> Check:
    """Return a review in which raising the evidence is a verdict."""
    return replace(check, verdict="checked") if check.evidence and not check.verdict else check


def _same(one: Check, other: Check) -> bool:
    """Whether two reviews say the same about the same answer, after the same review."""
    was, now = one.was or Review(), other.was or Review()
    return (
        says_the_same(one.answer, other.answer)
        and all(getattr(was, name) == getattr(now, name) for name in REVIEWED)
        and all(getattr(one, field.name) == getattr(other, field.name) for field in TYPED)
    )


EDITOR: Editor[Check] = Editor("checking", (TYPED,), Deed.REVIEW, _publish, tidy=_with_verdict, same=_same)


def fresh(row: CheckingRow) -> Check:
    """Return an empty review of a waiting answer, as the answer is now."""
    values: Mapping[str, object] = row
    said = {name: text_of(values[name]) for name in REVIEWED}
    answer = answer_of(row)
    review = Review(*answer.key, **said) if row["verdict"] else None
    return Check(answer, review, "")


def check_of(draft: Draft[Check]) -> Check:
    """Return the review that is typed, of the answer as it was when the draft was last compared with what is stored."""
    return replace(draft.typed, answer=draft.was.answer, was=draft.was.was) if draft.was is not None else draft.typed


def stored(view: View) -> dict[Key, Check]:
    """Return an empty review of each answer that has a draft, as published now; queried only if there are drafts."""
    drafts = EDITOR.drafts()
    if not drafts:
        return {}
    with view.published.cursor() as cursor:
        answers, reviews = stored_answers(cursor, drafts), stored_reviews(cursor, drafts)
    return {key: Check(answers.get(key, check_of(draft).answer), reviews.get(key), "") for key, draft in drafts.items()}


def only_rated(draft: Draft[Check]) -> bool:
    """Whether a review holds only the reviewer's own status so far."""
    return not (draft.typed.verdict or draft.typed.comment or draft.typed.evidence)


def missing_field(check: Check) -> str:
    """Return what is missing before the review can be saved; empty if nothing is.

    It needs a verdict, a comment if it asks a question or puts the answer on hold, and evidence no lower than the
    answer's.
    """
    if not check.verdict:
        return "verdict"
    if check.evidence in EVIDENCE and EVIDENCE.index(check.evidence) < _level(check):
        return "evidence"
    return "comment" if check.verdict in EXPLAINED and not check.comment.strip() else ""


def _level(check: Check) -> int:
    return EVIDENCE.index(check.answer.evidence) if check.answer.evidence in EVIDENCE else 0
