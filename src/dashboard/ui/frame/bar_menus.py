"""The menus beside the filters: search, Export, Share, View and help."""

from urllib.parse import urlsplit

import streamlit as st

from dashboard.model.deployment import version
from dashboard.model.view_state import ViewState, to_query
from dashboard.model.words import Words
from dashboard.store.locking import is_loopback
from dashboard.store.reader import Published
from dashboard.ui import session
from dashboard.ui.elements.search_results import find, search_box, show_found, told
from dashboard.ui.escape import escape
from dashboard.ui.frame import export_menu, first_visit, saved_views
from dashboard.ui.glossary import terms
from dashboard.ui.identity import person, ways_out
from dashboard.ui.session import CHOICES, LOOK, choice, is_guarded, remembered
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
