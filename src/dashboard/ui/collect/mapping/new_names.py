"""Are unpublished operations and rounds of a sheet added as new? Asked once for all of them."""

import streamlit as st

from dashboard.loading.mapping.countries import with_countries
from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.answers.mapping import SheetMapping
from dashboard.store.reading.names import names_of
from dashboard.tasks.new_lists import list_files, told_new
from dashboard.tasks.sheet_corrections import TAKE
from dashboard.ui.collect.mapping.corrections import said_of, taken_of
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.escape import escape
from dashboard.ui.view import View


def offer_new(view: View, mapping: SheetMapping, sheet: str) -> None:
    """Draw the checkbox that accepts all new names, if there are any."""
    if not mapping.new:
        return
    widget = f"mapping_{sheet}_new"
    set_widget(widget, mapping.take_new)
    st.checkbox(
        escape(told_new(mapping.new, "mapping.take_new", view.words)),
        key=widget,
        help=view.words("mapping.take_new_help"),
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
