"""When are answers entered on the page saved? As soon as the user moves on to another criterion."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.model.answers.answer import ANSWERED, Answer, Key
from dashboard.model.draft import Draft
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.answers import AnswerChange, save_answers
from dashboard.ui.collect.answer.criteria import Sheet
from dashboard.ui.collect.answer.draft import Drafts, conflicts, drafts, missing_field
from dashboard.ui.editing.saving import Saver
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import ANSWERING_SAVE_ASKED, ANSWERING_SAVE_NOTE
from dashboard.ui.view import View


def column(view: View, name: str) -> str:
    """Return the page's label for a column of an answer or a review."""
    return view.words(f"column.{name}") if name in ANSWERED else name


SAVER: Saver[Draft[Answer], Outcome] = Saver(ANSWERING_SAVE_NOTE, ANSWERING_SAVE_ASKED, column)


def due(sheet: Sheet, open_key: Key, counts_as: Mapping[str, str], writer: Writer) -> Drafts:
    """Return the drafts to save now: complete, free of conflicts, and either no longer open or explicitly requested."""
    if not writer.role.strip():
        # A requested save waits until a role has been given.
        return {}
    everything, last = SAVER.is_asked(), SAVER.note()
    found = {
        key: draft
        for key, draft in drafts().items()
        if key in sheet.rows
        and (everything or key != open_key)
        and not missing_field(draft, counts_as)
        and not conflicts(draft, sheet.stored(key))
    }
    # After a refusal, do not retry until something else is entered or a save is requested.
    return {} if last is not None and last.refused and last.tried == found and not everything else found


def save(view: View, waiting: Drafts, writer: Writer) -> None:
    """Publish the waiting drafts. Nothing is drawn between publishing and noting it, so no click can interrupt."""
    changes = [AnswerChange(draft.was or draft.typed, draft.typed) for draft in waiting.values()]
    SAVER.save(view, drafts(), waiting, lambda: save_answers(store_folder(), changes, writer, view.today))
    st.rerun()


def tell_waiting(view: View, sheet: Sheet, counts_as: Mapping[str, str], others: Sequence[Key]) -> None:
    """Say what is not saved, and why."""
    words = view.words
    for key, draft in drafts().items():
        if key in sheet.rows and key in others:
            why = "conflict" if conflicts(draft, sheet.stored(key)) else missing_field(draft, counts_as) or "waits"
            st.caption(words(f"answering.waiting_{why}", criterion=escape(key[2])))
    elsewhere = sum(key not in sheet.rows for key in drafts())
    if elsewhere:
        st.caption(words.count("answering.elsewhere", elsewhere))
