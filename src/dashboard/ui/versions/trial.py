"""A file on trial: every page of this session shows it as if it were published, and nothing of it is."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import TRIAL_FILES, TRIAL_SIDE
from dashboard.ui.versions import masking
from dashboard.ui.versions.private_publication import private_of

SIDES = ("trial", "published")


def begin(files: Sequence[HandedFile]) -> None:
    """Every page shows these files from the next run on."""
    TRIAL_FILES.set(tuple(files))
    TRIAL_SIDE.set("trial")


def end() -> None:
    """Every page shows what is published."""
    TRIAL_FILES.pop()
    TRIAL_SIDE.pop()


def tried() -> tuple[HandedFile, ...]:
    """The files on trial in this session; none without a trial."""
    return TRIAL_FILES.get(())


def on_trial(words: Words, today: date) -> Published | None:
    """The private publication, while there is a trial. What cannot be tried any more is told, and the trial ends."""
    if not tried():
        return None
    with st.spinner(words("trial.making")):
        private = private_of(tried(), today)
    if not isinstance(private, Problem) and private.published is not None:
        return private.published
    problems = [private] if isinstance(private, Problem) else list(private.preview.problems)
    # What is wrong with a file quotes it.
    told = () if masking.is_on() else (escape(sentence(p, words)) for p in problems if p.serious)
    st.warning("  \n".join([words("trial.over"), *told]))
    end()
    return None


def shows_trial() -> bool:
    """Whether pages show the trial just now, and not what is published."""
    return bool(tried()) and TRIAL_SIDE.get("trial") == "trial"


def show_side(side: str) -> None:
    """Every page shows the file on trial from the next run on, or what is published."""
    TRIAL_SIDE.set(side)
