"""What a session holds and the browser remembers: the store's reader, who can reach it, the state of the view, cookies.

The script of the page writes the cookies of buttons. Saved views are kept in one that only an HTTP response can set,
and a session has no response to write to: what it wants to keep waits here under an unguessable name, until the
page's script requests that name, once (`server/routes.py`). See docs/decisions/0017-pages.md.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.types import Scope

from dashboard.loading.sandbox import sweep
from dashboard.loading.yaml_file import language_for
from dashboard.model.pages import OWN_PART, Page
from dashboard.model.permissions import Deed, Person, allowed, allowed_somewhere, present_person
from dashboard.model.tour import Step, ViewChange, changed_views, cookie_of_views, views_in_cookie
from dashboard.model.view_state import FIELDS, MANY, ViewState, from_values
from dashboard.store.disk import is_replica, store_folder
from dashboard.store.history import StoreError
from dashboard.store.locking import is_loopback, public_names
from dashboard.store.published_codes import grants_in, known_codes
from dashboard.store.reader import Reader
from dashboard.ui import identity
from dashboard.ui.session_state import BROWSER_VIEWS, KEEP_NEXT, REMEMBERED, WRITTEN_QUERY

LOOK = "look"
"""Light, dark, or as the system."""
WELCOME = "welcome"
"""Whether the first-visit message was answered, either way."""
LOOKS = ("light", "dark")
CHOICES = {LOOK: (*LOOKS, "system"), WELCOME: ("tour", "later")}
"""Valid values under each name, because a cookie may hold anything."""


LANGUAGE = "lang"
"""The name under which a browser keeps the language that its reader has chosen."""


def own_language() -> str:
    """Return the reader's language where the address names none."""
    found = None
    with suppress(identity.NobodyError):
        found = identity.person()
    return spoken_to(found, st.context.cookies, st.context.headers.get("Accept-Language") or "")


def spoken_to(one: Person | None, cookies: Mapping[str, str], accepted: str, named: str = "") -> str:
    """Return the language in which somebody is spoken to.

    What the address names, else what the browser was last told, else what the provider says of somebody who signed in,
    else what the browser asks for (`accepted`), else English.
    """
    chosen = cookies.get(f"dashboard_{LANGUAGE}", "")
    return language_for(named, chosen, identity.language_of(one), accepted=accepted)


def remembered(name: str) -> str:
    """Return the last choice, from this session or an earlier visit; empty if there is none."""
    held = REMEMBERED.get({})
    if name not in held:
        value = st.context.cookies.get(f"dashboard_{name}", "")
        held = {**held, name: value if value in CHOICES[name] else ""}
        REMEMBERED.set(held)
    return held[name]


def choice(name: str, value: str, label: str, then: Callable[[], None] | None = None, **more: Any) -> bool:
    """Draw a button and return whether it was just pressed; the page's script reads its key and stores the value."""
    return bool(st.button(label, key=f"remember_{name}_{value}", on_click=_choose, args=(name, value, then), **more))


def _choose(name: str, value: str, then: Callable[[], None] | None) -> None:
    REMEMBERED.set({**REMEMBERED.get({}), name: value})
    if then is not None:
        then()


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
    """From now on, require the room's key for every session; enforced by `ui/present/room_access.py`."""
    _guarded.set()


def is_guarded() -> bool:
    """Whether this is a room, in which phones vote and only holders of its key have a session."""
    return _guarded.is_set()


def person() -> Person | None:
    """Return who this session belongs to, with the roles that the publication in force grants too."""
    return _with_granted(identity.person())


def person_of(scope: Scope) -> Person | None:
    """Return the same for a request."""
    return _with_granted(identity.person_of(scope))


def _with_granted(one: Person | None) -> Person | None:
    if one is None:
        return None
    with suppress(StoreError):
        published = reader().current()
        if published is not None:
            listed = grants_in(published).get(one.subject, ())
            known = replace(one, grants=(*one.grants, *listed), maker=_with_granted(one.maker))
            return present_person(known, known_codes(published).present)
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
    headers = st.context.headers if sent is None else sent
    by_proxy = next((name for name in headers if name.lower().startswith(FORWARDED)), "")
    if by_proxy and identity.way_in() is None:
        return by_proxy
    if is_guarded():
        return "localhost"
    # A server with a public name can be reached through a proxy, whatever address it listens on.
    named = next((host.name for host in public_names()[0] if not is_loopback(host.name)), "")
    return named or str(st.get_option("server.address") or "")


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


def theme() -> str:
    """Return `light` or `dark`, as the visitor's browser shows the page: as chosen there, or else as its system."""
    chosen = remembered(LOOK)
    return chosen if chosen in LOOKS else st.context.theme.type or "light"


COOKIE = "dashboard_views"
MOST_WAITING = 1000


class Waiting:
    """Changes waiting for browsers to collect, by the name that requests them; the oldest is dropped first."""

    def __init__(self) -> None:
        self._changes: OrderedDict[str, ViewChange] = OrderedDict()

    def put(self, change: ViewChange) -> str:
        """Queue a change and return its name."""
        name = secrets.token_hex(16)
        self._changes[name] = change
        while len(self._changes) > MOST_WAITING:
            self._changes.popitem(last=False)
        return name

    def take(self, name: str) -> ViewChange | None:
        """Return the change with this name and remove it; None if there is none."""
        return self._changes.pop(name, None)


WAITING = Waiting()


def kept() -> tuple[tuple[Step, ...], int]:
    """Return the saved views, and the number that can no longer be read."""
    held = BROWSER_VIEWS.get()
    return views_in_cookie(st.context.cookies.get(COOKIE, "")) if held is None else (held, 0)


def keep(change: ViewChange) -> bool:
    """Change what the browser keeps, from the next run on; return False if the browser has no room for it."""
    views = changed_views(kept()[0], change)
    if cookie_of_views(views) is None:
        return False
    BROWSER_VIEWS.set(views)
    KEEP_NEXT.set(WAITING.put(change))
    return True


def draw_request() -> None:
    """Draw the hidden element that the page's script reads, in the one run that follows a change."""
    if name := KEEP_NEXT.pop():
        with st.container(key=f"keep_{name}"):
            st.caption(name)
