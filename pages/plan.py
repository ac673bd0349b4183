"""Action plan: who does what by when, and what has it brought?"""

import streamlit as st

from dashboard.queries.ask import ask_ahead
from dashboard.ui.elements.choose import choose_part
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.plan.actions import choose_action, choose_one_operation, finding
from dashboard.ui.plan.export import export
from dashboard.ui.plan.parts import LISTS, RECKONED, TYPED
from dashboard.ui.plan.save import tell_saved
from dashboard.ui.plan.write import write

view = open_view("plan")

left, right = st.columns([5, 2], vertical_alignment="bottom")
with left:
    part = choose_part(view)
with right:
    operation = choose_one_operation(view) if part in LISTS else ""
    if part == "write":
        choose_action(view)
if view.masked and part in TYPED:
    headline(view.words("safe.refused"))
    st.stop()
tell_saved(view)
if part in RECKONED:
    RECKONED[part](view)
    st.stop()
given = view.parameters(operation=operation)
ask_ahead(view.published, ("plan", "plan_unplanned"), given)
actions = escaped_rows(view.published, "plan", given)
unplanned = escaped_rows(view.published, "plan_unplanned", given)
headline(finding(view, actions, unplanned))
if part == "write":
    write(view)
else:
    LISTS[part](view, actions, unplanned, operation)
    export(view, operation)
