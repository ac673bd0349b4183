"""One click back to the start between two groups: what is put aside, what is forgotten, and how is it brought back?"""

from collections.abc import Iterable

import streamlit as st

from dashboard.model.present.aside import Aside
from dashboard.model.view.view_state import FIELDS
from dashboard.ui.session_keys import TOUR_ASIDE, TOUR_BRING_BACK, TOUR_RESTART, TOUR_RETURNED, Fate, with_fate
from dashboard.ui.view import View

KEPT = (*FIELDS, *(key.name for key in with_fate(Fate.OF_THE_RUN, Fate.OF_THE_PRESENTER)))
"""Keys that the next group finds as they are; of the fields of the view each has another value by then."""
TYPED = with_fate(Fate.PUT_ASIDE)


def asked_for(view: View) -> bool:
    """The button for the next group. Pressed, it has put aside and forgotten all that this one left."""
    return st.button(
        view.words("next_group.restart"),
        key=TOUR_RESTART.name,
        on_click=_put_aside,
        args=(view.page, view.query()),
        icon=":material/restart_alt:",
        help=view.words("next_group.help"),
        type="tertiary",
    )


def brought_back(view: View) -> Aside | None:
    """The button for what the group before has left. Pressed, what it typed is there again, and this is its place."""
    if TOUR_ASIDE.is_set():
        st.caption(view.words("next_group.aside"))
        here = (view.page, view.query())
        label = view.words("next_group.bring_back")
        st.button(label, key=TOUR_BRING_BACK.name, on_click=_bring_back, args=here, icon=":material/undo:")
    return TOUR_RETURNED.pop()


def forgotten(keys: Iterable[object]) -> list[str]:
    """Of the keys of a session those that the next group must not find; fields of the view are given anew."""
    return [key for key in map(str, keys) if key not in KEPT]


def _put_aside(page: str, query: dict[str, str]) -> None:
    left = Aside(page, query, {key.name: held for key in TYPED if _says(held := key.get())})
    # Pressed twice, or by a group that did nothing, it must not take the place of somebody's work.
    if left.holds_work or not TOUR_ASIDE.is_set():
        TOUR_ASIDE.set(left)
    # What is imagined goes along from step to step, but not to the next group.
    st.session_state["imagined"] = []
    for key in forgotten(st.session_state):
        del st.session_state[key]


def _says(held: object) -> bool:
    """Whether something was typed at all; a role and a reason that nobody gave are two empty texts."""
    return any(held) if isinstance(held, tuple) else bool(held)


def _bring_back(page: str, query: dict[str, str]) -> None:
    """The two groups change places, so that this one loses nothing either."""
    before = TOUR_ASIDE.pop()
    if before is None:  # Pressed twice, before the button went.
        return
    _put_aside(page, query)
    for key, held in before.typed.items():
        st.session_state[key] = held
    TOUR_RETURNED.set(before)
