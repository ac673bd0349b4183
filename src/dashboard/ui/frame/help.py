"""What is behind "?" at the end of the filter bar? Signing out, light or dark, the first tour, terms, the version."""

import streamlit as st

from dashboard.model.words import Words
from dashboard.tasks.version import version
from dashboard.ui.escape import escape
from dashboard.ui.frame import welcome
from dashboard.ui.frame.remembered import CHOICES, LOOK, choice, remembered
from dashboard.ui.glossary import terms
from dashboard.ui.people import person
from dashboard.ui.ways_in import ways_out

ICONS = (":material/light_mode:", ":material/dark_mode:", ":material/contrast:")
"""Icons of the colour modes, in order; `page.js` applies them."""


def draw(words: Words) -> None:
    """Draw the button. A dialog rather than a popover, which would be drawn with every page or lose an early click."""
    if st.button("?", key="help", type="tertiary"):
        _open(words)


def _open(words: Words) -> None:
    @st.dialog(words("help.title"))
    def dialog() -> None:
        signed_in(words)
        if _looks(words) or welcome.ask_again(words):
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
