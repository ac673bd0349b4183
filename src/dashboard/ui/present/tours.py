"""What does the page of tours say? Which there are, for whom, how long, and whether each still works."""

import streamlit as st

from dashboard.model.claim import Claim
from dashboard.model.pages import TOURS
from dashboard.model.problem import Problem, sentence
from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.queries.present.questions import TOURS as TOUR_LIST
from dashboard.queries.present.questions import ToursRow
from dashboard.queries.risks.questions import SETTINGS
from dashboard.store.publishing.library import stored_library
from dashboard.store.publishing.tours import is_misfit, told, unsound_tours
from dashboard.store.reading.cache import once
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escape_label, escaped_rows
from dashboard.ui.frame import start_again
from dashboard.ui.frame.tour import jump, start, stops_of
from dashboard.ui.present.own_step import show_own_step
from dashboard.ui.view import View


def show_tours(view: View) -> None:
    """Show tours, exercises, what no longer works in them, and what to do before the room fills."""
    words = view.words
    hidden = _unsound(view.published)[1]
    tours = [row for row in escaped_rows(view.published, TOUR_LIST, view.parameters()) if row["tour"] not in hidden]
    headline(words, _finding(tours))
    _tell_unsound(view)
    exercises = view.known.of("exercise", "")
    for tour in tours:
        if tour["tour"] not in exercises:
            _offer(view, tour)
    if exercises:
        st.markdown(f"**{words('exercise.title')}**")
        setting = _choose_setting(view)
        for tour in tours:
            if tour["tour"] in exercises:
                _offer(view, tour, setting=(setting,) if setting else ())
    _start_again(view)
    st.markdown(f"**{words('workshop.prepare')}**")
    st.markdown(words("workshop.how"))
    show_own_step(view)


def _finding(tours: list[ToursRow]) -> Claim:
    """Say how many tours there are, and how long the shortest takes."""
    if not tours:
        return Claim.of("workshop.none")
    return Claim.count("workshop.finding", len(tours), minutes=min(tour["minutes"] for tour in tours))


def _offer(view: View, tour: ToursRow, **chosen: tuple[str, ...]) -> None:
    """Show one tour: what it is, the button that starts it, and its steps in order."""
    words = view.words
    with st.container(border=True):
        said, begin = st.columns([5, 1], vertical_alignment="center")
        with said:
            st.markdown(f"**{tour['title']}**")
            about = words("workshop.about", audience=tour["audience"], minutes=tour["minutes"], steps=tour["n_steps"])
            st.caption(about)
        if begin.button(words("workshop.start"), key=f"tour_start_{tour['tour']}", type="primary", width="stretch"):
            start(view, tour["tour"], **chosen)
        with st.expander(words("workshop.steps")):
            stops = stops_of(view, tour["tour"])
            st.markdown("\n".join(f"{stop.number}. {stop.title} — {words(f'page.{stop.page}')}" for stop in stops))


def _choose_setting(view: View) -> str:
    """Let the user choose the setting a group works on, before it starts; empty if there is none."""
    found = {row["setting"]: row for row in escaped_rows(view.published, SETTINGS, view.parameters())}
    if not found:
        return ""
    here = [code for code, row in found.items() if row["n_operations"]]
    titles = {code: escape_label(row["setting_title"]) for code, row in found.items()}
    label, first = view.words("exercise.choose"), next(iter(here or found))
    return choose_one(view, Choice("setting", label, titles, first, Shape.LIST, labelled=True))


def _start_again(view: View) -> None:
    """Draw the button for the next group while no tour is running; the bar of a tour has the same one."""
    if not view.state.tour and start_again.asked_for(view):
        jump(view, TOURS, to_query(normalised(ViewState(lang=view.state.lang), view.known)))


def _tell_unsound(view: View) -> None:
    """Say what no longer works, before an audience finds out."""
    for problem in _unsound(view.published)[0]:
        say = st.caption if problem.kind.startswith("tours_of_sample") else st.warning
        say(escape(sentence(problem, view.words)))


@once
def _unsound(published: Published) -> tuple[tuple[Problem, ...], frozenset[str]]:
    """Return what no longer works, and which tours are not offered for it."""
    known = known_codes(published)
    with published.cursor() as cursor:
        found = unsound_tours(cursor, stored_library(cursor), known)
    return told(found), frozenset(tour.tour for tour, problems in found.items() if is_misfit(tour, problems))
