"""By right: how far is each right served in each standard, by what, and where does it pull against another?"""

import streamlit as st

from dashboard.charts.matrix import SELECTION, matrix
from dashboard.queries.ask import ask, ask_ahead
from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.number import show_opened
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escape_row, escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.rights import choose_right, finding, focus_on_right, in_framework, in_words, rounds_said

view = open_view("rights")
words = view.words

choose_kind(view)
cells = ask(view.published, "rights", view.parameters())
told = [escape_row(row) for row in cells.to_pylist()]
headline(finding(view, told))
if not told:
    st.stop()
st.caption(f"{words('rights.subtitle')} {rounds_said(view, told)}")

left, right = st.columns([5, 4], gap="large")
with left:
    show_chart(
        cells,
        spec_of(matrix, view, ("rights",)),
        view,
        key="rights_chart",
        alt=words("rights.alt"),
        opens=SELECTION,
        clicked=focus_on_right,
        columns=("row_title", "column_title", "reading", "percent", "low", "high", "n_answered", "n_applicable"),
        legend=words("rights.legend"),
    )
with right:
    chosen = choose_right(view, told)
    in_words(view, chosen)

given = view.parameters(focus=chosen)
ask_ahead(view.published, ("right_criteria", "right_gaps"), given)
criteria = escaped_rows(view.published, "right_criteria", given)
gaps = escaped_rows(view.published, "right_gaps", given)
served = [row for row in told if row["row_code"] == chosen]
for column, cell in zip(st.columns(len(served), gap="medium"), served, strict=True):
    with column:
        in_framework(
            view,
            cell,
            [row for row in criteria if row["framework"] == cell["column_code"]],
            [row for row in gaps if row["framework"] == cell["column_code"]],
        )
show_opened(view)
