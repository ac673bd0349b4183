"""Two people have edited the same thing: the versions side by side, and the choice between them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.ui.html import draw_table
from dashboard.ui.view import View

Version = Mapping[str, str]
"""What one version says, by label; safe in Markdown."""


@dataclass(frozen=True)
class Clash:
    """One thing as it was opened, as somebody else has left it, and as it is entered here."""

    was: Version
    theirs: Version
    yours: Version


def show_versions(
    view: View, keys: tuple[str, str], clash: Clash, keep_mine: Callable[[], None], take_theirs: Callable[[], None]
) -> None:
    """Show what differs, in the order of the opened version, and the two ways out. `keys` are those of the buttons.

    `keep_mine` runs where the versions are drawn, `take_theirs` before the page is redrawn.
    """
    words = view.words
    mine, theirs = keys
    versions: Sequence[tuple[str, Version]] = (
        (words("edit.was"), clash.was),
        (words("edit.theirs"), clash.theirs),
        (words("edit.yours"), clash.yours),
    )
    draw_table(
        [
            {words("column.what"): name} | {title: said[name] or words("edit.empty") for title, said in versions}
            for name in clash.was
            if len({said[name] for _, said in versions}) > 1
        ]
    )
    with st.container(horizontal=True):
        if st.button(words("edit.keep_mine"), key=mine, help=words("edit.keep_mine_help"), type="primary"):
            keep_mine()
        st.button(words("edit.take_theirs"), key=theirs, on_click=take_theirs)
