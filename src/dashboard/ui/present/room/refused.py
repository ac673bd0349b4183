"""Why could a vote's action not be carried out, for example because another window was first? The next run says so."""

import streamlit as st

from dashboard.model.words import Words
from dashboard.store.votes.room import RoomError
from dashboard.ui.session_keys import ROOM_TOLD


def refused(error: RoomError) -> None:
    ROOM_TOLD.set(str(error))


def tell_refused(words: Words) -> None:
    if told := ROOM_TOLD.pop():
        st.warning(words(f"room.refused_{told}"))
