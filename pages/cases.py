"""Cases: where was this tried before, and which of them bears on the gaps of the choice?"""

import streamlit as st

from dashboard.queries.ask import ask, ask_ahead
from dashboard.ui.cases import choose_cases, finding, go_to_clicked, matched, timeline
from dashboard.ui.plain import plain_row, rows
from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("cases")
words = view.words

go_to_clicked(view)
ask_ahead(view.published, ("cases", "cases_nowhere"), view.given())
(told,) = rows(view.published, "cases_nowhere", view.given())
if not told["n_all"]:
    headline(words("cases.nothing"))
    st.stop()
(standard,) = rows(view.published, "standard_about", view.given())
table = ask(view.published, "cases", view.given())
cases = [plain_row(row) for row in table.to_pylist()]

headline(finding(view, cases, standard["short_title"]))
choose_cases(view)
matched(view, cases, standard["short_title"], told["n_nowhere"])
if cases:
    timeline(view, table)
