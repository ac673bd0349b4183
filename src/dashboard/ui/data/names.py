"""What are the people called who changed something? The list beside the history, and the way to change a name."""

import streamlit as st

from dashboard.model.people.permissions import Deed, allowed
from dashboard.model.problem import sentence
from dashboard.store.history import StoreError
from dashboard.store.location import store_folder
from dashboard.store.shown_names import change_name, listed_names
from dashboard.ui import session
from dashboard.ui.escape import escape, one_line
from dashboard.ui.html import draw_table
from dashboard.ui.people import LONGEST_NAME
from dashboard.ui.session_keys import SAID_ONCE
from dashboard.ui.view import View


def show_names(view: View) -> None:
    """Show every id with its name, and the form, to whoever may grant roles. Nothing where nobody signs in."""
    person = session.person()
    if person is None or view.masked or not allowed(person, Deed.GRANT):
        return
    words = view.words
    st.markdown(f"**{words('names.title')}**")
    try:
        held = listed_names(store_folder())
    except StoreError as error:
        st.error(sentence(error.problem, words))
        return
    if held:
        titles = {subject: escape(name) or words("names.removed") for subject, name in held.items()}
        draw_table([{words("roles.person"): escape(one), words("roles.name"): name} for one, name in titles.items()])
        _form(view, list(held))
    st.caption(words("names.help") if held else words("names.none"))


def _form(view: View, subjects: list[str]) -> None:
    words = view.words
    with st.form("change_name", border=False):
        left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
        subject = left.selectbox(words("roles.person"), subjects, format_func=one_line, key="names_person")
        name = middle.text_input(words("names.shown"), max_chars=LONGEST_NAME, key="names_name")
        pressed = right.form_submit_button(words("names.save"), key="names_save")
    if pressed and subject:
        _change(view, subject, " ".join(name.split()))


def _change(view: View, subject: str, name: str) -> None:
    if not name:
        st.warning(view.words("names.needs"))
        return
    for problem in change_name(store_folder(), subject, name, session.person()):
        st.warning(sentence(problem, view.words))
        return
    SAID_ONCE.set(view.words("names.saved", subject=escape(subject), name=escape(name)))
    st.rerun()
