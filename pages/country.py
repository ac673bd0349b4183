"""Country: one operation - what it is, how far it is, what it answered, and the outside facts beside it."""

import streamlit as st

from dashboard.charts.trend import trend
from dashboard.model.view.known import KINDS
from dashboard.queries.ask import ask
from dashboard.ui.country.operation import (
    answer_table,
    area_table,
    context_table,
    counted_from,
    finding,
    profile,
    trend_text,
)
from dashboard.ui.country.operation_risks import risk_table
from dashboard.ui.elements.choose import choose_kind, choose_operation
from dashboard.ui.elements.number import how_button, show_opened
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.elements.targets import in_full, targets_beside
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view

view = open_view("country")
words = view.words

operation = choose_operation(view)
if operation is None:
    st.info(words("country.nothing"))
    st.stop()
given = view.parameters(operation=operation["operation"])
readings = escaped_rows(view.published, "operation_reading", given)
headline(finding(view, operation, readings))
st.caption("  \n".join(said for said in (profile(view, operation), counted_from(view, readings)) if said))

left, right = st.columns(2, gap="large")
with left:
    st.markdown(f"**{words('country.trend')}**", help=f"{trend_text(view, readings)} {words('country.trend_help')}")
    show_chart(
        ask(view.published, "operation_reading", given),
        spec_of(trend, view),
        view,
        key="trend_chart",
        alt=words("trend.alt"),
        columns=("round_title", "kind", "reading", "percent", "low", "high", "n_answered", "n_applicable"),
    )
    targets = {key[1:]: row for key, row in targets_beside(view).items() if key[0] == operation["operation"]}
    for kind in KINDS:
        if (kind, None) in targets:
            st.caption(f"{words(f'kind.{kind}')}: {in_full(view, targets[kind, None])}")
    st.markdown(f"**{words(f'area_word.by_{view.area_word()}')}**")
    area_table(view, escaped_rows(view.published, "operation_areas", given), targets)
    how_button(view, "country", country=operation["country"], kind=view.state.kind)
with right:
    st.markdown(f"**{words('country.context')}**", help=words("country.context_help"))
    context_table(view, escaped_rows(view.published, "context", given))

risks = escaped_rows(view.published, "operation_risks", given)
risk_table(view, operation["operation"], risks, escaped_rows(view.published, "operation_impacts", given))
st.markdown(f"**{words('country.answers')}**")
choose_kind(view)
answer_table(view, escaped_rows(view.published, "answers", given))
show_opened(view)
