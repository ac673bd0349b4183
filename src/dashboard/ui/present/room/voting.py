"""How is a question led? Count who has voted, show the result, vote again, close, ask the next."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.model.present.agreement import leaning
from dashboard.model.present.vote import FIRST, Standing
from dashboard.store.location import store_folder
from dashboard.store.votes.room import RoomError, close, reveal, standing, vote_again, withdraw
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape
from dashboard.ui.present.room.ask_form import ask_form
from dashboard.ui.present.room.join import tell_how_to_join
from dashboard.ui.present.room.opening import is_reached, offer_to_open
from dashboard.ui.present.room.paper import enter_paper
from dashboard.ui.present.room.refused import refused
from dashboard.ui.present.room.results import show_ballots, where
from dashboard.ui.session_keys import ROOM_KEPT
from dashboard.ui.view import View

EVERY = 0.5
"""Seconds after which the facilitator's page looks at the votes again."""
DECIDED = "room_decided"
NOTHING = ""


def lead(view: View, now: Standing) -> None:
    """Show the current question, and what can be done with it."""
    said = now.question.in_language((view.words.language,))
    if said.about:
        st.markdown(f"##### {escape(said.about)}", anchors=False)
    if place := where(view, now.question):
        st.caption(place)
    left, right = st.columns([3, 1], gap="large")
    with left:
        if now.revealed:
            show_ballots(
                view, now.question, [now.counted(ballot) for ballot in range(FIRST, now.ballot + 1)], now.n_changed()
            )
            _conclude(view, now)
        else:
            _watch(view, now, is_reached())
            _while_open(view, now)
            enter_paper(view, now)
    with right:
        if is_reached():
            tell_how_to_join(view, store_folder(), beside=True)
        elif not now.revealed:
            offer_to_open(view)
    if below := folded(view.words("room.next"), f"room_next_{now.number}"):
        with below:
            ask_form(view, now, st.session_state[_decided(now)] if now.revealed else NOTHING)


@st.fragment(run_every=EVERY)
def _watch(view: View, seen: Standing, reached: bool) -> None:
    """Refresh the number of votes; changes by another window, or a closed room, rerun the whole page."""
    now = standing(store_folder())
    if now is None or _state(now) != _state(seen):
        st.rerun()
    if is_reached() != reached:
        st.rerun()
    n, on_paper = now.n_voted(), now.n_on_paper()
    said = (
        view.words.count("room.voted", n)
        if now.ballot == FIRST
        else view.words.count("room.voted_again", n - on_paper, of=now.n_devices())
    )
    st.markdown(f"## {said}", anchors=False)
    if on_paper:
        st.caption(view.words("room.on_paper" if now.ballot == FIRST else "room.more_on_paper", n=on_paper))


def _state(now: Standing) -> tuple[object, ...]:
    return now.number, now.ballot, now.revealed, now.paper


def _while_open(view: View, now: Standing) -> None:
    words = view.words
    st.caption(words("room.hidden" if now.ballot == FIRST else "room.hidden_again"))
    with st.container(horizontal=True):
        _button(
            view, "reveal", reveal, now, type="primary", icon=":material/visibility:", help=words("room.reveal_help")
        )
        if now.ballot == FIRST:
            _button(view, "withdraw", withdraw, now, type="tertiary", help=words("room.withdraw_help"))


def _conclude(view: View, now: Standing) -> None:
    """After the result is shown: vote again, or close with the room's decision."""
    words, question = view.words, now.question
    titles = question.in_language((words.language,)).choices
    if now.ballot == FIRST:
        _button(view, "again", vote_again, now, icon=":material/replay:", help=words("room.again_help"))
    place = leaning(now.counted(now.ballot).of(question), question.ordered)
    options = [*question.choices, NOTHING]
    key = _decided(now)
    if key not in st.session_state:
        st.session_state[key] = NOTHING if place is None else question.choices[place]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            words("room.decided"),
            options,
            key=key,
            format_func=lambda code: titles.get(code, words("room.decided_nothing")),
            help=words("room.decided_help"),
        )
        _button(view, "close", _close(key), now, type="primary")
    st.caption(words("room.close_help"))


def _decided(now: Standing) -> str:
    """Return the widget key of the room's decision."""
    return f"{DECIDED}_{now.number}_{now.ballot}"


def _close(key: str) -> Callable[[Path, int], None]:
    def done(store: Path, number: int) -> None:
        close(store, number, st.session_state[key])
        ROOM_KEPT.set(number)

    return done


def _button(view: View, name: str, deed: Callable[..., object], now: Standing, **more: object) -> None:
    st.button(view.words(f"room.{name}"), key=f"room_{name}", on_click=_do, args=(deed, now.number), **more)  # type: ignore[arg-type]


def _do(deed: Callable[..., object], number: int) -> None:
    try:
        deed(store_folder(), number)
    except RoomError as error:
        refused(error)
