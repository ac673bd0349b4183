"""What did somebody type into a search box? The words as questions compare them: small letters without accents."""

import unicodedata

import streamlit as st

from dashboard.ui.view import View


def folded(text: str) -> tuple[str, ...]:
    """The words of a text between its spaces, as `lower(strip_accents(…))` writes them."""
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return tuple("".join(letters).lower().split())


def search_box(view: View, key: str, label: str, example: str) -> tuple[str, ...]:
    """A box to search in, its label and example by their words; gives the words in it."""
    typed = st.text_input(
        view.words(label),
        key=key,
        placeholder=view.words(example),
        label_visibility="collapsed",
        icon=":material/search:",
    )
    return folded(typed or "")
