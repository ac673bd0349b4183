"""How is everything searched? A button or a key opens a dialog; the key is handled by `server/page.js`."""

import streamlit as st

from dashboard.model.words import Words
from dashboard.ui.elements.search import find, search_box, show_found, told
from dashboard.ui.session_keys import SEARCH_OPEN, SEARCH_TYPED
from dashboard.ui.view import View

FIRST = 3
"""Results of a kind shown at once."""


def draw(words: Words) -> None:
    """Draw the button. Nothing else of the search exists until it is pressed."""
    st.button(words("search.open"), key=SEARCH_OPEN.name, icon=":material/search:", type="tertiary")


def show_opened(view: View) -> None:
    """Show the dialog where the button was pressed. While somebody types, only the dialog is redrawn."""
    if not SEARCH_OPEN.get():
        return

    @st.dialog(view.words("search.title"), width="medium")
    def dialog() -> None:
        typed = search_box(view, SEARCH_TYPED.name, "search.title", "search.example_everywhere", live=True)
        if not typed:
            st.caption(view.words("search.help"))
            return
        found = find(view, typed)
        if said := told(view, found):
            st.caption(said)
        # The page's script computes the same sum.
        with st.container(gap="small", key=f"found_of_{sum(map(ord, typed))}"):
            show_found(view, found, FIRST)

    dialog()
