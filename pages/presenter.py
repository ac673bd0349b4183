"""Presenter: what the person leading a tour sees that the room does not. Meant for a second window."""

import streamlit as st

from dashboard.model.words import Claim
from dashboard.ui.elements.show import headline
from dashboard.ui.frame.shell import end_page, open_view
from dashboard.ui.frame.tour import here, stops_of
from dashboard.ui.present.tours_page import step_and_next, turn

view = open_view("presenter")
words = view.words

stops = stops_of(view, view.state.tour)
if not stops:
    headline(words, Claim.of("presenter.no_tour"))
    st.page_link("pages/present.py", label=words("page.present"), query_params=view.query())
    end_page()
stop = here(view, stops)
headline(words, Claim.of("presenter.finding", number=stop.number, of=len(stops), title=stop.title))
turn(view, stop, stops)
step_and_next(view, stop, stops)
