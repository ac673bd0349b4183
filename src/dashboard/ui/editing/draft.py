"""How does a widget get back what was typed earlier? It is kept under our own keys, because widgets forget.

See docs/decisions/0013-drafts-conflicts-reviews.md.
"""

import streamlit as st


def set_widget(widget: str, value: object) -> None:
    """Set a widget's value before it is drawn, only if it differs: a late run must not undo what is being typed."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value
