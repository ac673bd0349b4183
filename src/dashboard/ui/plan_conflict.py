"""Two people have written the same action: both versions side by side, and which of them shall stand."""

from collections.abc import Callable

import streamlit as st

from dashboard.model.action import EDITED, SAID, Action
from dashboard.ui.plan import label, value
from dashboard.ui.plan_draft import Draft, settle
from dashboard.ui.shell import View


def conflicts(draft: Draft, now: Action | None) -> bool:
    """Whether somebody else has changed the action since the draft was begun."""
    return draft.was is not None and now is not None and draft.was != now


def show_conflict(view: View, key: str, draft: Draft, now: Action, keep_mine: Callable[[], None]) -> None:
    """What differs, as it was opened, as the other left it and as it is typed here; one of the two is chosen."""
    words = view.words
    st.warning(words("plan.conflict", action=now.action))
    was = draft.was or now
    versions = {"plan.was": was, "plan.theirs": now, "plan.yours": draft.typed}
    st.table(
        [
            {words("column.what"): label(view, name)}
            | {words(title): value(view, name, version) or words("plan.empty") for title, version in versions.items()}
            for name in (*EDITED, *(name for name in SAID if name not in EDITED))
            if len({getattr(version, name) for version in versions.values()}) > 1
        ],
        border="horizontal",
        hide_index=True,
    )
    with st.container(horizontal=True):
        if st.button(
            words("plan.keep_mine"), key=f"plan_mine {key}", help=words("plan.keep_mine_help"), type="primary"
        ):
            keep_mine()
        st.button(words("plan.take_theirs"), key=f"plan_theirs {key}", on_click=settle, args=(key,))
