"""Country: what one operation is, how far it has got, what it answered, and the outside facts."""

import streamlit as st

from dashboard.queries.country_operation import OPERATION_READING
from dashboard.ui.country.country_page import PARTS, title
from dashboard.ui.country.operation import compare_link, profile_and_counts
from dashboard.ui.elements.choices import choose_part, operation_choice
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import end_page, open_view

view = open_view("country")

operation, lists = operation_choice(view)
if operation is None:
    st.info(view.words("country.nothing", reset=view.reset()))
    end_page()
left, right = st.columns([16, 4], vertical_alignment="center")
with left:
    part = choose_part(view, *lists)
with right:
    compare_link(view, operation["operation"])
given = view.parameters(operation=operation["operation"])
readings = escaped_rows(view.published, OPERATION_READING, given)
headline(view.words, *title(view, part, operation, given, readings))
st.caption(profile_and_counts(view, operation, readings))
PARTS[part](view, operation, given)
show_opened(view)
