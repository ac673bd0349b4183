"""What the process keeps: the reader of the store, and who reaches it; and what the session holds of the view."""

import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.loading.apart.private_folder import sweep
from dashboard.model.view.known import Known
from dashboard.model.view.view_state import FIELDS, MANY, ViewState, from_values, normalised
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer, is_loopback, public_names
from dashboard.store.reading.reader import Reader
from dashboard.ui.session_keys import WRITTEN_QUERY


@cache
def _reader(store: Path) -> Reader:
    sweep()
    return Reader(store)


def reader() -> Reader:
    """The reader of the store in force; one per process."""
    return _reader(store_folder())


_guarded = threading.Event()


def guard_session() -> None:
    """From now on nobody without the key of the room has a session here; `ui/present/room/gate.py` sees to it."""
    _guarded.set()


def is_guarded() -> bool:
    """Whether this is a room: phones vote, and only whoever holds its key has a session."""
    return _guarded.is_set()


def may_lead() -> bool:
    """Whether a session here may open a room, ask and close: all do from this machine, or hold the key of the room."""
    return is_loopback(listens_on())


def listens_on() -> str:
    """The address by which others reach what a session can do; empty when all can.

    In a room nobody else does: others reach the server, and of it the voting page alone.
    """
    if is_guarded():
        return "localhost"
    # Whoever gave the server a name of its own lets others reach it, by a proxy, whatever address it listens on.
    named = next((host.name for host in public_names()[0] if not is_loopback(host.name)), "")
    return named or str(st.get_option("server.address") or "")


def visitor() -> Writer:
    """Somebody at a page of this server who has not said in which role: may write what needs none to be kept."""
    return Writer("visitor", "", listens_on())


def shown_next(name: str, query: dict[str, str]) -> str:
    """What a field of the view is about to be: as a query from outside says, else as the session holds it."""
    if query and query != WRITTEN_QUERY.get():
        return query.get(name, "")
    return str(st.session_state.get(name, ""))


def held_state(known: Known) -> ViewState:
    """The state that the widgets hold, settled."""
    return normalised(as_held(), known)


def as_held() -> ViewState:
    """The state that the widgets hold, as they do: after another framework was chosen, with codes of the one before."""
    return from_values(_held())


def _held() -> dict[str, object]:
    """What the session holds of the view, by field. Each is looked up once: that costs as much as some elements do.

    Not `to_dict`, which may give what a widget of the same name held on another page or in another language.
    """
    held: dict[str, object] = {}
    for name in FIELDS:
        with suppress(KeyError):
            held[name] = st.session_state[name]
    return held


def hold(state: ViewState, anew: bool) -> None:
    """Give the widgets their values, before they are drawn.

    On another page, in another language or over other options they are other widgets of the same names, and each would
    fall back to its first option: there every value is given `anew`. Elsewhere only what differs is, so that a late run
    never takes back a choice just made.
    """
    held = _held()
    for name in FIELDS:
        value = getattr(state, name)
        value = list(value) if name in MANY else value
        if anew or name not in held or held[name] != value:
            st.session_state[name] = value
