"""When are answers entered on the page saved? As soon as the user moves on to another criterion."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.model.answers.answer import Answer, Key
from dashboard.model.draft import Draft
from dashboard.store.permission import Writer
from dashboard.ui.collect.answer.criteria import Sheet
from dashboard.ui.collect.answer.draft import EDITOR, missing_field
from dashboard.ui.escape import escape
from dashboard.ui.view import View


def due(sheet: Sheet, open_key: Key, counts_as: Mapping[str, str], writer: Writer) -> dict[Key, Draft[Answer]]:
    """Return the drafts to save now: complete, free of conflicts, and either no longer open or explicitly requested."""
    if not writer.role.strip():
        # A requested save waits until a role has been given.
        return {}
    everything, last = EDITOR.asked() is not None, EDITOR.held().note
    found = {
        key: draft
        for key, draft in EDITOR.drafts().items()
        if key in sheet.rows
        and (everything or key != open_key)
        and not missing_field(draft, counts_as)
        and not EDITOR.conflicts(draft, sheet.stored(key))
    }
    # After a refusal, do not retry until something else is entered or a save is requested.
    return {} if last is not None and last.refused and last.tried == found and not everything else found


def tell_waiting(view: View, sheet: Sheet, counts_as: Mapping[str, str], others: Sequence[Key]) -> None:
    """Say what is not saved, and why."""
    words = view.words
    for key, draft in EDITOR.drafts().items():
        if key in sheet.rows and key in others:
            why = (
                "conflict" if EDITOR.conflicts(draft, sheet.stored(key)) else missing_field(draft, counts_as) or "waits"
            )
            st.caption(words(f"answering.waiting_{why}", criterion=escape(key[2])))
    elsewhere = sum(key not in sheet.rows for key in EDITOR.drafts())
    if elsewhere:
        st.caption(words.count("answering.elsewhere", elsewhere))
