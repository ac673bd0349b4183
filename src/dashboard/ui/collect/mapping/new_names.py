"""Are unpublished operations and rounds of a sheet added as new? Asked once for all of them."""

import streamlit as st

from dashboard.loading.mapping.countries import with_countries
from dashboard.loading.mapping.new_names import listed_new
from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.answers.mapping_guess import Guess
from dashboard.store.reading.names import names_of
from dashboard.tasks.new_lists import list_files, told_new
from dashboard.tasks.sheet_corrections import TAKE
from dashboard.ui.collect.mapping.corrections import said_of, taken_of
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.elements.folds import FIRST, the_rest
from dashboard.ui.escape import escape
from dashboard.ui.view import View


def offer_new(view: View, guessed: Guess, sheet: str) -> None:
    """List every new name with what it would become, and draw the checkbox that accepts those that are not asked about.

    A name of which only part is that of a country is asked about on its own.
    """
    words = view.words
    found = list(listed_new(guessed, with_countries(names_of(view.published))))
    if not found:
        return
    lines = [f"- {escape(told_new(one, words))}" for one in found]
    st.markdown("\n".join([f"**{words('mapping.new_title')}**\n", *lines[:FIRST]]))
    if more := the_rest(view, len(lines) - FIRST, f"new_{sheet}"):
        more.markdown("\n".join(lines[FIRST:]))
    n = sum(not one.asked for one in found)
    if not n:
        return
    widget = f"mapping_{sheet}_new"
    set_widget(widget, guessed.mapping.take_new)
    st.checkbox(
        words.count("mapping.take_new", n),
        key=widget,
        help=words("mapping.take_new_help"),
        on_change=_say,
        args=(sheet, widget),
    )


def _say(sheet: str, widget: str) -> None:
    said_of(sheet)["new",] = TAKE if st.session_state[widget] else ""


def new_files(view: View, file: HandedFile) -> tuple[HandedFile, ...]:
    """Return the lists that add the new names of a sheet, if its mapping accepts them."""
    mapping = taken_of(file.digest.hex()[:12])
    if mapping is None or not mapping.take_new:
        return ()
    names = with_countries(names_of(view.published))
    return tuple(HandedFile(name, text.encode()) for name, text in list_files(mapping.new, names).items())
