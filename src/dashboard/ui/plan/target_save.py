"""How is a target saved? As one publication; what came of it is told by the run that shows it."""

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.target import TARGET_FIELDS, Target
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.targets import TargetChange, save_target
from dashboard.ui.editing.saving import Saver
from dashboard.ui.session_keys import PLAN_TARGET_ASKED, PLAN_TARGET_NOTE, PLAN_TARGETS
from dashboard.ui.view import View


def label(view: View, name: str) -> str:
    """What the form calls a column."""
    known = {"percent": "target.percent", "area": "target.area", "operation": "target.whose", "round": "target.due"}
    return view.words(known.get(name, f"column.{name}")) if name in TARGET_FIELDS else name


SAVER: Saver[Draft[Target], Outcome] = Saver(PLAN_TARGET_NOTE, PLAN_TARGET_ASKED, label)


def tell_saved(view: View) -> None:
    """That the last target was saved, once."""
    note = SAVER.note()
    if note is not None and note.outcome.revision is not None and not view.masked:
        SAVER.take_note()
        st.success(view.words("target.saved", number=note.outcome.revision.number))


def save(view: View, code: str, draft: Draft[Target], name: str, writer: Writer) -> None:
    """Publish a draft under the name that a reader knows the target by; why it was refused is told at once."""
    change = TargetChange(draft.was, draft.typed)
    outcome = SAVER.save(
        view, PLAN_TARGETS.now(), {code: draft}, lambda: save_target(store_folder(), change, name, writer, view.today)
    )
    if outcome.revision is None:
        SAVER.take_note()
        SAVER.tell_refused(view, outcome.problems)
        return
    drop(code)
    st.rerun()


def drop(code: str) -> None:
    """Forget what was typed."""
    PLAN_TARGETS.setdefault({}).pop(code, None)
