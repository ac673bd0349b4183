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

from dashboard.model.pages import FRONT
from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.votes import RoomError, code_of, is_asking, renew_code
from dashboard.tasks.server import local_addresses
from dashboard.ui.frame.tour import jump
from dashboard.ui.listener import close_listener, opened
from dashboard.ui.present.room_access import LASTS, open_room
from dashboard.ui.session import is_guarded
from dashboard.ui.session_state import LAST_PLACE, ROOM_ADDRESS, ROOM_TOLD, SAID_ONCE
from dashboard.ui.view import View


def refused(error: RoomError) -> None:
    ROOM_TOLD.set(str(error))


def tell_refused(words: Words) -> None:
    if told := ROOM_TOLD.pop():
        st.warning(words(f"room.refused_{told}"))


class _OpenedFrom:
    """The page from which this process's room was opened; a window reloaded since no longer knows it."""

    place: tuple[str, dict[str, str]] | None = None


_opened_from = _OpenedFrom()


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
    _opened_from.place = LAST_PLACE.get()


def offer_to_open(view: View) -> None:
    """Ask before anything is opened; without a network, say what can be done instead."""
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
        icon = ":material/wifi_tethering:"
        st.button(words("room.let_in"), key="room_let_in", on_click=_let_in, icon=icon)


def _let_in() -> None:
    try:
        let_in_phones()
    except RoomError as error:
        refused(error)


def tell_until(view: View) -> None:
    """Say until when it is open, what to do if no phone finds it, and whether the network has changed."""
    found = opened()
    if found is None:
        return
    words = view.words
    if found.address not in local_addresses():
        st.warning(words("room.network_changed"))
    st.caption(words("room.open_until", time=f"{found.term.until:%H:%M}", port=str(found.port)))


def offer_to_leave(view: View, asked: bool, kept: str) -> None:
    """Draw the button that closes the room and returns to the earlier page and filters, where it says what is kept.

    Needed where no menu leads anywhere.
    """
    words, is_open = view.words, opened() is not None
    if not is_open and not asked:
        return
    label = words("room.close_and_leave" if is_open else "room.leave")
    if st.button(label, key="room_leave", icon=":material/logout:", type="tertiary"):
        close_listener()
        SAID_ONCE.set(f"{words('room.closed_now')} {kept}" if is_open else kept)
        front = (FRONT, {name: held for name, held in view.query().items() if name != "part"})
        page, query = LAST_PLACE.get() or (_opened_from.place if is_open else None) or front
        jump(view, page, query)


def where_open() -> str:
    """Return the address at which phones vote, without the page; empty if they cannot."""
    found = opened()
    return f"{found.address}:{found.port}" if found is not None else ""


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
