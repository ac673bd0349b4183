"""Which saved views does this session's browser keep? They are held in a cookie, which only an HTTP response can set.

A session has no response to write to. What it wants to keep waits here under an unguessable name, until the page's
script requests that name, once; see `server/keeping.py`.
"""

import secrets
from collections import OrderedDict

import streamlit as st

from dashboard.model.present.browser_views import Change, changed, read, written
from dashboard.model.present.tour import Step
from dashboard.ui.session_keys import BROWSER_VIEWS, KEEP_NEXT

COOKIE = "dashboard_views"
MOST_WAITING = 1000


class Waiting:
    """Changes waiting for browsers to collect, by the name that requests them; the oldest is dropped first."""

    def __init__(self) -> None:
        self._changes: OrderedDict[str, Change] = OrderedDict()

    def put(self, change: Change) -> str:
        """Queue a change and return its name."""
        name = secrets.token_hex(16)
        self._changes[name] = change
        while len(self._changes) > MOST_WAITING:
            self._changes.popitem(last=False)
        return name

    def take(self, name: str) -> Change | None:
        """Return the change with this name and remove it; None if there is none."""
        return self._changes.pop(name, None)


WAITING = Waiting()


def kept() -> tuple[tuple[Step, ...], int]:
    """Return the saved views, and the number that can no longer be read."""
    held = BROWSER_VIEWS.get()
    return read(st.context.cookies.get(COOKIE, "")) if held is None else (held, 0)


def keep(change: Change) -> bool:
    """Change what the browser keeps, from the next run on; return False if the browser has no room for it."""
    views = changed(kept()[0], change)
    if written(views) is None:
        return False
    BROWSER_VIEWS.set(views)
    KEEP_NEXT.set(WAITING.put(change))
    return True


def draw_request() -> None:
    """Draw the hidden element that the page's script reads, in the one run that follows a change."""
    if name := KEEP_NEXT.pop():
        with st.container(key=f"keep_{name}"):
            st.caption(name)
