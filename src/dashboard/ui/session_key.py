"""How does a session hold a value under a key of ours, and what becomes of it when the next group starts?

The keys themselves are declared in `session_keys.py`.
"""

from enum import Enum
from typing import Generic, TypeVar, cast, overload

import streamlit as st

Held = TypeVar("Held")


class Fate(Enum):
    """What becomes of a key when the next group starts; see `frame/start_again.py`."""

    OF_THE_RUN = "stays: it says where this run is"
    OF_THE_PRESENTER = "stays: whoever leads the room has set it for all groups"
    FORGOTTEN = (
        "cleared: what a group has typed, handed in, tried or agreed; a switch, a note of a run, what a widget shows"
    )


class Key(Generic[Held]):
    """One key of the session. With `stays`, it survives hiding or showing names; see `versions/masking.py`.

    What stays names nobody, or is not shown while names are hidden.
    """

    def __init__(self, name: str, fate: Fate, *, stays: bool = False) -> None:
        self.name = name
        self.fate = fate
        self.stays = stays

    def is_set(self) -> bool:
        """Whether the session holds a value here."""
        return self.name in st.session_state

    def now(self) -> Held:
        """Return the value. Raises KeyError if there is none."""
        return cast(Held, st.session_state[self.name])

    @overload
    def get(self) -> Held | None: ...
    @overload
    def get(self, default: Held) -> Held: ...
    def get(self, default: Held | None = None) -> Held | None:
        """Return the value, or `default`."""
        return cast("Held | None", st.session_state.get(self.name, default))

    def set(self, value: Held) -> None:
        """Set the value. A widget's value must be set before the widget is drawn."""
        st.session_state[self.name] = value

    @overload
    def pop(self) -> Held | None: ...
    @overload
    def pop(self, default: Held) -> Held: ...
    def pop(self, default: Held | None = None) -> Held | None:
        """Remove the value and return it, or `default`."""
        return cast("Held | None", st.session_state.pop(self.name, default))

    def setdefault(self, default: Held) -> Held:
        """Return the value, setting it to `default` if there is none."""
        return cast(Held, st.session_state.setdefault(self.name, default))
