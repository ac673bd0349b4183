"""The parts of the data page, one function each."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.model.permissions import Deed
from dashboard.model.words import Claim
from dashboard.queries.ask import rows
from dashboard.queries.data_method import METHOD, SOURCES
from dashboard.ui.data.publication import (
    CONTENTS,
    PROBLEMS,
    bring,
    contents,
    copied,
    history_table,
    problem_list,
    space,
)
from dashboard.ui.data.robustness import show_robustness
from dashboard.ui.data.roles import role_table, show_names
from dashboard.ui.data.sources import VERSIONS, finding, method, source_table, version_table
from dashboard.ui.data.tokens import show_tokens
from dashboard.ui.editing.writer import ask_who, may_write
from dashboard.ui.elements.closed_rounds import show_rounds
from dashboard.ui.elements.folds import section
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View


def sources(view: View) -> None:
    """Show where everything comes from, every version of each framework, the method, and who may do what."""
    words = view.words
    found = escaped_rows(view.published, SOURCES, view.parameters())
    headline(words, finding(found))
    source_table(view, found)
    st.markdown(f"**{words('data.versions')}**")
    version_table(view, escaped_rows(view.published, VERSIONS, view.parameters()))
    if place := section(words("data.method"), "method"):
        with place:
            method(view, escaped_rows(view.published, METHOD, view.parameters()))
    st.markdown(f"**{words('roles.title')}**")
    role_table(view)
    show_names(view)
    show_tokens(view)


def publications(view: View) -> None:
    """Show the current publication, its history, and the way to make the next."""
    words = view.words
    revision = view.published.revision
    headline(words, Claim.of("data.finding", number=revision.number, at=date.fromisoformat(revision.at[:10])))
    st.caption(contents(view, escaped_rows(view.published, CONTENTS, view.parameters())[0]))
    st.caption(space(view))
    if said := copied(view):
        st.caption(said)
    st.markdown(f"**{words('data.problems')}**")
    problem_list(view, rows(view.published, PROBLEMS, view.parameters()))
    st.markdown(f"**{words('data.history')}**")
    history_table(view)
    st.markdown(f"**{words('data.change')}**")
    writer = ask_who(view, Deed.LOAD) if may_write(view, Deed.LOAD) else None
    st.markdown(f"**{words('rounds.title')}**")
    show_rounds(view, writer)
    if writer is not None:
        st.markdown(f"**{words('data.bring')}**")
        bring(view, writer)


PARTS: dict[str, Callable[[View], None]] = {
    "sources": sources,
    "publications": publications,
    "robustness": show_robustness,
}
