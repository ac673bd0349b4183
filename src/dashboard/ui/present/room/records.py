"""What has a room decided so far? The records, and the way of each into what is published."""

from collections.abc import Sequence

import streamlit as st

from dashboard.model.present.vote import Record
from dashboard.ui.escape import escape, escape_label
from dashboard.ui.present.room.outcome import offer_outcome
from dashboard.ui.present.room.results import in_words, show_ballots, where
from dashboard.ui.view import View


def show_records(view: View, records: Sequence[Record]) -> None:
    """All of them as a list, and one of them opened."""
    if not records:
        return
    words = view.words
    st.markdown(f"**{words('room.records')}**")
    st.table([_row(view, record) for record in records])
    # Named by the latest record, so that it is the one that is looked at.
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
        words("room.column_about"): _about(view, record),
        words("room.column_decided"): _decided(view, record),
        words("room.column_said"): in_words(view, record.question, record.last),
    }


def _title(view: View, record: Record | None) -> str:
    return f"{record.closed_at[:10]} · {_about(view, record)}" if record is not None else ""


def _about(view: View, record: Record) -> str:
    said = record.question.in_language((view.words.language,))
    return " · ".join(part for part in (escape(said.about or said.asks), where(view, record.question)) if part)


def _decided(view: View, record: Record) -> str:
    titles = record.question.in_language((view.words.language,)).choices
    return escape(titles.get(record.decided, view.words("room.decided_nothing")))
