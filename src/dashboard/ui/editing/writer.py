"""Asks who is writing: whether they may, in which role and for what reason. With sign-in, the role is the person's."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.model.permissions import Deed, Place, role_for
from dashboard.model.problem import Problem, sentence
from dashboard.store.disk import refused_as_replica, store_folder
from dashboard.store.locking import Writer, refusal, refusal_at
from dashboard.ui import session
from dashboard.ui.editing.field import set_widget
from dashboard.ui.session import listens_on
from dashboard.ui.session_state import WRITER, WRITER_ROLE, WRITER_WHY
from dashboard.ui.view import View, ViewSource


def may_write(view: View, deed: Deed, place: Place | None = None) -> bool:
    """Whether the current publication can be changed this way; if not, show the sentence that says why.

    `place` is where, if it is known already; otherwise it is enough that it may be done somewhere.
    """
    if view.source is ViewSource.TRIAL:
        st.info(view.words("trial.refused"))
        return False
    return may_publish(view, deed, place)


def may_publish(view: View, deed: Deed, place: Place | None = None) -> bool:
    """Whether this can be published now, by whoever is asking; if not, show the sentence that says why."""
    if view.source is ViewSource.SCENARIO:
        st.info(view.words("whatif.refused"))
        return False
    if view.masked:
        st.info(view.words("safe.refused"))
        return False
    refused = refused_here(deed, place)
    if refused is not None:
        st.info(sentence(refused, view.words))
    return refused is None


def refused_here(deed: Deed, place: Place | None = None) -> Problem | None:
    """Return why this session may not do something, or None."""
    writer = visitor(deed)
    return (
        refused_as_replica(store_folder())
        or refusal(writer, deed)
        or (refusal_at(writer, deed, place) if place is not None else None)
    )


def visitor(deed: Deed) -> Writer:
    """Return whoever is here, without a reason; a role stands for somebody who has not been asked for one."""
    return _writer(deed, "visitor", "")


def ask_who(view: View, deed: Deed, places: Sequence[DeltaGenerator] = ()) -> Writer:
    """Ask for role and reason in two places beside each other, starting from what was entered last.

    Whoever has signed in is asked for the reason only.
    """
    # Kept under our own key, because widget keys are forgotten on another page.
    held = WRITER.setdefault(("", ""))
    for key, said in zip((WRITER_ROLE, WRITER_WHY), held, strict=True):
        set_widget(key.name, said)
    left, right = places or st.columns(2)
    if session.person() is None:
        example = view.words("data.role_example")
        left.text_input(view.words("data.role"), key=WRITER_ROLE.name, placeholder=example, on_change=_keep_who)
    else:
        right = left
    right.text_input(view.words("data.why"), key=WRITER_WHY.name, on_change=_keep_who)
    return held_writer(deed)


def held_writer(deed: Deed) -> Writer:
    """Return the role and reason entered last in this session; with sign-in, the person's own role."""
    return _writer(deed, *WRITER.get(("", "")))


def _writer(deed: Deed, role: str, why: str) -> Writer:
    person = session.person()
    return Writer(role if person is None else role_for(person, deed), why, listens_on(), person)


def _keep_who() -> None:
    held = WRITER.get(("", ""))
    WRITER.set((st.session_state.get(WRITER_ROLE.name, held[0]), WRITER_WHY.now()))
