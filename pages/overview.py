"""Overview: how the group is doing, which risks are most severe, what has changed, and what needs a decision."""

from functools import partial

import streamlit as st

from dashboard.queries.ask import ask_ahead
from dashboard.queries.overview_decisions import DECISIONS
from dashboard.queries.overview_headline import HEADLINE, HEADLINE_ROUNDS
from dashboard.ui.elements.figure_notes import ASKED as SURE
from dashboard.ui.elements.figure_notes import how_sure, targets_beside
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.saved_views import draw_list
from dashboard.ui.frame.shell import open_view
from dashboard.ui.html import draw_caption
from dashboard.ui.overview_board import hand_over, severe_gaps, worst_gaps
from dashboard.ui.overview_decisions import draw_changes, draw_decisions
from dashboard.ui.overview_headline import approval_of, by_area, by_risk_area, finding, headline_cards

view = open_view("overview")

ASKED = ("headline", "headline_rounds", "time_axis", "exposures", "areas", "decisions", "targets", *SURE)

ask_ahead(view.published, ASKED, view.of_respect().parameters())
headlines = {row["kind"]: row for row in escaped_rows(view.published, HEADLINE, view.parameters())}
rounds = escaped_rows(view.published, HEADLINE_ROUNDS, view.parameters())
waiting = escaped_rows(view.published, DECISIONS, view.parameters())
headline(view.words, *finding(view, headlines, waiting))
if sure := [*filter(None, (how_sure(view), approval_of(view)))]:
    draw_caption(" · ".join(sure))
left, right = st.columns([4, 3], gap="medium")
with left:
    hand_over(view, waiting)
    draw_decisions(view, waiting)
    by_risk_area(view, severe_gaps(waiting), partial(worst_gaps, view, waiting))
with right:
    headline_cards(view, headlines, rounds, targets_beside(view))
    draw_changes(view, headlines, rounds)
    draw_list(view.published, view.words)
    by_area(view)
show_opened(view)
