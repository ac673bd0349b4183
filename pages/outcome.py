"""Outcome: what has a group found in one setting, and what did it agree? One page to print or to take away."""

import streamlit as st

from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape
from dashboard.ui.frame.exercise import runs, setting_of
from dashboard.ui.frame.shell import open_view
from dashboard.ui.present.outcome import gathered, show, take_away

view = open_view("outcome")

setting = setting_of(view)
if setting is None or not runs(view):
    headline(view.words("outcome.no_exercise"))
    st.page_link("pages/workshop.py", label=view.words("page.workshop"), query_params=view.query())
    st.stop()
outcome = gathered(view, setting)
headline(escape(outcome.title))
take_away(view, outcome, setting["setting"])
show(view, outcome)
