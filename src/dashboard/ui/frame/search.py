"""Search everywhere: a button at the end of the bar, and the dialog that it or a key opens. See `server/page.js`."""

import streamlit as st

from dashboard.model.words import Words
from dashboard.ui.elements.search import find, search_box, show_found, told
from dashboard.ui.session_keys import SEARCH_OPEN, SEARCH_TYPED
from dashboard.ui.view import View

FIRST = 3
"""So many things of a kind are shown at once."""


def draw(words: Words) -> None:
    """The button. Nothing else of the search is there until it is pressed."""
    st.button(words("search.open"), key=SEARCH_OPEN.name, icon=":material/search:", type="tertiary")


def show_opened(view: View) -> None:
    """The dialog, where the button was just pressed. While somebody types nothing but the dialog is drawn anew."""
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
        with st.container(gap="small", key=f"found_of_{sum(map(ord, typed))}"):  # The script of the page adds up too.
            show_found(view, found, FIRST)

    dialog()
