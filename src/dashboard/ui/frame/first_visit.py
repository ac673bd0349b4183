"""What a first visitor sees: the offer of the shortest tour, and in an empty store how to publish, or the sample."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import streamlit as st

from dashboard.model.deployment import SHIPPED
from dashboard.model.pages import FRONT
from dashboard.model.permissions import Deed
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words
from dashboard.queries.every_page import TOURS, ToursRow
from dashboard.store.cache import once
from dashboard.store.disk import is_named, is_replica, may_be_filled, store_folder
from dashboard.store.locking import Writer
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.load_checks import names_what_is_here, of_sample
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published
from dashboard.ui import session
from dashboard.ui.editing.editor import refused_here
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.frame import tour
from dashboard.ui.session import WELCOME, choice, is_guarded, listens_on, remembered
from dashboard.ui.session_state import WELCOME_TOUR
from dashboard.ui.view import View

WIDTH = 840
"""Of the sentences in pixels, so that the answers stand beside them; a phone shows them below."""


def draw_welcome(view: View) -> None:
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


BEGUN = "published_since"


def begin_store(words: Words) -> None:
    """Publish the sample to the default store of a new project; for other stores, say how to publish, and offer it.

    Ends the run unless something is published by then.
    """
    if may_be_filled(store_folder()):
        make_first_publication(words)
        return
    place = st.empty()
    with place.container():
        wanted = _offered(words)
    if wanted:
        place.empty()
        make_first_publication(words, wanted)
        st.rerun()
    st.stop()


STANDARDS = SHIPPED[:1]
"""The standards of the program without the sample."""


def _offered(words: Words) -> tuple[Path, ...]:
    """Say how to publish, and return what was requested: the standards alone, or with the sample; else nothing."""
    st.markdown(f"# {words('first.none')}", anchors=False)
    refused = refused_here(Deed.LOAD)
    if refused is not None and is_replica(store_folder()):
        st.info(sentence(refused, words))
        return ()
    st.markdown(words("first.named" if is_named() else "first.other", store=escape(store_folder().name)))
    st.markdown(words("first.how"))
    st.code("dashboard publish frameworks my-data", language="bash")
    st.caption(words("first.frameworks"))
    if refused is not None:
        st.info(sentence(refused, words))
        return ()
    with st.container(horizontal=True):
        own = st.button(words("first.standards"), key="first_standards", help=words("first.standards_help"))
        sample = st.button(words("first.sample"), key="first_sample", help=words("first.sample_help"))
    return STANDARDS if own else SHIPPED if sample else ()


LISTS_PAGE = "collect"
"""The page on which the lists are handed in."""


def require_somebody_asked(view: View) -> None:
    """End the run, saying what comes next, if standards are published but nobody has been asked anything.

    The page that takes in files goes on: it takes in the lists.
    """
    if view.known.frameworks():
        return
    words = view.words
    st.markdown(f"# {words('first.nobody')}", anchors=False)
    st.markdown(words("first.lists"))
    if view.page == LISTS_PAGE:
        return
    st.page_link(f"pages/{LISTS_PAGE}.py", label=words("first.to_lists"), icon=":material/arrow_forward:")
    st.caption(words("first.lists_by_command"))
    st.code("dashboard template --lists\ndashboard publish lists.xlsx", language="bash")
    st.caption(words("first.lists_help"))
    st.stop()


def make_first_publication(words: Words, paths: tuple[Path, ...] = SHIPPED) -> None:
    """Publish the bundled frameworks and data. Any failure is shown on the page and ends the run."""
    place = st.empty()
    with place.container():
        st.markdown(f"# {words('first.title')}", anchors=False)
        st.markdown(words("first.about"))
        bar = st.progress(0.0, text=_done(words, 0.0, "begin"))

    def progress(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), text=_done(words, share, step))

    writer = Writer("dashboard", words("first.why"), listens_on(), session.person())
    outcome = publish(Load(store_folder(), paths, writer, date.today(), progress, guard=_begun))
    place.empty()
    if outcome.revision is None and not any(problem.kind == BEGUN for problem in outcome.problems):
        for problem in outcome.problems:
            st.error(sentence(problem, words))
        st.stop()


def _begun(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
    """Return a Problem that stops the loading, because another visitor published first."""
    return [Problem(BEGUN, "store", weight=Weight.FILE)]


def _done(words: Words, share: float, step: str) -> str:
    """Return the progress, and the current step."""
    return words("first.step", percent=round(100 * min(share, 1.0)), step=words(f"first.{step}"))
