"""Cases: where was this tried before, what came of it, and which of them bears on the gaps of the choice?"""

import streamlit as st

from dashboard.queries.ask import ask, ask_ahead
from dashboard.ui import case_study
from dashboard.ui.cases import choose_cases, finding, matched, timeline
from dashboard.ui.plain import plain_row, rows
from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("cases")
words = view.words

ask_ahead(view.published, ("cases", "cases_nowhere", "case_study", "case_criteria", "case_guidance"), view.given())
(told,) = rows(view.published, "cases_nowhere", view.given())
if not told["n_all"]:
    headline(words("cases.nothing"))
    st.stop()
(standard,) = rows(view.published, "standard_about", view.given())
framework = standard["short_title"]
table = ask(view.published, "cases", view.given())
cases = [plain_row(row) for row in table.to_pylist()]
opened = rows(view.published, "case_study", view.given())
criteria = rows(view.published, "case_criteria", view.given())

if opened:
    headline(case_study.finding(view, opened[0], criteria, framework))
    case_study.opened(view, opened[0], criteria, framework)
else:
    headline(finding(view, cases, framework))
choose_cases(view)
matched(view, cases, framework, told["n_nowhere"])
if cases:
    timeline(view, table, opened)
