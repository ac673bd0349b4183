"""What is the row at the top of every page? The app's name, and links to every page that keep the view."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st

from dashboard.model.pages import FRONT, PAGES, TOURS, menus, url_path
from dashboard.model.view.view_state import ViewState
from dashboard.model.words import Words
from dashboard.store.location import store_folder
from dashboard.store.votes.room import is_asking
from dashboard.ui.frame import share
from dashboard.ui.html import draw_html
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
        draw_html(f'<nav class="pages all">{_all(words, "")}</nav>')


def draw(words: Words, page: str, narrow: bool) -> None:
    """Draw one row of menus; on a narrow screen one menu of all pages, labelled with the current page.

    A single Streamlit element, whatever it contains, and the same whatever is chosen: each further one slows every run
    of every page, on the server and in the browser (benchmarks/RESULTS.md). `server/page.js` adds the view to its links
    and makes them open pages without a reload.
    """
    draw_html(_row(words, page, narrow))


@lru_cache(maxsize=128)
def _row(words: Words, page: str, narrow: bool) -> str:
    if narrow:
        menus_of = _menu("all", f"<b>{escape(words(f'page.{page}'))}</b>", _all(words, page))
    else:
        menus_of = "".join(_shown(menu, names, words, page) for menu, names in menus().items())
    label, title = escape(words("menu.label")), escape(words("shell.title"))
    return f'<nav class="pages" aria-label="{label}"><strong>{title}</strong>{menus_of}</nav>'


def _shown(menu: str, names: tuple[str, ...], words: Words, page: str) -> str:
    """Return a menu of several pages that names the current one, or the link to a single page."""
    links = _links(names, words, page)
    if len(names) == 1:
        return links
    here = f" · <b>{escape(words(f'page.{page}'))}</b>" if PAGES[page].menu == menu else ""
    return _menu(menu, escape(words(f"menu.{menu}")) + here, links)


def _menu(name: str, label: str, inside: str) -> str:
    return f'<details class="menu_{name}"><summary>{label}</summary><div>{inside}</div></details>'


def _all(words: Words, page: str) -> str:
    several = {menu: f"<small>{escape(words(f'menu.{menu}'))}</small>" for menu, names in menus().items() if names[1:]}
    return "".join(several.get(menu, "") + _links(names, words, page) for menu, names in menus().items())


def _links(names: tuple[str, ...], words: Words, page: str) -> str:
    """Return our own links; Streamlit's do not carry the view and leave two entries in the browser's history."""
    here = {page: ' aria-current="page"'}
    return "".join(
        f'<a href="./{url_path(name)}"{here.get(name, "")}>{escape(words(f"page.{name}"))}</a>' for name in names
    )
