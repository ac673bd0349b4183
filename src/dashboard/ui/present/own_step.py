"""How does a view become a step of a tour? Its address is given here, and the step stands below, to be copied."""

from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from dashboard.exports.tour_step import step_yaml
from dashboard.model.pages import FRONT, IN_TOURS, TOURS
from dashboard.model.view.view_query import from_query, to_query
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import said_of_link
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
        parts = urlsplit(address.strip())
        page = _page_of(parts.path)
        if page not in IN_TOURS or page == TOURS:
            st.warning(words("workshop.no_step"))
            return
        state, problems = from_query(dict(parse_qsl(parts.query)), view.known)
        for problem in problems:
            st.warning(said_of_link(problem, words))
        step = step_yaml(page, to_query(state), words(f"page.{page}"), words("workshop.own_text"))
        st.code(step, language="yaml", wrap_lines=True)


def _page_of(path: str) -> str:
    """The page at the path of an address. Where this server stands below a path, the first page is that path."""
    below = urlsplit(st.context.url or "").path.rpartition("/")[0]
    return path.rstrip("/").removeprefix(below).rpartition("/")[2] or FRONT
