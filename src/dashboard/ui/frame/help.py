"""What is behind "?" at the end of the filter bar? Light or dark, the first tour again, and what each term means."""

import streamlit as st

from dashboard.model.words import Words
from dashboard.ui.frame import welcome
from dashboard.ui.frame.remembered import CHOICES, LOOK, choice, remembered
from dashboard.ui.glossary import terms

ICONS = (":material/light_mode:", ":material/dark_mode:", ":material/contrast:")
"""Icons of the colour modes, in order; `page.js` applies them."""


def draw(words: Words) -> None:
    """Draw the button. A dialog rather than a popover, which would be drawn with every page or lose an early click."""
    if st.button("?", key="help", type="tertiary"):
        _open(words)


def _open(words: Words) -> None:
    @st.dialog(words("help.title"))
    def dialog() -> None:
        if _looks(words) or welcome.ask_again(words):
            st.rerun()
        st.markdown("\n\n".join(f"**{term.title}**  \n{term.text}" for term in terms(words)))

    dialog()


def _looks(words: Words) -> bool:
    """Draw the choice of light, dark or system, and return whether one was just chosen."""
    now = remembered(LOOK) or CHOICES[LOOK][-1]
    chosen = False
    with st.container(horizontal=True, gap="xsmall"):
        for look, icon in zip(CHOICES[LOOK], ICONS, strict=True):
            kind = "primary" if look == now else "secondary"
            chosen |= choice(LOOK, look, words(f"help.look_{look}"), icon=icon, type=kind)
    return chosen
