"""What does the presenter's window show? The note for the step, what comes next, and the steps in order."""

import streamlit as st

from dashboard.ui.frame.tour import KEYS, Stop
from dashboard.ui.view import View


def step_and_next(view: View, stop: Stop, stops: list[Stop]) -> None:
    """Show the note in large type, and what the room will see next."""
    words = view.words
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(f"##### {stop.note or words('tour.no_note')}", anchors=False)
        st.caption(words("presenter.says"))
        st.markdown(stop.text)
    with right:
        st.caption(words("presenter.next"))
        after = stops[stop.number : stop.number + 1]
        st.markdown(f"**{after[0].title}**  \n{after[0].text}" if after else words("presenter.last"))


def turn(view: View, stop: Stop, stops: list[Stop]) -> None:
    """Draw the buttons to the previous and next step, in this window only."""
    with st.container(horizontal=True):
        for name, to in (("previous", stop.number - 1), ("next", stop.number + 1)):
            st.button(
                view.words(f"tour.{name}"),
                key=f"tour_{name}",
                shortcut=KEYS[name],
                disabled=not 1 <= to <= len(stops),
                on_click=_turned,
                args=(to,),
            )


def _turned(to: int) -> None:
    st.session_state["tour_step"] = str(to)
