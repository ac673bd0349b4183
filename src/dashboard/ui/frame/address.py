"""Reads what the browser's address asks for, and writes the view to it."""

from dataclasses import replace
from time import perf_counter

import streamlit as st

from dashboard.model.known_codes import Known
from dashboard.model.problem import Problem
from dashboard.model.view_state import ViewState, from_query, normalised, to_query
from dashboard.ui.frame import exercise
from dashboard.ui.frame.filter_bar import IN_BAR
from dashboard.ui.session import as_held, hold
from dashboard.ui.session_state import WRITTEN_FRAME, WRITTEN_LEFT, WRITTEN_QUERY

BAR = "bar"
"""The origin of a choice that did not come from an address."""
ON_PAGES = (
    *("common", "by", "focus", "operation", "criterion", "against", "pair", "subject", "earlier", "since"),
    *("sort", "show_as", "shade", "indicator", "of_setting", "of_country", "part"),
)
"""The fields that choices of pages write to the address (`elements/choices.py`)."""
LATE_SECONDS = 2.0
"""Seconds during which a link drawn before the last choice may still be clicked, until the browser has redrawn."""


def asked() -> dict[str, str]:
    """Return the query of the browser's address. A repeated key holds all its values."""
    return {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}


def as_chosen(page: str, query: dict[str, str]) -> dict[str, str]:
    """Return the query; for one made from an address that has since been replaced, return what was meant.

    A link to another page that was clicked before it was redrawn has the view before the last choice, and would
    silently undo it. Going Back from a choice stays on the same page, so it is never mistaken for such a click. A
    choice in the filter bar or on a page changes one field of the address; whatever else was chosen stays.
    """
    written, left = WRITTEN_QUERY.get(), WRITTEN_LEFT.get(())
    if not written or not query or query == written:
        return query
    late = [of for of, at in left if perf_counter() - at < LATE_SECONDS]
    if page != WRITTEN_FRAME.now()[0]:
        return dict(written) if query in late else query
    came_back = any(query == of for of, _ in left)
    for of in (written, *(() if came_back else late[-1:])):
        held = to_query(as_held())
        # Otherwise it is a link that says what is shown anyway, such as the way back from what was just opened.
        if (name := _chosen_in_browser(query, of)) and held.get(name) != query.get(name):
            return {name: value for name, value in {**held, name: query.get(name, "")}.items() if value}
    return query


def read_url(known: Known, page: str, query: dict[str, str]) -> tuple[ViewState, tuple[Problem, ...]]:
    """Return the state, and the parts of the choice that it cannot hold.

    A choice comes from the address (the filter bar, a link, Back, Forward or an edited address) or from a widget.
    """
    written = WRITTEN_QUERY.get()
    problems: tuple[Problem, ...] = ()
    if query and query != written:
        state, problems = from_query(query, known)
        if written and _chosen_in_browser(query, written) in IN_BAR:
            problems = tuple(replace(problem, file=BAR) for problem in problems)
    else:
        state = normalised(ViewState() if written is None else as_held(), known)
    state = exercise.with_read(state, page, known)
    hold(state, anew=WRITTEN_FRAME.get() != _frame_of(state, page))
    return state, problems


def _chosen_in_browser(query: dict[str, str], before: dict[str, str]) -> str:
    """Return the only field in which two addresses differ, if the filter bar or a choice of a page sets it."""
    changed = [name for name in {**before, **query} if query.get(name) != before.get(name)]
    return changed[0] if len(changed) == 1 and changed[0] in (*IN_BAR, *ON_PAGES) else ""


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
    """Return what the labels and options of choices on pages depend on; a change in any of it makes other widgets."""
    return page, state.lang, state.framework, state.round
