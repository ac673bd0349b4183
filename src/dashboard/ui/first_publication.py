"""The first visitor finds no publication: one is made from what ships, with a progress bar."""

from datetime import date
from pathlib import Path

import streamlit as st

from dashboard.model.problem import sentence
from dashboard.model.words import Words
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publish import publish
from dashboard.ui.session import listens_on

SHIPPED = (Path("frameworks"), Path("data"))


def make_first_publication(words: Words) -> None:
    """Publish the shipped frameworks and data. What goes wrong is told on the page and ends the run."""
    place = st.empty()
    with place.container():
        st.markdown(f"#### {words('first.title')}", anchors=False)
        st.markdown(words("first.about"))
        bar = st.progress(0.0, text=_done(words, 0.0, "begin"))

    def progress(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), text=_done(words, share, step))

    writer = Writer("dashboard", words("first.why"), listens_on())
    outcome = publish(store_folder(), SHIPPED, writer, date.today(), progress)
    place.empty()
    if outcome.move is None:
        for problem in outcome.problems:
            st.error(sentence(problem, words))
        st.stop()


def _done(words: Words, share: float, step: str) -> str:
    """How far it is, and what is being done."""
    return words("first.step", percent=round(100 * min(share, 1.0)), step=words(f"first.{step}"))
