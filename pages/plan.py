"""Action plan: who does what by when, and what has it achieved?"""

import streamlit as st

from dashboard.ui.elements.choose import choose_part
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.frame.shell import open_view
from dashboard.ui.plan.actions import choose_whose
from dashboard.ui.plan.parts import OWN, TYPED, show_list
from dashboard.ui.plan.save import tell_saved

view = open_view("plan")

left, right = st.columns([5, 2], vertical_alignment="bottom")
with left:
    part = choose_part(view)
with right:
    operation = choose_whose(view, part)
# Run to the end: after st.stop(), Streamlit would keep the values of another action's widgets.
if view.masked and part in TYPED:
    headline(view.words("safe.refused"))
elif part in OWN:
    tell_saved(view)
    OWN[part](view, operation)
else:
    tell_saved(view)
    show_list(view, part, operation)
show_opened(view)
