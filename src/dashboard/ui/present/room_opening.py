"""Opens a room to phones, says what that exposes, to whom and for how long, and how people join.

They join by a QR code, or by an address and six letters. An action of a vote that could not be carried out, for example
because another window was first, is explained in the next run.
"""

import os
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno
import streamlit as st

from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.votes import RoomError, code_of, is_asking, renew_code
from dashboard.tasks.server import local_addresses
from dashboard.ui.listener import close_listener, opened
from dashboard.ui.present.room_access import LASTS, open_room
from dashboard.ui.session import is_guarded
from dashboard.ui.session_state import ROOM_ADDRESS, ROOM_TOLD, SAID_ONCE
from dashboard.ui.view import View


def refused(error: RoomError) -> None:
    ROOM_TOLD.set(str(error))


def tell_refused(words: Words) -> None:
    if told := ROOM_TOLD.pop():
        st.warning(words(f"room.refused_{told}"))


def is_reached() -> bool:
    """Whether phones can reach the voting page: in a room opened here, or by the command."""
    return is_guarded() or opened() is not None


def can_open() -> bool:
    """Whether asking a question also opens a room."""
    return not is_reached() and bool(local_addresses())


def let_in_phones() -> None:
    """Open a room at the chosen address. Raises RoomError `not_opened` if nothing can listen there.

    The letters of an earlier room are replaced, unless its phones may have voted on the current question.
    """
    addresses = local_addresses()
    chosen = ROOM_ADDRESS.get("")
    if not is_asking(store_folder()):
        renew_code(store_folder())
    try:
        open_room(chosen if chosen in addresses else addresses[0])
    except (OSError, IndexError) as error:
        raise RoomError("not_opened") from error


def tell_what_opens(view: View) -> None:
    """Say what an open room exposes before it is opened; without a network, what can be done instead."""
    words, addresses = view.words, local_addresses()
    if not addresses:
        st.warning(words("room.no_network_here"))
        return
    hours = int(LASTS.total_seconds() // 3600)
    with st.container(border=True):
        st.markdown(f"**{words('room.open_title')}**")
        st.markdown(words("room.open_what", hours=hours))
        if len(addresses) > 1:
            st.radio(words("room.open_where"), addresses, key=ROOM_ADDRESS.name, help=words("room.open_where_help"))


def offer_to_open(view: View) -> None:
    """Draw the button that opens the room while a question waits: after a restart, or once it was closed."""
    if can_open():
        icon = ":material/wifi_tethering:"
        st.button(view.words("room.let_in"), key="room_let_in", on_click=_let_in, icon=icon)


def _let_in() -> None:
    try:
        let_in_phones()
    except RoomError as error:
        refused(error)


def _tell_until(view: View) -> None:
    """Say until when it is open, what to do if no phone finds it, and whether the network has changed."""
    found = opened()
    if found is None:
        return
    words = view.words
    if found.address not in local_addresses():
        st.warning(words("room.network_changed"))
    st.caption(words("room.open_until", time=f"{found.term.until:%H:%M}", port=str(found.port)))


def _offer_to_close(words: Words) -> None:
    """Draw the button that closes the room, if it was opened here; what it shows stays."""
    if opened() is not None:
        label, icon = words("room.close_room"), ":material/logout:"
        st.button(label, key="room_leave", icon=icon, on_click=_close, args=(words("room.closed_now"),))


def _close(said: str) -> None:
    close_listener()
    SAID_ONCE.set(said)


def where_open() -> str:
    """Return the address at which phones vote, without the page; empty if they cannot."""
    found = opened()
    return f"{found.address}:{found.port}" if found is not None else ""


WIDTH, NARROW = 290, 170
"""Width in pixels of the picture: while people join, and for latecomers beside a result."""
TEXT = 250
"""Width in pixels of the text, which is beside the picture if there is room."""


def room_address() -> str:
    """Return the address at which phones vote: of a room opened here, else of the command's room."""
    if at := where_open():
        return f"http://{at}/vote"
    return f"http://{os.environ.get('DASHBOARD_ROOM_HOST', 'localhost')}:{st.get_option('server.port')}/vote"


def tell_how_to_join(view: View, store: Path, small: bool = False) -> None:
    """Show the QR code, the address and the letters, and the button that ends it; `small` beside a result."""
    words, code = view.words, code_of(store)
    with st.container(horizontal=True):
        st.image(_picture(f"{room_address()}?code={code}"), width=NARROW if small else WIDTH, alt=words("room.picture"))
        with st.container(width=TEXT):
            st.markdown(f"{'####' if small else '##'} {code}", anchors=False)
            st.markdown(words("room.join", address=room_address().removeprefix("http://")))
            _offer_to_close(words)
    _tell_until(view)
    if "//localhost" in room_address():
        st.warning(words("room.no_network"))


@lru_cache(maxsize=4)
def _picture(address: str) -> bytes:
    drawn = BytesIO()
    # White margin in the dark theme too, because many phones read nothing else.
    segno.make(address, micro=False).save(drawn, kind="png", scale=10, border=4)
    return drawn.getvalue()
