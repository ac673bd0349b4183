"""Which views does the browser of this session keep? A cookie says it, which only an answer of the server can write.

A session has no answer to write into: what it wants kept waits here under a name that nobody can guess, until the
script of the page asks for it by that name, once; see `server/keeping.py`.
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
    """What browsers are to keep, by the name under which they ask for it; what waited longest is forgotten first."""

    def __init__(self) -> None:
        self._changes: OrderedDict[str, Change] = OrderedDict()

    def put(self, change: Change) -> str:
        """Let a change wait; gives its name."""
        name = secrets.token_hex(16)
        self._changes[name] = change
        while len(self._changes) > MOST_WAITING:
            self._changes.popitem(last=False)
        return name

    def take(self, name: str) -> Change | None:
        """The change of a name, once; None where none waits under it."""
        return self._changes.pop(name, None)


WAITING = Waiting()


def kept() -> tuple[tuple[Step, ...], int]:
    """The views, and how many can no longer be read."""
    held = BROWSER_VIEWS.get()
    return read(st.context.cookies.get(COOKIE, "")) if held is None else (held, 0)


def keep(change: Change) -> bool:
    """Change what the browser keeps, from the next run on; False where it has no room for that."""
    views = changed(kept()[0], change)
    if written(views) is None:
        return False
    BROWSER_VIEWS.set(views)
    KEEP_NEXT.set(WAITING.put(change))
    return True


def draw_request() -> None:
    """What the script of the page reads, in the one run after a change. It is not to be seen."""
    if name := KEEP_NEXT.pop():
        with st.container(key=f"keep_{name}"):
            st.caption(name)
