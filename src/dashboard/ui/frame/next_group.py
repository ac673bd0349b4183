"""How does one click reset between two groups? What is set aside, what is forgotten, and how it is brought back."""

from collections.abc import Iterable

import streamlit as st

from dashboard.model.present.aside import Aside
from dashboard.model.view.view_state import FIELDS
from dashboard.ui.session_key import Fate
from dashboard.ui.session_keys import TOUR_ASIDE, TOUR_BRING_BACK, TOUR_RESTART, TOUR_RETURNED, with_fate
from dashboard.ui.view import View

KEPT = (*FIELDS, *(key.name for key in with_fate(Fate.OF_THE_RUN, Fate.OF_THE_PRESENTER)))
"""Keys that the next group keeps; the fields of the view have new values by then."""
TYPED = with_fate(Fate.PUT_ASIDE)


def asked_for(view: View) -> bool:
    """Draw the button for the next group; once pressed, it has set aside and cleared everything this one left."""
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
    """Draw the button that restores the previous group's work and page; return that work if it was pressed."""
    if TOUR_ASIDE.is_set():
        st.caption(view.words("next_group.aside"))
        here = (view.page, view.query())
        label = view.words("next_group.bring_back")
        st.button(label, key=TOUR_BRING_BACK.name, on_click=_bring_back, args=here, icon=":material/undo:")
    return TOUR_RETURNED.pop()


def forgotten(keys: Iterable[object]) -> list[str]:
    """Return the session keys that the next group must not find; fields of the view are reset separately."""
    return [key for key in map(str, keys) if key not in KEPT]


def _put_aside(page: str, query: dict[str, str]) -> None:
    left = Aside(page, query, {key.name: held for key in TYPED if _says(held := key.get())})
    # Pressed twice, or by a group that did nothing, it must not replace somebody's work.
    if left.holds_work or not TOUR_ASIDE.is_set():
        TOUR_ASIDE.set(left)
    # A scenario carries over between steps, but not to the next group.
    st.session_state["imagined"] = []
    for key in forgotten(st.session_state):
        del st.session_state[key]


def _says(held: object) -> bool:
    """Whether anything was entered at all; an unspecified role and reason are two empty texts."""
    return any(held) if isinstance(held, tuple) else bool(held)


def _bring_back(page: str, query: dict[str, str]) -> None:
    """Swap the two groups, so that this one loses nothing either."""
    before = TOUR_ASIDE.pop()
    if before is None:  # Pressed again before the button disappeared.
        return
    _put_aside(page, query)
    for key, held in before.typed.items():
        st.session_state[key] = held
    TOUR_RETURNED.set(before)
