"""One question: whether all operations' answers to one criterion fit together."""

from dashboard.model.words import Claim
from dashboard.queries.compare.subjects import REVIEW
from dashboard.ui.compare.review import answer_table, choose_criterion, finding, show_criterion, show_suspicions
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.evidence_panels import show_one_history
from dashboard.ui.frame.shell import end_page, open_view

view = open_view("review")

criterion = choose_criterion(view)
if criterion is None:
    headline(view.words, Claim.of("review.no_criterion", reset=view.reset()))
    end_page()
answers = escaped_rows(view.published, REVIEW, view.parameters(criterion=criterion["criterion"]))
headline(view.words, *finding(view, answers))
show_criterion(view, criterion)
if answers:
    show_suspicions(view, answers)
    answer_table(view, answers)
    show_one_history(view, answers)
