"""What does a room's page show? How to join, the current question, and past decisions."""

import streamlit as st

from dashboard.model.claim import Claim
from dashboard.model.present.vote import Standing
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.store.location import is_replica, store_folder
from dashboard.store.votes.room import records, renew_code, standing
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape
from dashboard.ui.present.room.ask_form import ask_form
from dashboard.ui.present.room.example import show_example
from dashboard.ui.present.room.join import tell_how_to_join
from dashboard.ui.present.room.opening import is_reached, offer_to_leave, offer_to_open
from dashboard.ui.present.room.records import all_kept, show_records, tell_kept
from dashboard.ui.present.room.refused import tell_refused
from dashboard.ui.present.room.voting import lead
from dashboard.ui.session import may_lead
from dashboard.ui.view import View


def show_room(view: View) -> None:
    """Show the page. If others can reach the server, nobody can lead: show past decisions and how to open a room."""
    words = view.words
    if view.masked:
        headline(words, Claim.of("room.not_safe"))
        return
    try:
        now = standing(store_folder()) if may_lead() else None
        decided = () if view.partial else records(store_folder())
    except (OSError, ValueError, TypeError, KeyError) as error:
        st.error(
            escape(sentence(Problem("room_unread", "room", value=type(error).__name__, weight=Weight.FILE), words))
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        headline(words, _finding(now, len(decided)))
        offer_to_leave(view, now is not None, all_kept(view, now, decided))
    tell_refused(words)
    tell_kept(view, decided)
    if not may_lead():
        st.info(words("problem.replica" if is_replica(store_folder()) else "room.not_open"))
        show_example(view)
    elif now is not None:
        lead(view, now)
    else:
        left, right = st.columns([2, 3], gap="large")
        with left:
            _how_to_join(view)
        with right:
            show_example(view)
            ask_form(view)
    show_records(view, decided)


def _finding(now: Standing | None, n_decided: int) -> Claim:
    if now is not None:
        return Claim.of(f"room.asks_{now.question.kind}")
    return Claim.count("room.finding", n_decided) if n_decided else Claim.of("room.nothing_yet")


def _how_to_join(view: View) -> None:
    words = view.words
    if not is_reached():
        offer_to_open(view)
        return
    tell_how_to_join(view, store_folder())
    st.button(words("room.next_group"), key="room_next", on_click=_next_group, help=words("room.next_group_help"))


def _next_group() -> None:
    renew_code(store_folder())
