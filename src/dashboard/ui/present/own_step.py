"""How does a view become a step of a tour? Its address is given here, and the step stands below, to be copied."""

from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from dashboard.exports.tour_step import step_yaml
from dashboard.model.pages import FRONT, IN_TOURS, TOURS
from dashboard.model.view.view_query import from_query, to_query
from dashboard.ui.elements.folds import folded
from dashboard.ui.session_keys import TOUR_ADDRESS
from dashboard.ui.view import View


def show_own_step(view: View) -> None:
    """The way to a step, folded away; with aliases in it a step would lead nowhere tomorrow."""
    words = view.words
    if view.masked:
        return
    place = folded(words("workshop.own"), "own_step")
    if place is None:
        return
    with place:
        st.caption(words("workshop.own_help"))
        address = st.text_input(words("workshop.address"), key=TOUR_ADDRESS.name)
        if not address:
            return
        if step := _step(view, address):
            st.code(step, language="yaml", wrap_lines=True)
        else:
            st.warning(words("workshop.no_step"))


def _step(view: View, address: str) -> str:
    """The step that opens an address, as YAML; empty where it is that of no page a tour may open."""
    parts = urlsplit(address.strip())
    page = parts.path.rstrip("/").rpartition("/")[2] or FRONT
    if page not in IN_TOURS or page == TOURS:
        return ""
    state, _ = from_query(dict(parse_qsl(parts.query)), view.known)
    return step_yaml(page, to_query(state), view.words(f"page.{page}"), view.words("workshop.own_text"))
