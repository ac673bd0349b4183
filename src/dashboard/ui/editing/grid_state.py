"""What was an editable grid given? It must stay the same while somebody types, and be laid anew for other rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from dashboard.ui.editing.draft import Draft

Said = TypeVar("Said")


@dataclass(frozen=True)
class GridState(Generic[Said]):
    """The rows of a grid, each as it was and as it was typed so far. `mark` says when other rows are due."""

    mark: tuple[object, ...]
    key: str
    times: int
    rows: tuple[Draft[Said], ...]

    @property
    def editor(self) -> str:
        """The key of the editor: another one for other rows."""
        return f"{self.key} {self.times}"


def grid_state(
    held: str, key: str, mark: tuple[object, ...], rows: Callable[[], Sequence[Draft[Any]]]
) -> GridState[Any]:
    """What the grid is given: laid anew for another `mark`, or when the page was left in between.

    `held` is where the session keeps it, `key` what the keys of its editors begin with.
    """
    laid = st.session_state.get(held)
    if not isinstance(laid, GridState) or laid.mark != mark or laid.editor not in st.session_state:
        times = laid.times + 1 if isinstance(laid, GridState) else 1
        laid = st.session_state[held] = GridState(mark, key, times, tuple(rows()))
    return laid


def edited(laid: GridState[Any], position: int) -> dict[str, Any]:
    """The cells of a row that somebody has typed since it was laid."""
    found: dict[str, Any] = st.session_state[laid.editor]["edited_rows"].get(position, {})
    return found
