"""What does the results page show before anything is agreed? What will be there, and how to start."""

import streamlit as st

from dashboard.queries.present.questions import TOURS
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.frame.tour import start
from dashboard.ui.view import View


def tell_how_to_begin(view: View, setting: str) -> None:
    """Show each exercise with the button that starts it in a setting, and the link to all tours."""
    words = view.words
    exercises = view.known.of("exercise", "")
    for tour in escaped_rows(view.published, TOURS, view.parameters()):
        if tour["tour"] not in exercises:
            continue
        about = words("outcome.begin", title=tour["title"], minutes=tour["minutes"], steps=tour["n_steps"])
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(about, width="stretch")
            if st.button(words("workshop.start"), key=f"tour_start_{tour['tour']}", type="primary"):
                start(view, tour["tour"], **({"setting": (setting,)} if setting else {}))
    tours = view.query() | {"part": "tours"}
    st.page_link("pages/present.py", label=words("outcome.to_tours"), query_params=tours, icon=":material/tour:")


def tell_example(view: View, title: str) -> None:
    """Say that what follows is an example: what a group would find in one setting."""
    st.markdown(f"**{view.words('outcome.example', setting=escape(title))}**")
