"""How does a tour begin anew for the next group? What this group left is cleared, after a sentence that says so."""

import streamlit as st

from dashboard.model.view.view_state import FIELDS
from dashboard.ui.session_key import Fate
from dashboard.ui.session_keys import TOUR_AGAIN, TOUR_RESTART, with_fate
from dashboard.ui.view import View

KEPT = (*FIELDS, *(key.name for key in with_fate(Fate.OF_THE_RUN, Fate.OF_THE_PRESENTER)))
"""Keys that the next group keeps; the fields of the view have new values by then."""


def asked_for(view: View) -> bool:
    """Draw the button for the next group, which first says what is lost; once confirmed, it has cleared all of it."""
    words = view.words
    label, icon = words("start_again.label"), ":material/restart_alt:"
    with st.popover(label, icon=icon, type="tertiary", key=TOUR_AGAIN.name, on_change="rerun") as place:
        if not place.open:
            return False
        st.markdown(words("start_again.says"))
        confirmed = st.button(words("start_again.do"), key=TOUR_RESTART.name, type="primary")
    if confirmed:
        _clear()
    return confirmed


def _clear() -> None:
    # A scenario carries over between steps, but not to the next group.
    st.session_state["imagined"] = []
    for key in [key for key in map(str, st.session_state) if key not in KEPT]:
        del st.session_state[key]
