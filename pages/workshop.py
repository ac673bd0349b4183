"""Workshop: which tours lead a room through the dashboard, and do they still work?"""

import streamlit as st

from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.present.tours import choose_setting, finding, next_group, offer, tell_unsound

view = open_view("workshop")

tours = escaped_rows(view.published, "tours", view.parameters())
headline(finding(view, tours))
tell_unsound(view)
exercises = view.known.of("exercise", "")
for tour in tours:
    if tour["tour"] not in exercises:
        offer(view, tour)
if exercises:
    st.markdown(f"**{view.words('exercise.title')}**")
    setting = choose_setting(view)
    for tour in tours:
        if tour["tour"] in exercises:
            offer(view, tour, setting=(setting,) if setting else ())
next_group(view)
st.markdown(f"**{view.words('workshop.prepare')}**")
st.markdown(view.words("workshop.how"))
