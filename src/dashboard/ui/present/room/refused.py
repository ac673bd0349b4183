"""What could not be done with a vote, as when another window was sooner? Told by the next run."""

import streamlit as st

from dashboard.model.words import Words
from dashboard.store.votes.room import RoomError

TOLD = "room_told"


def refused(error: RoomError) -> None:
    st.session_state[TOLD] = str(error)


def tell_refused(words: Words) -> None:
    if told := st.session_state.pop(TOLD, ""):
        st.warning(words(f"room.refused_{told}"))
