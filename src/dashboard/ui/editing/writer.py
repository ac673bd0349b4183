"""Who is writing? Whether this server may write, and in which role and for what reason."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.model.problem import sentence
from dashboard.store.permission import Writer, refusal
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.session import listens_on, visitor
from dashboard.ui.session_keys import WRITER, WRITER_ROLE, WRITER_WHY
from dashboard.ui.view import Source, View


def may_write(view: View) -> bool:
    """Whether the current publication can be changed by this server; if not, show the sentence that says why."""
    if view.source is Source.TRIAL:
        st.info(view.words("trial.refused"))
        return False
    return may_publish(view)


def may_publish(view: View) -> bool:
    """Whether this server can publish now and knows who is asking; if not, show the sentence that says why."""
    if view.source is Source.SCENARIO:
        st.info(view.words("whatif.refused"))
        return False
    if view.masked:
        st.info(view.words("safe.refused"))
        return False
    refused = refusal(visitor())
    if refused is not None:
        st.info(sentence(refused, view.words))
    return refused is None


def ask_who(view: View, places: Sequence[DeltaGenerator] = ()) -> Writer:
    """Ask for role and reason in two places beside each other, starting from what was entered last."""
    # Kept under our own key, because widget keys are forgotten on another page.
    held = WRITER.setdefault(("", ""))
    for key, said in zip((WRITER_ROLE, WRITER_WHY), held, strict=True):
        set_widget(key.name, said)
    left, right = places or st.columns(2)
    example = view.words("data.role_example")
    left.text_input(view.words("data.role"), key=WRITER_ROLE.name, placeholder=example, on_change=_keep_who)
    right.text_input(view.words("data.why"), key=WRITER_WHY.name, on_change=_keep_who)
    return held_writer()


def held_writer() -> Writer:
    """Return the role and reason entered last in this session."""
    role, why = WRITER.get(("", ""))
    return Writer(role, why, listens_on())


def _keep_who() -> None:
    WRITER.set((WRITER_ROLE.now(), WRITER_WHY.now()))
