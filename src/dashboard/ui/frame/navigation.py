"""The row at the top of every page: the app's name, and links to every page that keep the view."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.model.pages import FRONT, PAGES, TOURS, menus, url_path
from dashboard.model.view_state import ViewState
from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.votes import is_asking
from dashboard.ui.frame import bar_menus
from dashboard.ui.html import draw_html, render
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


def name_of(page: "st.Page") -> str:
    """Return the name of the page that Streamlit is about to run."""
    return next(name for name in PAGES if (url_path(name) or "") == page.url_path)


def is_plain(state: ViewState, page: str) -> bool:
    """Whether the page is on a projector, where neither navigation nor filter bar may take up room."""
    votes = page == TOURS and state.part == "vote" and may_lead()
    return state.large == "yes" or (votes and is_asking(store_folder()))


def draw_plain(state: ViewState, words: Words) -> None:
    """Draw one button for the presenter: every page, and the way back from large to normal type."""
    with st.popover(words("menu.label"), icon=":material/menu:", type="tertiary", key="menu"):
        bar_menus.large_switch(state, words)
        draw_html(_row(words, "", "plain"))


def draw(words: Words, page: str, narrow: bool) -> None:
    """Draw one row of menus; on a narrow screen one menu of all pages, labelled with the current page.

    A single Streamlit element, whatever it contains, and the same whatever is chosen: each further one slows every run
    of every page, on the server and in the browser (benchmarks/RESULTS.md). `page.js` adds the view to its links
    and makes them open pages without a reload.
    """
    draw_html(_row(words, page, "narrow" if narrow else "wide"))


@lru_cache(maxsize=128)
def _row(words: Words, page: str, shape: str) -> str:
    here = PAGES[page].menu if page else ""
    return render("menus.html", words=words, page=page, shape=shape, here=here, menus=menus(), url_path=url_path)
