"""How are reviews saved? All complete ones in one publication; conflicts are reported and nothing is lost."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.model.answers.answer import ANSWERED, Answer, Review
from dashboard.model.people.permissions import Deed
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.answers import Check, save_reviews
from dashboard.ui.collect.answer.save import column
from dashboard.ui.collect.check.draft import Stored, drafts, drop, missing_field, only_rated
from dashboard.ui.editing.conflict import Clash, Version, show_versions
from dashboard.ui.editing.row_statuses import RowStatuses
from dashboard.ui.editing.saving import Saver
from dashboard.ui.editing.writer import ask_who
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import CHECKING_GRID_SHEET, CHECKING_SAVE_ASKED, CHECKING_SAVE_NOTE
from dashboard.ui.view import View

SAVER: Saver[Check, Outcome] = Saver(CHECKING_SAVE_NOTE, CHECKING_SAVE_ASKED, column)


def saving(view: View, now: Stored, titles: Mapping[str, str], statuses: RowStatuses, ratings: bool) -> Writer:
    """Draw the role, the unsaved reviews, the conflicts, and the one button that saves everything.

    Returns who writes. If `ratings` is true, reviews without a verdict are mentioned too. Cards have their own buttons
    and would move away from the mouse.
    """
    words = view.words
    writer = ask_who(view, Deed.REVIEW)
    clashes = {key: check for key, check in drafts().items() if now.conflicts(check)}
    for check in clashes.values():
        _clash(view, check, now, titles)
    refused = {key: said for key, check in drafts().items() if (said := _refusal(view, check, statuses))}
    waiting = {
        key: check for key, check in drafts().items() if key not in {*clashes, *refused} and not missing_field(check)
    }
    told = {key: check for key, check in drafts().items() if ratings or not only_rated(check)}
    for key, check in told.items():
        if key in refused:
            st.warning(refused[key])
        elif key not in clashes and (lack := missing_field(check)):
            st.caption(words(f"checking.lacks_{lack}", criterion=escape(key[2]), operation=escape(key[1])))
    pressed = SAVER.is_asked()
    if told:
        with st.container(horizontal=True):
            pressed |= st.button(
                words.count("checking.save", len(waiting)), key="checking_save", type="primary", disabled=not waiting
            )
            st.button(words("edit.discard"), key="checking_discard", type="tertiary", on_click=_discard)
    if pressed and waiting:
        made = list(waiting.values())
        SAVER.save(view, drafts(), waiting, lambda: save_reviews(store_folder(), made, writer, view.today))
        st.rerun()
    return writer


def _refusal(view: View, check: Check, statuses: RowStatuses) -> str:
    """Say why a reviewer's own status does not fit the criterion; empty if it does."""
    _, operation, criterion = check.answer.key
    return statuses.refusal(criterion, check.rated_status, f"{operation}, {criterion}", view.words)


def _discard() -> None:
    for key in tuple(drafts()):
        drop(key)


def _clash(view: View, check: Check, now: Stored, titles: Mapping[str, str]) -> None:
    """Show the answer as it was opened, as it is now, and the review made here."""
    key, words = check.answer.key, view.words
    st.warning(words("checking.conflict", criterion=escape(key[2]), operation=escape(key[1])))
    theirs = now.rebased(check)
    mine = Review(verdict=check.verdict, comment=check.comment, rated_status=check.rated_status)
    clash = Clash(
        _version(view, check.answer, check.was, titles),
        _version(view, theirs.answer, theirs.was, titles),
        _version(view, check.answer, mine, titles),
    )
    buttons = (f"checking_mine {' '.join(key)}", f"checking_theirs {' '.join(key)}")
    show_versions(view, buttons, clash, partial(_mine, theirs), partial(drop, key))


def _mine(check: Check) -> None:
    """Base the review on what is published now; it is saved with the others."""
    drafts()[check.answer.key] = check
    CHECKING_GRID_SHEET.pop()
    st.rerun()


def _version(view: View, answer: Answer, review: Review | None, titles: Mapping[str, str]) -> Version:
    words, review = view.words, review or Review()
    said = {
        "status": titles.get(answer.status, words("counts_as.unanswered")),
        "evidence": words(f"evidence.{answer.evidence or 'not_stated'}"),
        "note": answer.note,
        "na_reason": answer.na_reason,
    }
    version = {words(f"column.{n}" if n != "note" else "answering.note"): escape(said[n]) for n in ANSWERED}
    verdict = words(f"checking.verdict_{review.verdict}") if review.verdict else ""
    rated = titles.get(review.rated_status, review.rated_status)
    return version | {
        words("column.verdict"): verdict,
        words("column.comment"): escape(review.comment),
        words("column.rated_status"): escape(rated),
    }
