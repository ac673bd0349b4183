"""How are reviews saved? All complete ones in one publication; conflicts are reported and nothing is lost."""

from collections.abc import Mapping
from functools import partial

from dashboard.model.answers.answer import ANSWERED, Review
from dashboard.model.draft import Draft
from dashboard.store.permission import Writer
from dashboard.store.publishing.answers import Check
from dashboard.ui.collect.check.draft import EDITOR, check_of, missing_field, only_rated, stored
from dashboard.ui.editing.form import Version
from dashboard.ui.editing.many import Scales, save_many
from dashboard.ui.escape import escape
from dashboard.ui.view import View


def saving(view: View, titles: Mapping[str, str], scales: Scales[Check], ratings: bool) -> Writer:
    """Draw the role, the unsaved reviews, the conflicts, and the one button that saves everything.

    Returns who writes. If `ratings` is true, reviews without a verdict are mentioned too. Cards have their own buttons
    and would move away from the mouse.
    """
    return save_many(
        view,
        EDITOR,
        stored(view),
        partial(_version, view, titles),
        _title,
        partial(_refusal, view, scales),
        lambda draft: only_rated(draft) and not ratings,
    )


def _title(check: Check) -> str:
    return f"{escape(check.answer.operation)}, {escape(check.answer.criterion)}"


def _refusal(view: View, scales: Scales[Check], draft: Draft[Check]) -> str:
    """Say why a review cannot be saved yet; empty if it can."""
    check = check_of(draft)
    if refused := scales.refusal(view, f"{check.answer.operation}, {check.answer.criterion}", check):
        return refused
    lack, (_, operation, criterion) = missing_field(check), check.answer.key
    places = {"criterion": escape(criterion), "operation": escape(operation)}
    return view.words(f"checking.lacks_{lack}", **places) if lack else ""


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
    version = {words(f"column.{n}" if n != "note" else "answering.note"): escape(said[n]) for n in ANSWERED}
    rated = titles.get(review.rated_status, review.rated_status)
    return version | {
        words("column.verdict"): words(f"checking.verdict_{review.verdict}") if review.verdict else "",
        words("column.comment"): escape(review.comment),
        words("column.rated_status"): escape(rated),
    }
