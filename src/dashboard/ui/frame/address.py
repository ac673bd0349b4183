"""What does the browser's address ask for, and what is written to it?"""

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
"""The origin of a choice that did not come from an address."""
LATE_SECONDS = 2.0
"""Seconds during which a link drawn before the last choice may still be clicked, until the browser has redrawn."""


def asked() -> dict[str, str]:
    """Return the query of the browser's address. A repeated key holds all its values."""
    return {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}


def as_chosen(page: str, query: dict[str, str]) -> dict[str, str]:
    """Return the query; for a link clicked before it was redrawn, return the choice that had just been made.

    Such a link has the address of the view before the choice and would silently undo it. Going Back from a choice stays
    on the same page, so it is never mistaken for such a click.
    """
    left = WRITTEN_LEFT.get(())
    if not left or page == WRITTEN_FRAME.now()[0]:
        return query
    late = any(query == of and perf_counter() - at < LATE_SECONDS for of, at in left)
    return dict(WRITTEN_QUERY.now()) if late else query


def read_url(known: Known, page: str, query: dict[str, str]) -> tuple[ViewState, tuple[Problem, ...]]:
    """Return the state, and the parts of the choice that it cannot hold.

    A choice comes from outside (a link, Back, Forward or an edited address) or from the filter bar.
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
        # If the data shown have changed, the new framework is not the user's choice.
        problems = fallen_away(held, state, BAR) if state.framework != written.get("framework") else ()
    state = exercise.with_read(state, page, known)
    hold(state, anew=WRITTEN_FRAME.get() != _frame_of(state, page))
    return state, problems


def write_url(state: ViewState, page: str) -> None:
    """Write this view to the browser's address, and remember briefly the one its links still hold."""
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
    """Return what the labels and options of the filter bar depend on; a change in any of it makes other widgets."""
    return page, state.lang, state.framework, state.round
