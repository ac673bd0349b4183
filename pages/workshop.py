"""Workshop: which tours lead a room through the dashboard, and do they still work?"""

import streamlit as st

from dashboard.ui.plain import rows
from dashboard.ui.shell import open_view
from dashboard.ui.show import headline
from dashboard.ui.workshop import finding, offer, tell_unsound

view = open_view("workshop")

tours = rows(view.published, "tours", view.given())
headline(finding(view, tours))
tell_unsound(view)
for tour in tours:
    offer(view, tour)
st.markdown(f"**{view.words('workshop.prepare')}**")
st.markdown(view.words("workshop.how"))
