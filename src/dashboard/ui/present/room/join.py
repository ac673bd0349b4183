"""How do people join a room? By a QR code, or by an address and six letters."""

import os
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno
import streamlit as st

from dashboard.store.votes.room import code_of
from dashboard.ui.present.room.opening import tell_until, where_open
from dashboard.ui.view import View

WIDTH = 260
NARROW = 170
"""Width in pixels, alone on the page and beside a question."""


def room_address() -> str:
    """Return the address at which phones vote: of a room opened here, else of the command's room."""
    if at := where_open():
        return f"http://{at}/vote"
    return f"http://{os.environ.get('DASHBOARD_ROOM_HOST', 'localhost')}:{st.get_option('server.port')}/vote"


def tell_how_to_join(view: View, store: Path, beside: bool = False) -> None:
    """Show the QR code, the address and the letters; smaller `beside` a question, for latecomers."""
    words, code = view.words, code_of(store)
    st.image(_picture(f"{room_address()}?code={code}"), width=NARROW if beside else WIDTH, alt=words("room.picture"))
    mark = "####" if beside else "##"
    st.markdown(f"{mark} {code}", anchors=False)
    st.markdown(words("room.join", address=room_address().removeprefix("http://")))
    tell_until(view)
    if "//localhost" in room_address():
        st.warning(words("room.no_network"))


@lru_cache(maxsize=4)
def _picture(address: str) -> bytes:
    drawn = BytesIO()
    # White margin in the dark theme too, because many phones read nothing else.
    segno.make(address, micro=False).save(drawn, kind="png", scale=10, border=4)
    return drawn.getvalue()
