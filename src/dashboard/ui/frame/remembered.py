"""What does the browser remember between visits? Cookies, which `ui/server/page.js` writes.

See docs/decisions/0030-beside-streamlits-page.md.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.ui.session_keys import REMEMBERED

LOOK = "look"
"""Light, dark, or as the system."""
WELCOME = "welcome"
"""Whether the first-visit message was answered, either way."""
CHOICES = {LOOK: ("light", "dark", "system"), WELCOME: ("tour", "later")}
"""Valid values under each name, because a cookie may hold anything."""


def remembered(name: str) -> str:
    """Return the last choice, from this session or an earlier visit; empty if there is none."""
    value = REMEMBERED.get({}).get(name) or st.context.cookies.get(f"dashboard_{name}", "")
    return value if value in CHOICES[name] else ""


def choice(name: str, value: str, label: str, then: Callable[[], None] | None = None, **more: Any) -> bool:
    """Draw a button and return whether it was just pressed; the page's script reads its key and stores the value."""
    return bool(st.button(label, key=f"remember_{name}_{value}", on_click=_choose, args=(name, value, then), **more))


def _choose(name: str, value: str, then: Callable[[], None] | None) -> None:
    REMEMBERED.set({**REMEMBERED.get({}), name: value})
    if then is not None:
        then()
