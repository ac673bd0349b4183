"""How is the current view shared? Its address, pictures, figures and print, and a version safe to show a room."""

from urllib.parse import urlsplit

import streamlit as st

from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import ViewState
from dashboard.model.words import Words
from dashboard.store.permission import is_loopback
from dashboard.store.reading.reader import Published
from dashboard.ui import browser_views
from dashboard.ui.frame import carrying, saving_views
from dashboard.ui.session import is_guarded
from dashboard.ui.session_keys import LARGE_SWITCH
from dashboard.ui.versions import masking as safe


def draw(published: Published, state: ViewState, words: Words, page: str) -> None:
    """Draw the button, which says so while names are hidden. What it holds is only made once it is open."""
    hidden = safe.is_on()
    label, icon = (
        (words("share.safe"), ":material/visibility_off:") if hidden else (words("share.label"), ":material/ios_share:")
    )
    with st.popover(label, icon=icon, type="tertiary", key="share", on_change="rerun") as place:
        carrying.keep_place(None)
        if place.open:
            safe.switch(words)
            large_switch(state, words)
            told = words(who_opens(st.context.url or "", is_guarded()))
            st.caption(f"{told} {words('whatif.link_help')}" if state.imagined else told)
            st.code(_address(state), language=None, wrap_lines=True)
            carrying.keep_place(st.container(gap="xsmall"))
            saving_views.offer(published, state, words, page)
    browser_views.draw_request()


def large_switch(state: ViewState, words: Words) -> None:
    """Draw the switch for a projector: large type, and no menu except the one with this switch."""
    LARGE_SWITCH.set(state.large == "yes")
    st.toggle(words("share.large"), key=LARGE_SWITCH.name, on_change=_switched, help=words("share.large_help"))


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
