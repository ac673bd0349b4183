"""What is folded away is made, and sent, once it is opened: the rest of a list, a part of a page."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ui.view import View

Row = TypeVar("Row")
FIRST = 12
"""So many rows stand at once where nothing else is said."""
FOLD = 2
"""So many rows take no more room than the line that folds them away."""
MOST = 200
"""So many rows are sent at most."""


def first_rows(
    view: View, found: Sequence[Row], line: Callable[[Row], dict[str, str]], key: str, first: int = FIRST, of: int = 0
) -> None:
    """The first of some rows as a table, each as `line` tells it; the rest is made, and sent, once it is opened.

    `of` is how many there are, where `found` is not all of them.
    """
    if len(found) <= first + FOLD and len(found) >= of:
        first = len(found)
    if first:
        st.table([line(row) for row in found[:first]], border="horizontal", hide_index=True)
    if more := the_rest(view, max(len(found), of) - first, key):
        more.table([line(row) for row in found[first:MOST]], border="horizontal", hide_index=True)
        if (left := max(len(found), of) - min(len(found), MOST)) > 0:
            more.caption(view.words.count("show.not_listed", left))


def the_rest(view: View, n: int, key: str) -> DeltaGenerator | None:
    """Where the other `n` things stand, if there are any and if that place was opened."""
    if n <= 0:
        return None
    return folded(view.words.count("show.more", n), key)


def folded(title: str, key: str) -> DeltaGenerator | None:
    """The place below a title that opens with a click, once it is open."""
    place = st.expander(title, key=f"more_{key}", on_change="rerun")
    return place if place.open else None
