"""Data and method: where everything comes from, which publication is in use, and how every number is made."""

import streamlit as st

from dashboard.queries.ask import rows
from dashboard.ui.data.publication import bring, contents, history_table, problem_list, space
from dashboard.ui.data.robustness import show_robustness
from dashboard.ui.data.sources import method, source_table, version_table
from dashboard.ui.editing.writer import ask_who, may_write
from dashboard.ui.elements.choose import choose_part
from dashboard.ui.elements.rounds import show_rounds
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view

view = open_view("data")
words = view.words

if choose_part(view) == "robustness":
    show_robustness(view)
    st.stop()
headline(words("data.finding", number=view.published.revision.number, at=view.published.revision.at[:10]))
st.caption(contents(view, escaped_rows(view.published, "contents", view.parameters())[0]))
st.caption(space(view))

st.markdown(f"**{words('data.sources')}**")
source_table(view, escaped_rows(view.published, "sources", view.parameters()))
st.markdown(f"**{words('data.versions')}**")
version_table(view, escaped_rows(view.published, "versions", view.parameters()))
st.markdown(f"**{words('data.method')}**")
method(view, escaped_rows(view.published, "method", view.parameters()))
st.markdown(f"**{words('data.problems')}**")
problem_list(view, rows(view.published, "problems", view.parameters()))
st.markdown(f"**{words('data.history')}**")
history_table(view)
st.markdown(f"**{words('data.change')}**")
writer = ask_who(view) if may_write(view) else None
st.markdown(f"**{words('rounds.title')}**")
show_rounds(view, writer)
if writer is not None:
    st.markdown(f"**{words('data.bring')}**")
    bring(view, writer)
