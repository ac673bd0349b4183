"""May phones reach this room? What opening it exposes, to whom and for how long; how to open it and how to leave."""

import streamlit as st

from dashboard.model.pages import FRONT
from dashboard.store.location import store_folder
from dashboard.store.votes.room import RoomError, is_asking, renew_code
from dashboard.tasks.networks import local_addresses
from dashboard.ui.frame.tour import jump
from dashboard.ui.listener import close_listener, opened
from dashboard.ui.present.room.phones import LASTS, open_room
from dashboard.ui.present.room.refused import refused
from dashboard.ui.session import is_guarded
from dashboard.ui.session_keys import LAST_PLACE, ROOM_ADDRESS, SAID_ONCE
from dashboard.ui.view import View


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
