"""How is a change to the plan saved? As one publication; a conflict is shown rather than reported as a problem."""

from collections.abc import Mapping

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.action import ACTION_FIELDS, Action
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.actions import ActionChange, Saved, save_actions
from dashboard.ui.editing.saving import Saver
from dashboard.ui.plan.actions import label
from dashboard.ui.plan.draft import drafts
from dashboard.ui.session_keys import PLAN_SAVE_ASKED, PLAN_SAVE_NOTE
from dashboard.ui.view import View

CONFLICT = ("changed_meanwhile", "gone_meanwhile")


def _column(view: View, name: str) -> str:
    return label(view, name) if name in ACTION_FIELDS else name


SAVER: Saver[Draft[Action], Saved] = Saver(PLAN_SAVE_NOTE, PLAN_SAVE_ASKED, _column)


def save(view: View, waiting: Mapping[str, Draft[Action]], writer: Writer) -> Saved | None:
    """Publish the waiting drafts; return None if that was refused, and show why.

    Success, and changes made by somebody else, are reported by the run that shows them.
    """
    changes = [ActionChange(draft.was, draft.typed) for draft in waiting.values()]
    saved = SAVER.save(view, drafts(), waiting, lambda: save_actions(store_folder(), changes, writer, view.today))
    if saved.revision is None:
        SAVER.take_note()
        if not any(problem.kind in CONFLICT for problem in saved.problems):
            SAVER.tell_refused(view, saved.problems)
            return None
    return saved


def tell_saved(view: View) -> None:
    """Say once which actions were saved."""
    note = SAVER.take_note()
    if note is not None and note.outcome.revision is not None and not view.masked:
        ids, number = note.outcome.actions, note.outcome.revision.number
        st.success(view.words.count("plan.saved", len(ids), actions=view.words.listed(ids), number=number))
