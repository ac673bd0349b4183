"""What has a room decided so far? The records, and how each can be imported."""

from collections.abc import Sequence

import streamlit as st

from dashboard.model.present.vote import Question, Record, Standing
from dashboard.ui.escape import escape, escape_label
from dashboard.ui.html import draw_table
from dashboard.ui.present.room.outcome import offer_outcome
from dashboard.ui.present.room.results import in_words, show_ballots, where
from dashboard.ui.session_keys import ROOM_KEPT
from dashboard.ui.view import View


def show_records(view: View, records: Sequence[Record]) -> None:
    """Show all records as a list, one of them open."""
    if not records:
        return
    words = view.words
    st.markdown(f"**{words('room.records')}**")
    draw_table([_row(view, record) for record in records])
    # The key contains the latest record, so that a new one is opened.
    by_number = {record.number: record for record in records}
    chosen = st.selectbox(
        words("room.record"),
        list(by_number),
        key=f"room_record_{records[0].number}",
        format_func=lambda number: escape_label(_title(view, by_number.get(number))),
    )
    record = by_number[chosen]
    with st.expander(words("room.record_open")):
        show_ballots(view, record.question, record.ballots, record.n_changed)
    offer_outcome(view, record)


def _row(view: View, record: Record) -> dict[str, str]:
    words = view.words
    return {
        words("room.column_date"): record.closed_at[:10],
        words("room.column_about"): _about(view, record.question),
        words("room.column_decided"): _decided(view, record),
        words("room.column_said"): in_words(view, record.question, record.last),
    }


def tell_kept(view: View, records: Sequence[Record]) -> None:
    """Say what was kept of the question just closed, or that nothing was."""
    number = ROOM_KEPT.pop()
    if number is None:
        return
    found = [record for record in records if record.number == number]
    st.success(record_kept(view, found[0]) if found else view.words("room.kept_nothing"))


def record_kept(view: View, record: Record) -> str:
    """Say how many votes a record holds, on what, and what was decided."""
    about, decided = _about(view, record.question), _decided(view, record)
    return view.words.count("room.kept", record.last.n, about=about, decided=decided)


def all_kept(view: View, now: Standing | None, records: Sequence[Record]) -> str:
    """Say what is kept of a room when the facilitator leaves: the current question, else the last result; and how many
    other results there are.
    """
    words, rest = view.words, len(records)
    if now is not None:
        said = words.count("room.kept_standing", now.n_voted(), about=_about(view, now.question))
    elif records:
        said, rest = record_kept(view, records[0]), rest - 1
    else:
        return words("room.kept_unasked")
    more = words.count("room.kept_more", rest) if rest else ""
    return " ".join(part for part in (said, more, words("room.kept_where")) if part)


def _title(view: View, record: Record | None) -> str:
    return f"{record.closed_at[:10]} · {_about(view, record.question)}" if record is not None else ""


def _about(view: View, question: Question) -> str:
    said = question.in_language((view.words.language,))
    return " · ".join(part for part in (escape(said.about or said.asks), where(view, question)) if part)


def _decided(view: View, record: Record) -> str:
    titles = record.question.in_language((view.words.language,)).choices
    return escape(titles.get(record.decided, view.words("room.decided_nothing")))
