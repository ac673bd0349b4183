"""Three buttons beside the filters: Export, Share (the address), and View (large type, names hidden, saved views)."""

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
    """Draw three buttons: what can be taken away, who can open the address, and how the view is shown and kept.

    What costs something is only made once a button is open; until then, each holds a line, so that none opens empty.
    """
    carrying.keep_place(None)
    with st.popover(words("export.label"), type="tertiary", key="export", on_change="rerun") as place:
        st.button(words("export.print"), key="print_view", icon=":material/print:", type="tertiary")
        if place.open:
            carrying.keep_place(st.container(gap="xsmall"))
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
            saving_views.offer(published, state, words, page)
    browser_views.draw_request()


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
