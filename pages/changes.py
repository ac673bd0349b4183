"""Changes: what moved between two rounds, on questions that both asked and that were answered in both."""

import streamlit as st

from dashboard.model.words import Claim
from dashboard.queries.ask import ask, ask_ahead
from dashboard.queries.compare.answer_moves import CHANGES_MOVES
from dashboard.queries.compare.changes import CHANGES, CHANGES_ASKED
from dashboard.ui.compare.changes import (
    beside_the_mean,
    choose_earlier,
    choose_moved,
    finding,
    outside_the_mean,
    show_failures,
    show_move_table,
    show_moves,
    show_rises,
)
from dashboard.ui.compare.moves_chart import draw_moves
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import end_page, open_view

view = open_view("changes")
words = view.words

earlier = choose_earlier(view)
if not earlier:
    headline(words, Claim.of("changes.no_earlier"))
    end_page()

given = view.parameters(earlier=earlier)
ask_ahead(view.published, ("changes", "changes_moves", "changes_asked"), given)
countries = escaped_rows(view.published, CHANGES, given)
headline(words, *finding(view, countries))
if not countries:
    end_page()
st.caption(beside_the_mean(view, countries, earlier))
show_rises(view, countries)

said, drawn = st.columns([6, 5], gap="large")
with said:
    chosen = choose_moved(view, countries)
    moved = view.parameters(earlier=earlier, within=given["within"], country=chosen)
    listed = escaped_rows(view.published, CHANGES_MOVES, moved)
    asked = escaped_rows(view.published, CHANGES_ASKED, moved)
    show_failures(view, moved)
    show_moves(view, listed, asked, outside_the_mean(countries, chosen))
with drawn:
    draw_moves(view, ask(view.published, "changes", given), countries, earlier)
show_move_table(view, moved)
show_opened(view)
