"""Country: what is one operation, how far has it got, what did it answer and plan, and what are the outside facts?"""

import streamlit as st

from dashboard.queries.ask import ask_ahead
from dashboard.ui.country.operation import compare_link, profile_and_counts
from dashboard.ui.country.parts import PARTS
from dashboard.ui.country.titles import title, titled
from dashboard.ui.elements.choose import choose_operation, choose_part
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import end_page, open_view
from dashboard.ui.plan.findings import list_finding
from dashboard.ui.plan.lists import todo

view = open_view("country")

left, right, last = st.columns([5, 11, 4], vertical_alignment="center")
with left:
    operation = choose_operation(view)
if operation is None:
    st.info(view.words("country.nothing", reset=view.reset()))
    end_page()
with right:
    part = choose_part(view)
with last:
    compare_link(view, operation["operation"])
given = view.parameters(operation=operation["operation"])
readings = escaped_rows(view.published, "operation_reading", given)
profile = profile_and_counts(view, operation, readings)
if part in PARTS:
    headline(title(view, part, operation, given, readings))
    st.caption(profile)
    PARTS[part](view, operation, given)
else:
    ask_ahead(view.published, ("plan", "plan_unplanned"), given)
    actions = escaped_rows(view.published, "plan", given)
    unplanned = escaped_rows(view.published, "plan_unplanned", given)
    headline(titled(view, operation, list_finding(view, "todo", actions, unplanned)))
    st.caption(profile)
    todo(view, actions, unplanned, operation["operation"])
show_opened(view)
