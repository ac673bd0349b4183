"""Action plan: who does what by when, and what it has achieved."""

import streamlit as st

from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import choose_part, one_or_all
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.frame.shell import open_view
from dashboard.ui.plan.actions import FORM, way_of
from dashboard.ui.plan.plan_page import PARTS, leave

view = open_view("plan")

left, right = st.columns([5, 2], vertical_alignment="bottom")
with left:
    part = choose_part(view)
with right:
    operation, lists = one_or_all(view)
    if part == "actions" and way_of(view) == FORM:
        leave(view)
    else:
        choices.draw(view.words, *lists)
# Run to the end: after st.stop(), Streamlit would keep the values of another action's widgets.
PARTS[part](view, operation)
show_opened(view)
