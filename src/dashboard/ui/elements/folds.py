"""Folds parts of a page away: the rest of a list or a section is made and sent only once it is opened."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ui.html import draw_table
from dashboard.ui.session import is_phone
from dashboard.ui.view import View

Row = TypeVar("Row")
FIRST = 12
"""Rows shown at once unless a caller says otherwise."""
ON_A_PHONE = 3
"""Rows shown at once on a phone, where each is as high as a card."""
FOLD = 2
"""So few rows take no more room than the line that would fold them away."""
MOST = 200
"""Most rows sent to the browser."""


def first_rows(
    view: View,
    found: Sequence[Row],
    line: Callable[[Row], Mapping[str, object]],
    key: str,
    first: int = FIRST,
    of: int = 0,
) -> None:
    """Show the first rows as a table, each formatted by `line`; the rest is made and sent once it is opened.

    `of` is the total number, if `found` does not hold all of them.
    """
    first = at_once(first)
    if len(found) <= first + FOLD and len(found) >= of:
        first = len(found)
    if first:
        draw_table([line(row) for row in found[:first]])
    if more := the_rest(view, max(len(found), of) - first, key):
        with more:
            draw_table([line(row) for row in found[first:MOST]])
        if (left := max(len(found), of) - min(len(found), MOST)) > 0:
            more.caption(view.words.count("show.not_listed", left))


def at_once(first: int, on_a_phone: int = ON_A_PHONE) -> int:
    """Return how many items are shown at once where `first` are on a wider screen."""
    return min(first, on_a_phone) if is_phone() else first


def the_rest(view: View, n: int, key: str) -> DeltaGenerator | None:
    """Return the container for the other `n` items, if there are any and it is open."""
    if n <= 0:
        return None
    return folded(view.words.count("show.more", n), key)


def first_lines(view: View, lines: Sequence[str], first: int, key: str, above: str = "", between: str = "\n") -> None:
    """Show the first lines of Markdown below what stands `above` them; the rest is sent once it is opened."""
    st.markdown(above + between.join(lines[:first]))
    if more := the_rest(view, len(lines) - first, key):
        more.markdown(between.join(lines[first:]))


def first_drawn(view: View, items: Sequence[Row], draw: Callable[[Row], object], first: int, key: str) -> None:
    """Draw the first items one after the other, the others once they are opened."""
    for item in items[:first]:
        draw(item)
    if more := the_rest(view, len(items) - first, key):
        with more:
            for item in items[first:]:
                draw(item)


def section(title: str, key: str, help: str | None = None) -> DeltaGenerator | None:
    """Return the container of a part of a page below its title; on a phone, only once a click has opened it.

    `help` explains the title; on a phone it is the first line of what opens.
    """
    if is_phone():
        opened = folded(title, key)
        if opened and help:
            opened.caption(help)
        return opened
    place = st.container()
    place.markdown(f"**{title}**", help=help)
    return place


def folded(title: str, key: str, at_first: bool = False) -> DeltaGenerator | None:
    """Return the container below a title that opens with a click, if it is open; `at_first`, it is from the start."""
    place = st.expander(title, key=f"more_{key}", expanded=at_first, on_change="rerun")
    return place if place.open else None
