"""How is a record of how children were heard saved? As one publication; what came of it is told by the next run."""

import streamlit as st

from dashboard.model.answers.participation import RECORD_EDITED, Participation
from dashboard.model.draft import Draft
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.participation import RecordChange, save_record
from dashboard.ui.editing.saving import Saver
from dashboard.ui.session_keys import HEARD_ASKED, HEARD_DRAFTS, HEARD_NOTE
from dashboard.ui.view import View

GROUPS = ("girls", "boys", "children_with_disabilities", "out_of_school")
OURS = ("consent", "safeguarding_lead", "trained_partner", "fed_back", "note")
"""Columns with words of the form alone."""


def label(view: View, name: str) -> str:
    """What the form calls a column."""
    if name in GROUPS:
        return view.words(f"heard.group.{name}")
    return view.words(f"heard.{name}" if name in OURS else f"column.{name}") if name in RECORD_EDITED else name


SAVER: Saver[Draft[Participation], Outcome] = Saver(HEARD_NOTE, HEARD_ASKED, label)


def tell_saved(view: View) -> None:
    """That the last record was saved, once."""
    note = SAVER.note()
    if note is not None and note.outcome.revision is not None and not view.masked:
        SAVER.take_note()
        st.success(view.words("heard.saved", number=note.outcome.revision.number))


def save(view: View, code: str, draft: Draft[Participation], name: str, writer: Writer) -> None:
    """Publish a draft under the name that a reader knows the record by; why it was refused is told at once."""
    change = RecordChange(draft.was, draft.typed)
    outcome = SAVER.save(
        view, HEARD_DRAFTS.now(), {code: draft}, lambda: save_record(store_folder(), change, name, writer, view.today)
    )
    if outcome.revision is None:
        SAVER.take_note()
        SAVER.tell_refused(view, outcome.problems)
        return
    drop(code)
    st.rerun()


def drop(code: str) -> None:
    """Forget what was typed."""
    HEARD_DRAFTS.setdefault({}).pop(code, None)
