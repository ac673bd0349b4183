"""What has been entered in the plan but not saved? Kept, saved as one publication, and held against others' changes.

Under our own keys, because widgets forget their values.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.action import ACTION_FIELDS, EDITED, Action
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.actions import ActionChange, Saved, save_actions
from dashboard.ui.editing.conflict import Clash, Version, show_versions
from dashboard.ui.editing.saving import Saver
from dashboard.ui.plan.actions import label, value
from dashboard.ui.session_keys import PLAN_DRAFTS, PLAN_GRID_SHEET, PLAN_SAVE_ASKED, PLAN_SAVE_NOTE
from dashboard.ui.view import View

CONFLICT = ("changed_meanwhile", "gone_meanwhile")


def drafts() -> dict[str, Draft[Action]]:
    """Return all unsaved drafts, by the id of the action or the key of a new one."""
    return PLAN_DRAFTS.setdefault({})


def name_of_new(action: Action) -> str:
    """Return the key for a new action; no id starts like this."""
    return f"new {action.criterion or action.impact} {action.operation}"


def keep(key: str, draft: Draft[Action], start: Action) -> None:
    """Keep what was entered; a draft equal to what it started from is dropped."""
    if draft.typed == (draft.was or start):
        drop(key)
    else:
        drafts()[key] = draft


def drop(key: str) -> None:
    """Discard the draft."""
    drafts().pop(key, None)


def settle(key: str, draft: Draft[Action] | None = None) -> None:
    """Replace a draft by another, or by none; the grid then shows it."""
    drop(key)
    if draft is not None:
        drafts()[key] = draft
    PLAN_GRID_SHEET.pop()


def renew(known: tuple[str, ...]) -> None:
    """Turn drafts of actions that no longer exist into new ones, so that they are not lost."""
    for key, draft in list(drafts().items()):
        if draft.was is not None and draft.was.action not in known:
            drop(key)
            drafts()[name_of_new(draft.typed)] = Draft(None, replace(draft.typed, action=""))


def conflicts(draft: Draft[Action], now: Action | None) -> bool:
    """Whether somebody else has changed the action since the draft was started."""
    return draft.was is not None and now is not None and draft.was != now


def show_conflict(view: View, key: str, draft: Draft[Action], now: Action, keep_mine: Callable[[], None]) -> None:
    """Show what differs: as opened, as saved by somebody else, and as entered here; the user keeps one of the two."""
    st.warning(view.words("plan.conflict", action=now.action))
    clash = Clash(*(_version(view, said) for said in (draft.was or now, now, draft.typed)))
    show_versions(view, (f"plan_mine {key}", f"plan_theirs {key}"), clash, keep_mine, partial(settle, key))


def _version(view: View, action: Action) -> Version:
    names = (*EDITED, *(name for name in ACTION_FIELDS if name not in EDITED))
    return {label(view, name): value(view, name, action) for name in names}


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
