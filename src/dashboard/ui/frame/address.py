"""What does the address of the browser ask for, and what is written into it?"""

from time import perf_counter

import streamlit as st

from dashboard.model.problem import Problem
from dashboard.model.view.known import Known
from dashboard.model.view.view_query import from_query, to_query
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.ui.frame import exercise
from dashboard.ui.session import held_state, hold

LATE_SECONDS = 2.0
"""How long a link that was drawn before the last choice may still be clicked: until the browser has drawn the next."""
LEFT_BEHIND = "written_left"
"""The addresses that the links of the page in view held before its last choices, and when each was left."""


def asked() -> dict[str, str]:
    """The query of the browser's address. A key that stands there several times holds all its values."""
    return {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}


def as_chosen(page: str, query: dict[str, str]) -> dict[str, str]:
    """The query; but a link that was clicked before it was drawn anew leads to what had just been chosen.

    Its address is of the view before the choice, and would take the choice back without a word. One step Back from a
    choice stays on its page, so it is never taken for such a click.
    """
    left = st.session_state.get(LEFT_BEHIND, ())
    if not left or page == st.session_state["written_frame"][0]:
        return query
    late = any(query == of and perf_counter() - at < LATE_SECONDS for of, at in left)
    return dict(st.session_state["written_query"]) if late else query


def read_url(known: Known, page: str, query: dict[str, str]) -> tuple[Problem, ...]:
    """Take the state from a query that came from outside: a link, Back, Forward or a hand edit."""
    written = st.session_state.get("written_query")
    problems: tuple[Problem, ...] = ()
    if query and query != written:
        state, problems = from_query(query, known)
    elif written is None:
        state = normalised(ViewState(), known)
    else:
        state = held_state(known)
    state = exercise.with_read(state, page, known)
    hold(state, anew=st.session_state.get("written_frame") != _frame_of(state, page))
    return problems


def write_url(state: ViewState, page: str) -> None:
    """Give the browser the address of this view, and keep for a moment the one that its links still hold."""
    query, before = to_query(state), st.session_state.get("written_query", {})
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    if page != st.session_state.get("written_frame", ("",))[0]:
        st.session_state.pop(LEFT_BEHIND, None)
    elif before != query:
        st.session_state[LEFT_BEHIND] = (*st.session_state.get(LEFT_BEHIND, ())[-9:], (before, perf_counter()))
    st.session_state["written_query"] = query
    st.session_state["written_frame"] = _frame_of(state, page)


def _frame_of(state: ViewState, page: str) -> tuple[str, ...]:
    """What the labels and options of the bar depend on: with another of these its widgets are others."""
    return page, state.lang, state.framework, state.round
