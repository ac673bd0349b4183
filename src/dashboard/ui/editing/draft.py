"""How is what somebody types and does not save kept? Under our own keys, since widgets forget what they held.

See docs/decisions/0013-drafts-conflicts-reviews.md.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

Said = TypeVar("Said")


@dataclass(frozen=True)
class Draft(Generic[Said]):
    """One thing as it was when somebody began to type, None for a new one, and as it stands in the form."""

    was: Said | None
    typed: Said


def drafts_of(name: str) -> dict[str, Any]:
    """Everything of one kind that is not saved, by what it is kept under; the same object for all of the session."""
    found: dict[str, Any] = st.session_state.setdefault(name, {})
    return found


def set_widget(widget: str, value: object) -> None:
    """Give a widget its value before it is drawn; only another one, for a late run must not take back what is typed."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value
