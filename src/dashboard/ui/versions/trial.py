"""A previewed file: every page of this session shows it as if it were published, although nothing is."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import TRIAL_FILES, TRIAL_SIDE
from dashboard.ui.versions import masking, sight
from dashboard.ui.versions.private_publication import private_of

SIDES = ("trial", "published")


def begin(files: Sequence[HandedFile]) -> None:
    """Show these files on every page from the next run on."""
    TRIAL_FILES.set(tuple(files))
    TRIAL_SIDE.set("trial")


def end() -> None:
    """Show the published data on every page."""
    TRIAL_FILES.pop()
    TRIAL_SIDE.pop()


def tried() -> tuple[HandedFile, ...]:
    """Return the files previewed in this session; none without a preview."""
    return TRIAL_FILES.get(())


def on_trial(words: Words, today: date) -> Published | None:
    """Return the private publication during a preview. If it can no longer be made, say why and end the preview."""
    if not tried():
        return None
    with st.spinner(words("trial.making")):
        private = private_of(tried(), today)
    if not isinstance(private, Problem) and private.published is not None:
        return sight.seen(private.published)
    problems = [private] if isinstance(private, Problem) else list(private.preview.problems)
    # A problem with a file quotes from it.
    told = () if masking.is_on() else (escape(sentence(p, words)) for p in problems if p.serious)
    st.warning("  \n".join([words("trial.over"), *told]))
    end()
    return None


def shows_trial() -> bool:
    """Whether pages currently show the preview rather than the published data."""
    return bool(tried()) and TRIAL_SIDE.get("trial") == "trial"


def show_side(side: str) -> None:
    """Show the previewed file on every page from the next run on, or the published data."""
    TRIAL_SIDE.set(side)
