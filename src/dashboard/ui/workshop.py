"""What the page of tours says: which there are, for whom, how long, and whether each still works."""

from typing import Any

import streamlit as st

from dashboard.model.problem import Problem, sentence
from dashboard.store.library import stored_library
from dashboard.store.tours import unsound_steps
from dashboard.ui.plain import plain
from dashboard.ui.shell import View
from dashboard.ui.tour import start, stops_of

Row = dict[str, Any]


def finding(view: View, tours: list[Row]) -> str:
    """How many tours there are, and how long the shortest takes."""
    if not tours:
        return view.words("workshop.none")
    return view.words.count("workshop.finding", len(tours), minutes=min(tour["minutes"] for tour in tours))


def offer(view: View, tour: Row) -> None:
    """One tour: what it is, the button that starts it, and its steps in order."""
    words = view.words
    with st.container(border=True):
        said, begin = st.columns([5, 1], vertical_alignment="center")
        with said:
            st.markdown(f"**{tour['title']}**")
            about = words("workshop.about", audience=tour["audience"], minutes=tour["minutes"], steps=tour["n_steps"])
            st.caption(about)
        if begin.button(words("workshop.start"), key=f"tour_start_{tour['tour']}", type="primary", width="stretch"):
            start(view, tour["tour"])
        with st.expander(words("workshop.steps")):
            stops = stops_of(view, tour["tour"])
            st.markdown("\n".join(f"{stop.number}. {stop.title} — {words(f'page.{stop.page}')}" for stop in stops))


def tell_unsound(view: View) -> None:
    """What no longer works, before a room finds it."""
    for problem in _unsound(view):
        st.warning(plain(sentence(problem, view.words)))


def _unsound(view: View) -> tuple[Problem, ...]:
    """Looked at once per publication."""
    found = view.published.answers.get("unsound tours")
    if not isinstance(found, tuple):
        with view.published.cursor() as cursor:
            found = unsound_steps(cursor, stored_library(cursor), view.known)
        view.published.answers["unsound tours"] = found
    return found
