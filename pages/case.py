"""One case: who did what and when, the outcome, what the sources say, and what it relates to here."""

from dashboard.model.words import Claim
from dashboard.queries.ask import ask_ahead
from dashboard.queries.guidance_cases import CASE_CRITERIA
from dashboard.queries.standards_document import STANDARD_ABOUT
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.guidance_case_study import back, finding, named, opened

view = open_view("case")

ask_ahead(view.published, ("case_study", "case_criteria", "case_guidance"), view.parameters())
case = named(view)
if case:
    (standard,) = escaped_rows(view.published, STANDARD_ABOUT, view.parameters())
    criteria = escaped_rows(view.published, CASE_CRITERIA, view.parameters())
    headline(view.words, *finding(case, criteria, standard["short_title"]))
    opened(view, case, criteria, standard["short_title"])
else:
    headline(view.words, Claim.of("cases.not_named"))
    back(view)
