"""Editions: what was kept, moved, added and dropped from one edition to the next, and one operation under both."""

import streamlit as st

from dashboard.charts.subjects import subjects
from dashboard.queries.ask import ask
from dashboard.ui.elements.choose import choose_kind, choose_operation
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.editions import by_area, choose_relation, finding

view = open_view("editions")
words = view.words

pair = next(iter(escaped_rows(view.published, "edition_pairs", view.parameters())), None)
if pair is None:
    headline(words("editions.no_pair"))
    st.stop()
left, right = st.columns(2, vertical_alignment="bottom")
with left:
    operation = choose_operation(view)
with right:
    choose_kind(view)
asked = view.parameters(
    operation=operation["operation"] if operation else "",
    earlier_edition=pair["earlier"],
    later_edition=pair["later"],
)
found = escaped_rows(view.published, "editions", asked)
headline(finding(view, pair, found))
st.caption(words("editions.subtitle"))

figures = ask(view.published, "edition_figures", asked)
if operation and figures.num_rows:
    st.markdown(f"**{words('editions.under_both', operation=operation['operation_title'])}**")
    show_chart(
        figures,
        spec_of(subjects, view),
        view,
        key="editions_chart",
        alt=words("editions.alt"),
        columns=(
            "code_title",
            "subject_title",
            "round_title",
            "reading",
            "percent",
            "low",
            "high",
            "n_answered",
            "n_applicable",
        ),
        legend=words("editions.legend"),
    )
else:
    st.caption(words("editions.no_answers"))
by_area(view, pair, found, choose_relation(view))
