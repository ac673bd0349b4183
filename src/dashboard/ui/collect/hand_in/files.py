"""The chooser of files to hand in, and the way to put them away."""

import streamlit as st

from dashboard.model.answers.tables import FORMATS
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.store.permission import trial_refusal
from dashboard.ui.apart import prepare_to_read
from dashboard.ui.collect.mapping.corrections import look_anew
from dashboard.ui.escape import escape
from dashboard.ui.session import listens_on
from dashboard.ui.versions.handed_in import FILES, handed_in
from dashboard.ui.versions.private_publication import MOST_BYTES, MOST_MEGABYTES, handed_file, read_anew
from dashboard.ui.view import View

TURN = "collect_turn"
"""How often files were put away: a chooser of another name begins empty."""
TOO_LARGE = "collect_too_large"


def hand_in(view: View) -> None:
    """The chooser of files, and those that were chosen before another page was opened; or why none can be."""
    words = view.words
    refused = trial_refusal(listens_on())
    if refused is not None:
        st.info(sentence(refused, words))
        return
    prepare_to_read()
    key = f"collect_upload_{st.session_state.get(TURN, 0)}"
    chosen = st.file_uploader(
        words("collect.files", formats=", ".join(FORMATS)),
        accept_multiple_files=True,
        key=key,
        on_change=_keep,
        args=(key,),
        max_upload_size=MOST_MEGABYTES,
    )
    if large := st.session_state.get(TOO_LARGE):
        st.error(escape(sentence(large, words)))
    if handed_in() and not chosen:
        names = ", ".join(escape(file.name) for file in handed_in())
        st.caption(f":material/description: {words('collect.kept', names=names)}")


def _keep(key: str) -> None:
    chosen = st.session_state[key]
    st.session_state.pop(TOO_LARGE, None)
    read_anew()
    look_anew()
    if sum(file.size for file in chosen) > MOST_BYTES:
        st.session_state.pop(FILES, None)
        names = ", ".join(file.name for file in chosen)
        st.session_state[TOO_LARGE] = Problem("too_large", names, expected=f"{MOST_MEGABYTES} MB", weight=Weight.FILE)
        return
    st.session_state[FILES] = tuple(handed_file(file.name, file.getvalue()) for file in chosen)


def offer_to_put_away(view: View) -> None:
    """The button that ends a handing in without any change."""
    st.button(view.words("collect.discard"), key="collect_discard", icon=":material/delete:", on_click=put_away)


def put_away() -> None:
    """Forget what was handed in."""
    st.session_state.pop(FILES, None)
    st.session_state.pop(TOO_LARGE, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
