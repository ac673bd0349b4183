"""What does the first visitor of an empty store see? How to publish, or the sample being published."""

from collections.abc import Iterable
from datetime import date

import duckdb
import streamlit as st

from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.shipped import SHIPPED
from dashboard.model.view.known import Known
from dashboard.model.words import Words
from dashboard.store.location import is_named, is_replica, may_be_filled, store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui import session
from dashboard.ui.editing.writer import refused_here
from dashboard.ui.escape import escape
from dashboard.ui.session import listens_on

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
        make_first_publication(words)
        st.rerun()
    st.stop()


def _offered(words: Words) -> bool:
    """Say how to publish, and return whether the sample was requested."""
    st.markdown(f"# {words('first.none')}", anchors=False)
    refused = refused_here(Deed.LOAD)
    if refused is not None and is_replica(store_folder()):
        st.info(sentence(refused, words))
        return False
    st.markdown(words("first.named" if is_named() else "first.other", store=escape(store_folder().name)))
    st.markdown(words("first.how"))
    st.code("dashboard publish frameworks my-data", language="bash")
    st.caption(words("first.frameworks"))
    if refused is not None:
        st.info(sentence(refused, words))
        return False
    return st.button(words("first.sample"), key="first_sample", help=words("first.sample_help"))


def require_somebody_asked(known: Known, words: Words) -> None:
    """End the run, saying what comes next, if standards are published but nobody has been asked anything."""
    if known.frameworks():
        return
    st.markdown(f"# {words('first.nobody')}", anchors=False)
    st.markdown(words("first.lists"))
    st.code("dashboard publish my-data", language="bash")
    st.caption(words("first.lists_help"))
    st.stop()


def make_first_publication(words: Words) -> None:
    """Publish the bundled frameworks and data. Any failure is shown on the page and ends the run."""
    place = st.empty()
    with place.container():
        st.markdown(f"# {words('first.title')}", anchors=False)
        st.markdown(words("first.about"))
        bar = st.progress(0.0, text=_done(words, 0.0, "begin"))

    def progress(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), text=_done(words, share, step))

    writer = Writer("dashboard", words("first.why"), listens_on(), session.person())
    outcome = publish(Load(store_folder(), SHIPPED, writer, date.today(), progress, guard=_begun))
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
