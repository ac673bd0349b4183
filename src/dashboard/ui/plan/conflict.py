"""Two people have edited the same action: both versions side by side, and the choice between them."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.action import ACTION_FIELDS, EDITED, Action
from dashboard.ui.editing.conflict import Clash, Version, show_versions
from dashboard.ui.plan.actions import label, value
from dashboard.ui.plan.draft import settle
from dashboard.ui.view import View


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
