"""How does a room vote without a network? On ballots to print; whoever leads enters how many chose what."""

import streamlit as st

from dashboard.exports.paper_ballot import paper_ballots
from dashboard.model.present.vote import MOST_ON_PAPER, Question, Standing
from dashboard.store.location import store_folder
from dashboard.store.votes.room import RoomError, count_paper
from dashboard.ui.elements.download import offer
from dashboard.ui.escape import escape
from dashboard.ui.present.room.refused import refused
from dashboard.ui.view import View

FIELD = 320
"""Pixels of a field that holds three digits under the text of a choice."""


def offer_ballots(view: View, question: Question, key: str) -> None:
    """The sheet of ballots as a file that prints on A4."""
    said = question.in_language((view.words.language,))
    offer(view, view.words("room.paper_print"), paper_ballots(view.words, said), "ballots.html", key, "tertiary")


def enter_paper(view: View, now: Standing) -> None:
    """Ballots to print, and the counts of those that came back; entered once more, they take the place of the first."""
    words, said = view.words, now.question.in_language((view.words.language,))
    before = now.paper.get(now.ballot, {})
    with st.expander(words("room.paper"), icon=":material/description:"):
        offer_ballots(view, now.question, "room_paper_print")
        with st.form(f"room_paper_{now.number}_{now.ballot}", border=False):
            st.caption(words("room.paper_help"))
            for choice in now.question.choices:
                st.number_input(
                    escape(said.choices[choice]),
                    0,
                    MOST_ON_PAPER,
                    before.get(choice, 0),
                    key=_key(now, choice),
                    width=FIELD,
                )
            st.form_submit_button(words("room.paper_count"), key="room_paper_count", on_click=_count, args=(now,))


def _key(now: Standing, choice: str) -> str:
    return f"room_paper_{now.number}_{now.ballot}_{choice}"


def _count(now: Standing) -> None:
    counts = {choice: int(st.session_state[_key(now, choice)]) for choice in now.question.choices}
    try:
        count_paper(store_folder(), now.number, now.ballot, counts)
    except RoomError as error:
        refused(error)
