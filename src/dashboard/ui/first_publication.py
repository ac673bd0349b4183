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
    bar = st.progress(0.0, text=words("first.title"))

    def progress(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), text=f"{words('first.title')} {words(f'first.{step}')}")

    writer = Writer("dashboard", words("first.why"), listens_on())
    outcome = publish(store_folder(), SHIPPED, writer, date.today(), progress)
    bar.empty()
    if outcome.move is None:
        for problem in outcome.problems:
            st.error(sentence(problem, words))
        st.stop()
