"""Reviews as they are edited: whose answers a person may review, what is missing, and how all are saved at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypedDict

from dashboard.model.answer import EXPLAINED, VERDICTS, Answer, Key, Review
from dashboard.model.permissions import Deed, Place, allowed
from dashboard.model.records import EVIDENCE, Draft, text_of
from dashboard.queries import ask
from dashboard.queries.every_page import OPERATIONS
from dashboard.queries.question import Question
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError, history
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.save_rows import Check, save_reviews, stored_answers, stored_reviews
from dashboard.ui import session
from dashboard.ui.collect.answer_drafts import says_the_same
from dashboard.ui.editing.edit_grid import Scales, save_many
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, FieldKind
from dashboard.ui.editing.row_form import Version
from dashboard.ui.escape import escape
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

VERDICT = Field("verdict", FieldKind.ONE_OF, choices=VERDICTS, titles="checking.verdict_")
RAISED = Field("evidence", FieldKind.ONE_OF, "checking.raise", choices=tuple(EVIDENCE[2:]), titles="evidence.")
COMMENT = Field("comment", FieldKind.LONG_TEXT)
RATED = Field(
    "rated_status", FieldKind.ONE_OF, "checking.rated", help="checking.rated_help", example="checking.rated_none"
)
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
        and not was.differing(now)
        and all(getattr(one, field.name) == getattr(other, field.name) for field in TYPED)
    )


EDITOR: Editor[Check] = Editor("checking", (TYPED,), Deed.REVIEW, _publish, tidy=_with_verdict, same=_same)


def fresh(row: CheckingRow) -> Check:
    """Return an empty review of a waiting answer, as the answer is now."""
    values: Mapping[str, object] = row
    said = {name: text_of(values[name]) for name in Review.content()}
    answer = Answer.of(row)
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


def begun(draft: Draft[Check]) -> bool:
    """Whether a review is without its verdict, or the words for it, so far."""
    return missing_field(draft.typed) in ("verdict", "comment")


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


def saving(view: View, titles: Mapping[str, str], scales: Scales[Check], many: bool) -> Writer:
    """Draw the role, the unsaved reviews, the conflicts, and the one button that saves everything.

    Returns who writes. Where there are many in a grid, those begun are mentioned too. Cards have their own buttons and
    would move away from the mouse.
    """
    return save_many(
        view,
        EDITOR,
        stored(view),
        partial(_version, view, titles),
        _title,
        partial(_refusal, view, scales),
        lambda draft: begun(draft) and not many,
    )


def _title(check: Check) -> str:
    return f"{escape(check.answer.operation)}, {escape(check.answer.criterion)}"


def _refusal(view: View, scales: Scales[Check], draft: Draft[Check]) -> str:
    """Say why a review cannot be saved yet; empty if it can."""
    check = check_of(draft)
    if refused := scales.refusal(view, f"{check.answer.operation}, {check.answer.criterion}", check):
        return refused
    return lack(view, check)


def lack(view: View, check: Check) -> str:
    """Say what is missing before the review can be saved; empty if nothing is."""
    missing, (_, operation, criterion) = missing_field(check), check.answer.key
    places = {"criterion": escape(criterion), "operation": escape(operation)}
    return view.words(f"checking.lacks_{missing}", **places) if missing else ""


def _version(view: View, titles: Mapping[str, str], check: Check) -> Version:
    """Return what an answer and its review say; the review is the one typed here, or else the published one."""
    words, answer = view.words, check.answer
    typed = Review(verdict=check.verdict, comment=check.comment, rated_status=check.rated_status)
    review = typed if check.verdict or check.comment or check.rated_status else check.was or typed
    said = {
        "status": titles.get(answer.status, words("counts_as.unanswered")),
        "evidence": words(f"evidence.{answer.evidence or 'not_stated'}"),
        "note": answer.note,
        "na_reason": answer.na_reason,
    }
    version = {words(f"column.{n}" if n != "note" else "answering.note"): escape(said[n]) for n in Answer.content()}
    rated = titles.get(review.rated_status, review.rated_status)
    return version | {
        words("column.verdict"): words(f"checking.verdict_{review.verdict}") if review.verdict else "",
        words("column.comment"): escape(review.comment),
        words("column.rated_status"): escape(rated),
    }


def reviewable(view: View, found: list[CheckingRow]) -> tuple[list[CheckingRow], int]:
    """Return the rows that this person may review, and how many others are left out as their own answers."""
    person = session.person()
    if person is None:
        return found, 0
    own = steps_of(person.subject)
    places = {
        row["operation"]: Place(row["operation"], row["country"])
        for row in ask.rows(view.published, OPERATIONS, view.parameters())
    }
    within = [
        row for row in found if allowed(person, Deed.REVIEW, places.get(row["operation"], Place(row["operation"])))
    ]
    others = [row for row in within if row["step"] not in own]
    return others, len(within) - len(others)


def steps_of(subject: str) -> Sequence[int]:
    """Return the publications that somebody made."""
    try:
        return [revision.number for revision in history(store_folder()) if revision.subject == subject]
    except StoreError:
        # The page of the history reports what is wrong with it; saving a review asks again.
        return ()
