"""How is a widget given what somebody has typed before? It is kept under our own keys, since widgets forget.

See docs/decisions/0013-drafts-conflicts-reviews.md.
"""

import streamlit as st


def set_widget(widget: str, value: object) -> None:
    """Give a widget its value before it is drawn; only another one, for a late run must not take back what is typed."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value
