"""What is the row at the top of every page? The app's name, and links to every page that keep the view."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.model.pages import FRONT, PAGES, TOURS, menus, url_path
from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import ViewState
from dashboard.model.words import Words
from dashboard.store.location import store_folder
from dashboard.store.votes.room import is_asking
from dashboard.ui.frame import share
from dashboard.ui.session import may_lead


def pages_in(words: Words) -> "Mapping[str, st.Page]":
    """Return every page as Streamlit's object, by name, with its title."""
    return _made(tuple(words(f"page.{name}") for name in PAGES))


@lru_cache(maxsize=32)
def _made(titles: tuple[str, ...]) -> "Mapping[str, st.Page]":
    """Make the pages once, because each looks for its script on disk."""
    return {
        name: st.Page(Path("pages") / f"{name}.py", title=title, url_path=url_path(name) or None, default=name == FRONT)
        for name, title in zip(PAGES, titles, strict=True)
    }


def is_plain(state: ViewState, page: str) -> bool:
    """Whether the page is on a projector, where neither navigation nor filter bar may take up room."""
    votes = page == TOURS and state.part == "vote" and may_lead()
    return state.large == "yes" or (votes and is_asking(store_folder()))


def draw_plain(state: ViewState, words: Words) -> None:
    """Draw one button for the presenter: every page, and the way back from large to normal type."""
    with st.popover(words("menu.label"), icon=":material/menu:", type="tertiary", key="menu"):
        share.large_switch(state, words)
        _all(to_query(state), words)


def draw(state: ViewState, words: Words, page: str, narrow: bool) -> None:
    """Draw one row of menus; on a narrow screen one menu of all pages, labelled with the current page."""
    query = to_query(state)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="navigation"):
        st.markdown(f"**{words('shell.title')}**", width="content")
        if narrow:
            with st.popover(words(f"page.{page}"), icon=":material/menu:", type="tertiary", key="menu"):
                _all(query, words)
            return
        for menu, names in menus().items():
            if len(names) == 1:
                _links(names, query, words)
                continue
            label, here = words(f"menu.{menu}"), PAGES[page].menu == menu
            said = f"{label} · **{words(f'page.{page}')}**" if here else label
            with st.popover(said, type="tertiary", key=f"menu_{menu}"):
                _links(names, query, words)


def _all(query: dict[str, str], words: Words) -> None:
    for menu, names in menus().items():
        if len(names) > 1:
            st.caption(words(f"menu.{menu}"))
        _links(names, query, words)


def _links(names: tuple[str, ...], query: dict[str, str], words: Words) -> None:
    """Draw our own links; Streamlit's do not carry the view and leave two entries in the browser's history."""
    pages = pages_in(words)
    for name in names:
        st.page_link(pages[name], query_params=query)
