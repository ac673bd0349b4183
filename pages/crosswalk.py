"""Crosswalk: where do the standards meet each other, the rights, the risk areas and the functions?"""

import streamlit as st

from dashboard.charts.matrix import SELECTION, matrix
from dashboard.charts.projected import projected
from dashboard.queries.ask import ask
from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escape_row, escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.crosswalk import choose_against, choose_pair, finding, open_pair, sides, table
from dashboard.ui.standards.projected import projected_lines, speaking

view = open_view("crosswalk")
words = view.words

left, right = st.columns(2, vertical_alignment="bottom")
with left:
    against = choose_against(view)
with right:
    choose_kind(view)
cells = ask(view.published, "crosswalk", view.parameters(against=against))
told = [escape_row(row) for row in cells.to_pylist()]
headline(finding(view, told, against))
if not told:
    st.stop()
st.caption(words("crosswalk.subtitle"))
show_chart(
    cells,
    spec_of(matrix, view, ("crosswalk",)),
    view,
    key="crosswalk_chart",
    alt=words("crosswalk.alt"),
    opens=SELECTION,
    clicked=open_pair,
    legend=words("crosswalk.legend"),
)
if st.toggle(words("show.as_table"), key="crosswalk_told"):
    table(view, told)

st.markdown(f"##### {words('crosswalk.sides')}", anchors=False)
pair = choose_pair(view, told)
if pair:
    sides(view, against, pair)

st.markdown(f"##### {words('projected.title')}", anchors=False)
st.caption(words("projected.help"))
readings = ask(view.published, "projected", view.parameters())
if readings.num_rows:
    show_chart(readings, spec_of(projected, view), view, key="projected_chart", alt=words("projected.alt"))
    if st.toggle(words("show.as_table"), key="projected_told"):
        st.table(
            projected_lines(view, escaped_rows(view.published, "projected", view.parameters())),
            border="horizontal",
            hide_index=True,
        )
else:
    st.caption(words("projected.none"))
if pair:
    titles = {row["column_code"]: f"{row['column_mark']} {row['column_title']}" for row in told}
    st.markdown(f"**{words('projected.speaking', area=titles[pair[0]])}**", help=words("projected.speaking_help"))
    speaking(view, pair[0])
