"""Cases: where this was tried before, and which cases relate to the gaps within the filters."""

from dashboard.model.words import Claim
from dashboard.queries.ask import ask
from dashboard.queries.guidance_cases import CASES
from dashboard.queries.guidance_library import CASES_NOWHERE
from dashboard.queries.standards_document import STANDARD_ABOUT
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import end_page, open_view
from dashboard.ui.guidance_cases import choose_cases, finding, matched, show_case, timeline

view = open_view("cases")
words = view.words

(told,) = escaped_rows(view.published, CASES_NOWHERE, view.parameters(case_country=()))
if not told["n_all"]:
    headline(words, Claim.of("cases.nothing"))
    end_page()
(standard,) = escaped_rows(view.published, STANDARD_ABOUT, view.parameters())
table = ask(view.published, "cases", view.parameters())
cases = escaped_rows(view.published, CASES, view.parameters())

headline(words, *finding(view, cases, standard["short_title"]))
choose_cases(view)
matched(view, cases, standard["short_title"], told["n_nowhere"])
if cases:
    timeline(view, table)
show_opened(view, {"case": lambda asked: show_case(asked, cases, standard["short_title"])})
