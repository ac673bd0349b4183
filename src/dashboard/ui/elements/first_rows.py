"""A table of which the first rows are shown, and the rest when it is asked for."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ui.view import View

Row = TypeVar("Row")
FIRST = 12
"""So many rows stand at once where nothing else is said."""


def first_rows(
    view: View, found: Sequence[Row], line: Callable[[Row], dict[str, str]], key: str, first: int = FIRST
) -> None:
    """The first of some rows as a table, each as `line` tells it; the rest is made, and sent, once it is opened."""
    st.table([line(row) for row in found[:first]], border="horizontal", hide_index=True)
    if more := the_rest(view, len(found) - first, key):
        more.table([line(row) for row in found[first:]], border="horizontal", hide_index=True)


def the_rest(view: View, n: int, key: str) -> DeltaGenerator | None:
    """Where the other `n` things stand, if there are any and if that place was opened."""
    if n <= 0:
        return None
    place = st.expander(view.words.count("show.more", n), key=f"more_{key}", on_change="rerun")
    return place if place.open else None
