"""How does a room vote without a network? On printed ballots; the facilitator enters the counts."""

import streamlit as st

from dashboard.exports.paper_ballot import paper_ballots
from dashboard.model.present.vote import MOST_ON_PAPER, Question, Standing
from dashboard.store.location import store_folder
from dashboard.store.votes.counting import count_paper
from dashboard.store.votes.room import RoomError
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.elements.download import offer
from dashboard.ui.escape import escape
from dashboard.ui.present.room.refused import refused
from dashboard.ui.view import View

FIELD = 320
"""Width in pixels of a field for three digits below the text of a choice."""


def offer_ballots(view: View, question: Question, key: str) -> None:
    """Offer the sheet of ballots as a file that prints on A4."""
    said = question.in_language((view.words.language,))
    offer(view, view.words("room.paper_print"), paper_ballots(view.words, said), "ballots.html", key, "tertiary")


def enter_paper(view: View, now: Standing) -> None:
    """Offer ballots to print, and fields for the votes per choice; a number counts as soon as it is entered."""
    words, said = view.words, now.question.in_language((view.words.language,))
    with st.expander(words("room.paper"), icon=":material/description:"):
        offer_ballots(view, now.question, "room_paper_print")
        st.caption(words("room.paper_help"))
        for choice in now.question.choices:
            key = f"room_paper_{now.number}_{now.ballot}_{choice}"
            set_widget(key, now.on_paper(choice))
            title = escape(said.choices[choice])
            st.number_input(
                title, 0, MOST_ON_PAPER, key=key, width=FIELD, on_change=_count, args=(now, choice, key), step=1
            )


def _count(now: Standing, choice: str, key: str) -> None:
    n, was = int(st.session_state[key]), now.on_paper(choice)
    try:
        count_paper(store_folder(), now.number, now.ballot, choice, n, was)
    except RoomError as error:
        refused(error)
