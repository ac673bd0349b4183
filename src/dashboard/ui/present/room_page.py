"""The page of a room: how to join, the current question and how it is led, and past decisions.

Leading a question means counting who has voted, showing the result, voting again, closing, and asking the next.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.vote import FIRST, OpenQuestion, leaning
from dashboard.model.words import Claim
from dashboard.store.disk import is_replica, store_folder
from dashboard.store.votes import RoomError, close, code_of, records, renew_code, reveal, standing, vote_again, withdraw
from dashboard.ui.elements.folds import folded
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape
from dashboard.ui.present import room_opening
from dashboard.ui.present.room_question import ask_form, enter_paper, show_example
from dashboard.ui.present.room_results import show_ballots, show_records, tell_kept, where
from dashboard.ui.session import may_lead
from dashboard.ui.session_state import ROOM_KEPT
from dashboard.ui.view import View

EVERY = 0.5
"""Seconds after which every window of a facilitator looks at the room again."""
DECIDED = "room_decided"
NOTHING = ""


def lead(view: View, now: OpenQuestion) -> None:
    """Show the current question, and what can be done with it."""
    said = now.question.in_language((view.words.language,))
    if said.about:
        st.markdown(f"##### {escape(said.about)}", anchors=False)
    if place := where(view, now.question):
        st.caption(place)
    left, right = st.columns([3, 1] if now.revealed else 2, gap="large")
    with left:
        _follow(view, _shown(now))
        if now.revealed:
            show_ballots(
                view, now.question, [now.counted(ballot) for ballot in range(FIRST, now.ballot + 1)], now.n_changed()
            )
            _conclude(view, now)
        else:
            _while_open(view, now)
            enter_paper(view, now)
    with right:
        if room_opening.is_reached():
            room_opening.tell_how_to_join(view, store_folder(), now.revealed)
        elif not now.revealed:
            room_opening.tell_what_opens(view)
            room_opening.offer_to_open(view)
    if below := folded(view.words("room.next"), f"room_next_{now.number}"):
        with below:
            ask_form(view, now, st.session_state[_decided(now)] if now.revealed else NOTHING)


def _shown(now: OpenQuestion | None) -> tuple[object, ...]:
    """Return what a window shows of the room, apart from how many have voted."""
    question = (now.number, now.ballot, now.revealed, now.paper) if now is not None else ()
    # Looking at a room that is not open makes no letters for it.
    return question, code_of(store_folder()) if room_opening.is_reached() else ""


@st.fragment(run_every=EVERY)
def _follow(view: View, shown: tuple[object, ...]) -> None:
    """Say how many have voted, until that is shown; once the room has gone on, in any window, run the page again."""
    now = standing(store_folder())
    if _shown(now) != shown:
        st.rerun()
    if now is None or now.revealed:
        return
    n, on_paper = now.n_voted(), now.n_on_paper()
    said = (
        view.words.count("room.voted", n)
        if now.ballot == FIRST
        else view.words.count("room.voted_again", n - on_paper, of=now.n_devices())
    )
    st.markdown(f"## {said}", anchors=False)
    if on_paper:
        st.caption(view.words("room.on_paper" if now.ballot == FIRST else "room.more_on_paper", n=on_paper))


def _while_open(view: View, now: OpenQuestion) -> None:
    words = view.words
    st.caption(words("room.hidden" if now.ballot == FIRST else "room.hidden_again"))
    with st.container(horizontal=True):
        _button(
            view, "reveal", reveal, now, type="primary", icon=":material/visibility:", help=words("room.reveal_help")
        )
        if now.ballot == FIRST:
            _button(view, "withdraw", withdraw, now, type="tertiary", help=words("room.withdraw_help"))


def _conclude(view: View, now: OpenQuestion) -> None:
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


def _decided(now: OpenQuestion) -> str:
    """Return the widget key of the room's decision."""
    return f"{DECIDED}_{now.number}_{now.ballot}"


def _close(key: str) -> Callable[[Path, int], None]:
    def done(store: Path, number: int) -> None:
        close(store, number, st.session_state[key])
        ROOM_KEPT.set(number)

    return done


def _button(view: View, name: str, deed: Callable[..., object], now: OpenQuestion, **more: object) -> None:
    st.button(view.words(f"room.{name}"), key=f"room_{name}", on_click=_do, args=(deed, now.number), **more)  # type: ignore[arg-type]


def _do(deed: Callable[..., object], number: int) -> None:
    try:
        deed(store_folder(), number)
    except RoomError as error:
        room_opening.refused(error)


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
    headline(words, _finding(now, len(decided)))
    room_opening.tell_refused(words)
    tell_kept(view, decided)
    if not may_lead():
        st.info(words("problem.replica" if is_replica(store_folder()) else "room.not_open"))
        show_example(view)
    elif now is not None:
        lead(view, now)
    else:
        left, right = st.columns(2, gap="large")
        with left:
            _how_to_join(view)
        with right:
            _follow(view, _shown(now))
            ask_form(view)
    show_records(view, decided)


def _finding(now: OpenQuestion | None, n_decided: int) -> Claim:
    if now is not None:
        return Claim.of(f"room.asks_{now.question.kind}")
    return Claim.count("room.finding", n_decided) if n_decided else Claim.of("room.nothing_yet")


def _how_to_join(view: View) -> None:
    words = view.words
    if not room_opening.is_reached():
        room_opening.tell_what_opens(view)
        return
    room_opening.tell_how_to_join(view, store_folder())
    st.button(words("room.next_group"), key="room_next", on_click=_next_group, help=words("room.next_group_help"))


def _next_group() -> None:
    renew_code(store_folder())
