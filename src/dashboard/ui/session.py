"""What does the process keep, and what the session? The store's reader and who can reach it; the state of the view."""

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.types import Scope

from dashboard.loading.apart.private_folder import sweep
from dashboard.model.pages import OWN_PART, Page
from dashboard.model.people.permissions import Deed, allowed, allowed_somewhere
from dashboard.model.people.person import Person
from dashboard.model.view.view_state import FIELDS, MANY, ViewState, from_values
from dashboard.store.history import StoreError
from dashboard.store.location import is_replica, store_folder
from dashboard.store.permission import is_loopback, public_names
from dashboard.store.reading.grants import grants_in
from dashboard.store.reading.reader import Reader
from dashboard.ui import people
from dashboard.ui.session_keys import WRITTEN_QUERY
from dashboard.ui.ways_in import way_in

FORWARDED = ("forwarded", "via", "x-forwarded-", "x-real-ip", "x-original-", "cf-connecting-ip", "true-client-ip")
"""How headers begin that proxies and tunnels add (RFC 7239, RFC 9110 7.6.3, and what was used before)."""


@cache
def _reader(store: Path) -> Reader:
    sweep()
    return Reader(store)


def reader() -> Reader:
    """Return the reader of the current store; one per process."""
    return _reader(store_folder())


_guarded = threading.Event()


def guard_session() -> None:
    """From now on, require the room's key for every session; enforced by `ui/present/room/gate.py`."""
    _guarded.set()


def is_guarded() -> bool:
    """Whether this is a room, in which phones vote and only holders of its key have a session."""
    return _guarded.is_set()


def person() -> Person | None:
    """Return who this session belongs to, with the roles that the publication in force grants too."""
    return _with_granted(people.person())


def person_of(scope: Scope) -> Person | None:
    """Return the same for a request."""
    return _with_granted(people.person_of(scope))


def _with_granted(one: Person | None) -> Person | None:
    if one is None:
        return None
    with suppress(StoreError):
        published = reader().current()
        if published is not None:
            listed = grants_in(published).get(one.subject, ())
            return replace(one, grants=(*one.grants, *listed), maker=_with_granted(one.maker))
    return one


def has_own_work() -> bool:
    """Whether this session belongs to somebody who answers or reviews somewhere."""
    found = person()
    return found is not None and any(allowed_somewhere(found, deed) for deed in (Deed.ANSWER, Deed.REVIEW))


def is_phone() -> bool:
    """Whether the browser reports being a phone; a narrow window of another device is none."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def parts_here(page: Page) -> list[str]:
    """Return the parts of a page that this session can open, in order."""
    return [part for part in page.parts if part != OWN_PART or has_own_work()]


def part_open(page: Page, part: str) -> str:
    """Return the open part of a page: the one asked for if this session can open it, else the first; empty for none."""
    parts = parts_here(page)
    return part if part in parts else next(iter(parts), "")


def may_lead() -> bool:
    """Whether a session may open a room, ask and close: only if all come from this machine or hold the room's key.

    Whoever has signed in needs a role. The copy of another store keeps no votes.
    """
    return is_loopback(listens_on()) and allowed(person(), Deed.LEAD) and not is_replica(store_folder())


def listens_on(sent: Iterable[str] | None = None) -> str:
    """Return the host name or address through which sessions can be reached; empty means any address.

    In a room it is `localhost`: others reach the server, but only its voting page. `sent` names the headers of a
    request; without them, those of the session count. Where nobody signs in, a header that only a proxy sets shows
    that others reach the server through one, so it is returned instead.
    """
    if way_in() is None and (by_proxy := _forwarded(st.context.headers if sent is None else sent)):
        return by_proxy
    if is_guarded():
        return "localhost"
    # A server with a public name can be reached through a proxy, whatever address it listens on.
    named = next((host.name for host in public_names()[0] if not is_loopback(host.name)), "")
    return named or str(st.get_option("server.address") or "")


def _forwarded(headers: Iterable[str]) -> str:
    """Return the first header that says that a request was passed on; empty if none does."""
    return next((name for name in headers if name.lower().startswith(FORWARDED)), "")


def shown_next(name: str, query: dict[str, str]) -> str:
    """Return what a field of the view is about to be: from an outside query, else as in the session."""
    if query and query != WRITTEN_QUERY.get():
        return query.get(name, "")
    return str(st.session_state.get(name, ""))


def as_held() -> ViewState:
    """Return the state as the session holds it; if the data shown have changed, it may have codes of the former."""
    return from_values(_held())


def _held() -> dict[str, object]:
    """Return the session's fields of the view. Each is read once, since a read costs as much as some elements.

    Not `to_dict`, which may return what a widget of the same name held on another page or in another language.
    """
    held: dict[str, object] = {}
    for name in FIELDS:
        with suppress(KeyError):
            held[name] = st.session_state[name]
    return held


def hold(state: ViewState, anew: bool) -> None:
    """Set the session's fields of the view, and so the widgets of a page that have their names, before they are drawn.

    On another page, in another language or with other options, these are different widgets of the same names that would
    each start at their first option, so with `anew` every value is set. Otherwise only what differs is set, so that a
    late run never undoes a choice just made.
    """
    held = _held()
    for name in FIELDS:
        value = getattr(state, name)
        value = list(value) if name in MANY else value
        if anew or name not in held or held[name] != value:
            st.session_state[name] = value
