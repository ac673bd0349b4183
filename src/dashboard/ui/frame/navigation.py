"""The row on top of every page: the name of the app, and the way to every other page, with the view kept."""

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
    """Every page as Streamlit knows it, by name, under its title."""
    return _made(tuple(words(f"page.{name}") for name in PAGES))


@lru_cache(maxsize=32)
def _made(titles: tuple[str, ...]) -> "Mapping[str, st.Page]":
    """Made once: a page looks for its script on the disk."""
    return {
        name: st.Page(Path("pages") / f"{name}.py", title=title, url_path=url_path(name) or None, default=name == FRONT)
        for name, title in zip(PAGES, titles, strict=True)
    }


def is_plain(state: ViewState, page: str) -> bool:
    """Whether a projector shows the page: then neither navigation nor bar takes room from it."""
    votes = page == TOURS and state.part == "vote" and may_lead()
    return state.large == "yes" or (votes and is_asking(store_folder()))


def draw_plain(state: ViewState, words: Words) -> None:
    """One button, for whoever leads the room: every page, and the way back to large and small type."""
    with st.popover(words("menu.label"), icon=":material/menu:", type="tertiary", key="menu"):
        share.large_switch(state, words)
        _all(to_query(state), words)


def draw(state: ViewState, words: Words, page: str, narrow: bool) -> None:
    """One row of menus; on a narrow screen one menu of all pages, under the name of the page that is open."""
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
    """Links of our own: Streamlit's carry no view, and leave two places in the history of the browser."""
    pages = pages_in(words)
    for name in names:
        st.page_link(pages[name], query_params=query)
