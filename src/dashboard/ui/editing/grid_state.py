"""What was an editable grid given? It must stay the same while somebody types, and be reset when the rows change."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.ui.session_key import Key
from dashboard.ui.session_values import GridState

Said = TypeVar("Said")


def grid_state(
    held: Key[GridState[Said]], key: str, mark: tuple[object, ...], rows: Callable[[], Sequence[Draft[Said]]]
) -> GridState[Said]:
    """Return the grid's rows, reset if `mark` has changed or the page was left in between.

    `held` is the place in the session that keeps them, `key` the prefix of the editors' keys.
    """
    laid = held.get()
    if laid is None or laid.mark != mark or laid.editor not in st.session_state:
        laid = GridState(mark, key, laid.times + 1 if laid is not None else 1, tuple(rows()))
        held.set(laid)
    return laid


def edited(laid: GridState[Any], position: int) -> dict[str, Any]:
    """Return the cells of a row that have been edited since the grid was last reset."""
    found: dict[str, Any] = st.session_state[laid.editor]["edited_rows"].get(position, {})
    return found
