"""What does the browser remember of a choice, from one visit to the next? Cookies, which `ui/server/page.js` writes.

See docs/decisions/0030-beside-streamlits-page.md.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.ui.session_keys import REMEMBERED

LOOK = "look"
"""Light, dark, or as the system."""
WELCOME = "welcome"
"""That the first visit was answered, in one way or the other."""
CHOICES = {LOOK: ("light", "dark", "system"), WELCOME: ("tour", "later")}
"""What can be remembered under each name; a cookie may hold anything."""


def remembered(name: str) -> str:
    """The choice that was made last, in this session or in a visit before; empty where none was."""
    value = REMEMBERED.get({}).get(name) or st.context.cookies.get(f"dashboard_{name}", "")
    return value if value in CHOICES[name] else ""


def choice(name: str, value: str, label: str, then: Callable[[], None] | None = None, **more: Any) -> bool:
    """A button that chooses, and whether it just has: the script of the page reads its key and keeps what it says."""
    return bool(st.button(label, key=f"remember_{name}_{value}", on_click=_choose, args=(name, value, then), **more))


def _choose(name: str, value: str, then: Callable[[], None] | None) -> None:
    REMEMBERED.set({**REMEMBERED.get({}), name: value})
    if then is not None:
        then()
