"""What does a first visitor see? Three sentences and an offer of the shortest tour, once, in an unobtrusive line."""

import streamlit as st

from dashboard.model.pages import FRONT
from dashboard.model.words import Words
from dashboard.queries.present.questions import TOURS, ToursRow
from dashboard.store.publishing.library import stored_library
from dashboard.store.publishing.tours import names_what_is_here, of_sample
from dashboard.store.reading.cache import once
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame import tour
from dashboard.ui.frame.remembered import WELCOME, choice, remembered
from dashboard.ui.session import is_guarded
from dashboard.ui.session_keys import WELCOME_TOUR
from dashboard.ui.view import View

WIDTH = 840
"""Of the sentences in pixels, so that the answers stand beside them; a phone shows them below."""


def draw(view: View) -> None:
    """Draw the line, on the first page only, until the visitor chooses; not for a room, in a tour or over a preview."""
    shortest = _shortest(view) if WELCOME_TOUR.pop(False) else None
    if shortest is not None:
        tour.start(view, shortest["tour"])
    state = view.state
    if view.page != FRONT or state.tour or state.safe or state.large or state.imagined or is_guarded():
        return
    if remembered(WELCOME):
        return
    shortest = _shortest(view)
    words = view.words
    with st.container(key="welcome", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(words("welcome.sentences"), width=WIDTH)
        if shortest is not None:
            label = words.count("welcome.tour", shortest["minutes"])
            choice(WELCOME, "tour", label, then=_ask, icon=":material/play_arrow:")
        choice(WELCOME, "later", words("welcome.later"), type="tertiary")


def ask_again(words: Words) -> bool:
    """Draw the button behind "?" and return whether it was just clicked; the next run starts the tour."""
    label, icon = words("welcome.again"), ":material/play_arrow:"
    return bool(st.button(label, key="welcome_again", on_click=_ask, icon=icon))


def _ask() -> None:
    WELCOME_TOUR.set(True)


def _shortest(view: View) -> ToursRow | None:
    """Return the shortest tour that is not an exercise; None if there is none."""
    exercises = view.known.of("exercise", "")
    found = [row for row in escaped_rows(view.published, TOURS, view.parameters()) if row["tour"] not in exercises]
    misfits = _misfits(view.published)
    return min((row for row in found if row["tour"] not in misfits), key=lambda row: row["minutes"], default=None)


@once
def _misfits(published: Published) -> frozenset[str]:
    """Return the tours of the sample that name what does not exist here."""
    known = known_codes(published)
    with published.cursor() as cursor:
        tours = stored_library(cursor).tours
    return frozenset(tour.tour for tour in tours if tour in of_sample() and not names_what_is_here(tour, known))
