"""What does the address of the browser ask for, and what is written into it?"""

from time import perf_counter

import streamlit as st

from dashboard.model.problem import Problem
from dashboard.model.view.known import Known
from dashboard.model.view.view_query import fallen_away, from_query, to_query
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.ui.frame import exercise
from dashboard.ui.session import as_held, hold
from dashboard.ui.session_keys import WRITTEN_FRAME, WRITTEN_LEFT, WRITTEN_QUERY

BAR = "bar"
"""Where a choice was made that was not made by an address."""
LATE_SECONDS = 2.0
"""How long a link that was drawn before the last choice may still be clicked: until the browser has drawn the next."""


def asked() -> dict[str, str]:
    """The query of the browser's address. A key that stands there several times holds all its values."""
    return {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}


def as_chosen(page: str, query: dict[str, str]) -> dict[str, str]:
    """The query; but a link that was clicked before it was drawn anew leads to what had just been chosen.

    Its address is of the view before the choice, and would take the choice back without a word. One step Back from a
    choice stays on its page, so it is never taken for such a click.
    """
    left = WRITTEN_LEFT.get(())
    if not left or page == WRITTEN_FRAME.now()[0]:
        return query
    late = any(query == of and perf_counter() - at < LATE_SECONDS for of, at in left)
    return dict(WRITTEN_QUERY.now()) if late else query


def read_url(known: Known, page: str, query: dict[str, str]) -> tuple[ViewState, tuple[Problem, ...]]:
    """The state, and what of a choice it cannot hold.

    A choice comes from outside (a link, Back, Forward or a hand edit) or from the bar.
    """
    written = WRITTEN_QUERY.get()
    problems: tuple[Problem, ...] = ()
    if query and query != written:
        state, problems = from_query(query, known)
    elif written is None:
        state = normalised(ViewState(), known)
    else:
        held = as_held()
        state = normalised(held, known)
        # Where other data are shown than before, nobody has chosen another framework.
        problems = fallen_away(held, state, BAR) if state.framework != written.get("framework") else ()
    state = exercise.with_read(state, page, known)
    hold(state, anew=WRITTEN_FRAME.get() != _frame_of(state, page))
    return state, problems


def write_url(state: ViewState, page: str) -> None:
    """Give the browser the address of this view, and keep for a moment the one that its links still hold."""
    query, before = to_query(state), WRITTEN_QUERY.get({})
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    if page != WRITTEN_FRAME.get(("",))[0]:
        WRITTEN_LEFT.pop()
    elif before != query:
        WRITTEN_LEFT.set((*WRITTEN_LEFT.get(())[-9:], (before, perf_counter())))
    WRITTEN_QUERY.set(query)
    WRITTEN_FRAME.set(_frame_of(state, page))


def _frame_of(state: ViewState, page: str) -> tuple[str, ...]:
    """What the labels and options of the bar depend on: with another of these its widgets are others."""
    return page, state.lang, state.framework, state.round
