"""Guidance: what can be done about weaknesses, for whom, and how advanced is it?"""

import streamlit as st

from dashboard.ui.elements.choose import choose_part
from dashboard.ui.frame.shell import end_page, open_view
from dashboard.ui.guidance.library import browse, for_you, results, search

view = open_view("guidance")

left, right = st.columns([1, 2], vertical_alignment="center")
with right:
    sought = search(view)
if sought:
    results(view, sought)
    end_page()
with left:
    part = choose_part(view)
if part == "for_you":
    for_you(view)
else:
    browse(view)
