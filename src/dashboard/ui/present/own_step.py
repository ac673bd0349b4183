"""How does a view become a step of a tour? Its address is entered here, and the step is shown below, to copy."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from dashboard.exports.tour_step import step_yaml
from dashboard.model.pages import FRONT, IN_TOURS, PAGES, TOURS
from dashboard.model.problem import nearest, sentence
from dashboard.model.view.view_query import from_query, to_query
from dashboard.model.view.view_state import FIELDS
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape, escape_problem
from dashboard.ui.session_keys import TOUR_ADDRESS
from dashboard.ui.view import View


def show_own_step(view: View) -> None:
    """Show how to make a step, folded away; a step that contains aliases would lead nowhere tomorrow."""
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
        page, query = _asked(address)
        if why := _no_page(view, page):
            st.warning(f"{words('workshop.no_step')} {why}")
            return
        if wrong := list(_left_out(view, query)):
            st.warning("  \n".join([words("workshop.left_out"), *wrong]))
        state, _ = from_query(query, view.known)
        title, text = words(f"page.{page}"), words("workshop.own_text")
        st.code(step_yaml(page, to_query(state), title, text), language="yaml", wrap_lines=True)


def _asked(address: str) -> tuple[str, dict[str, str]]:
    """Return the page that an address names, and its query. On a server below a path, that path is the first page."""
    parts = urlsplit(address.strip())
    below = urlsplit(st.context.url or "").path.rpartition("/")[0]
    page = parts.path.rstrip("/").removeprefix(below).rpartition("/")[2] or FRONT
    return page, dict(parse_qsl(parts.query))


def _no_page(view: View, page: str) -> str:
    """Return why no step can open a page; empty if one can."""
    if page not in PAGES:
        return view.words("workshop.no_page", page=escape(page))
    return (
        ""
        if page in IN_TOURS and page != TOURS
        else view.words("workshop.not_in_tours", page=view.words(f"page.{page}"))
    )


def _left_out(view: View, query: Mapping[str, str]) -> Iterator[str]:
    """Yield one sentence for each part of an address that a step cannot hold: unknown filters and codes."""
    words = view.words
    for name in query:
        if name not in FIELDS:
            hint = nearest(name, FIELDS)
            more = f" {words('problem.hint', hint=hint)}" if hint else ""
            yield words("workshop.no_filter", name=escape(name)) + more
    for problem in from_query(query, view.known)[1]:
        yield sentence(replace(escape_problem(problem), file=words("shell.link")), words)
