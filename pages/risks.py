"""Risks and opportunities: what can harm children or help them, where, how severely, and how far answers cover it."""

import streamlit as st

from dashboard.queries.ask import ask_ahead
from dashboard.ui.elements.choose import choose_part
from dashboard.ui.elements.number import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.risks.list import beside, finding
from dashboard.ui.risks.parts import AHEAD, APART, PART

view = open_view("risks")

part = choose_part(view)
if part in APART:
    APART[part](view)
    st.stop()
ask_ahead(view.published, ("risk_list", "opportunity_list", *AHEAD.get(part, ())), view.parameters())
risks = escaped_rows(view.published, "risk_list", view.parameters())
headline(finding(view, risks))
if said := beside(view, risks, len(escaped_rows(view.published, "opportunity_list", view.parameters()))):
    st.caption(said)
PART[part](view, risks)
show_opened(view)
