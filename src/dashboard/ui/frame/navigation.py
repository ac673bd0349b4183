"""The row at the top of every page: links to every page that keep the view, and the menus beside the filters."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from dashboard.model.deployment import version
from dashboard.model.pages import FRONT, PAGES, TOURS, menus, url_path
from dashboard.model.view_state import ViewState, to_query
from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.locking import is_loopback
from dashboard.store.reader import Published
from dashboard.store.votes import is_asking
from dashboard.ui import session
from dashboard.ui.elements.search_results import find, search_box, show_found, told
from dashboard.ui.escape import escape
from dashboard.ui.frame import export_menu, first_visit, saved_views
from dashboard.ui.glossary import terms
from dashboard.ui.html import draw_html, render
from dashboard.ui.identity import person, ways_out
from dashboard.ui.session import CHOICES, LOOK, choice, is_guarded, may_lead, remembered
from dashboard.ui.session_state import LARGE_SWITCH, SEARCH_OPEN, SEARCH_TYPED
from dashboard.ui.versions import masking as safe
from dashboard.ui.view import View

FIRST = 3
"""Results of a kind shown at once."""


def draw_search(words: Words) -> None:
    """Draw the button. Nothing else of the search exists until it is pressed."""
    st.button(words("search.open"), key=SEARCH_OPEN.name, icon=":material/search:", type="tertiary")


def show_opened(view: View) -> None:
    """Show the dialog where the button was pressed. While somebody types, only the dialog is redrawn."""
    if not SEARCH_OPEN.get():
        return

    @st.dialog(view.words("search.title"), width="medium")
    def dialog() -> None:
        typed = search_box(view, SEARCH_TYPED.name, "search.title", "search.example_everywhere", live=True)
        if not typed:
            st.caption(view.words("search.help"))
            return
        found = find(view, typed)
        if said := told(view, found):
            st.caption(said)
        # The page's script computes the same sum.
        with st.container(gap="small", key=f"found_of_{sum(map(ord, typed))}"):
            show_found(view, found, FIRST)

    dialog()


def draw_share(published: Published, state: ViewState, words: Words, page: str) -> None:
    """Draw three buttons: what can be taken away, who can open the address, and how the view is shown and kept.

    What costs something is only made once a button is open; until then, each holds a line, so that none opens empty.
    """
    export_menu.keep_place(None)
    with st.popover(words("export.label"), type="tertiary", key="export", on_change="rerun") as place:
        st.button(words("export.print"), key="print_view", icon=":material/print:", type="tertiary")
        if place.open:
            export_menu.keep_place(st.container(gap="xsmall"))
    with st.popover(words("share.label"), type="tertiary", key="share"):
        told = words(who_opens(st.context.url or "", is_guarded()))
        st.caption(f"{told} {words('whatif.link_help')}" if state.imagined else told)
        # First what takes the focus of a keyboard at once: the address itself comes a moment later.
        st.link_button(words("share.open"), _address(state), icon=":material/open_in_new:", type="tertiary")
        st.code(_address(state), language=None, wrap_lines=True)
    label, icon = (words("safe.label"), ":material/visibility_off:") if safe.is_on() else (words("views.label"), None)
    with st.popover(label, icon=icon, type="tertiary", key="view_menu", on_change="rerun") as place:
        safe.switch(words)
        large_switch(state, words)
        if place.open:
            saved_views.offer(published, state, words, page)
    session.draw_request()


def large_switch(state: ViewState, words: Words) -> None:
    """Draw the switch for a projector: large type, and no menu except the one with this switch."""
    LARGE_SWITCH.set(state.large == "yes")
    st.toggle(words("views.large"), key=LARGE_SWITCH.name, on_change=_switched, help=words("views.large_help"))


def _switched() -> None:
    st.session_state["large"] = "yes" if LARGE_SWITCH.now() else ""


def who_opens(url: str, guarded: bool) -> str:
    """Return the key of the sentence on who can open an address: this machine only, a room's network, or anybody."""
    if is_loopback(urlsplit(url).hostname or ""):
        return "share.link_here"
    return "share.link_room" if guarded else "share.link_help"


def _address(state: ViewState) -> str:
    base = (st.context.url or "").split("?")[0]
    at = base if urlsplit(base).path else f"{base}/"
    return at + "?" + "&".join(f"{key}={value}" for key, value in to_query(state).items())


ICONS = (":material/light_mode:", ":material/dark_mode:", ":material/contrast:")
"""Icons of the colour modes, in order; `page.js` applies them."""


def draw_help(words: Words) -> None:
    """Draw the button. A dialog rather than a popover, which would be drawn with every page or lose an early click."""
    if st.button("?", key="help", type="tertiary"):
        _open(words)


def _open(words: Words) -> None:
    @st.dialog(words("help.title"))
    def dialog() -> None:
        signed_in(words)
        if _looks(words) or first_visit.ask_again(words):
            st.rerun()
        st.caption(words("help.version", version=escape(version())))
        st.markdown("\n\n".join(f"**{term.title}**  \n{term.text}" for term in terms(words)))

    dialog()


def signed_in(words: Words) -> None:
    """Draw who is signed in, and the ways out."""
    who = person()
    if who is None:
        return
    ways = " · ".join(f"[{words(f'signin.{key}')}]({address})" for key, address in ways_out().items())
    with st.container(key="signed_in"):
        st.markdown(words("signin.as", name=escape(who.name)) + f"  \n{ways}")


def _looks(words: Words) -> bool:
    """Draw the choice of light, dark or system, and return whether one was just chosen."""
    now = remembered(LOOK) or CHOICES[LOOK][-1]
    chosen = False
    with st.container(horizontal=True, gap="xsmall"):
        for look, icon in zip(CHOICES[LOOK], ICONS, strict=True):
            kind = "primary" if look == now else "secondary"
            chosen |= choice(LOOK, look, words(f"help.look_{look}"), icon=icon, type=kind)
    return chosen


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
        large_switch(state, words)
        draw_html(_row(words, "", "plain"))


def draw_menus(words: Words, page: str, narrow: bool) -> None:
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
