"""Who has said what about one answer, when, and on what evidence? Folded away below it."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from dashboard.model.answers.answer import Key
from dashboard.queries import ask
from dashboard.queries.collect.rows import AnswerHistoryRow
from dashboard.store.history import Revision, StoreError, history
from dashboard.store.location import store_folder
from dashboard.store.shown_names import shown_names
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape, escape_row
from dashboard.ui.view import View


def show_history(view: View, key: Key) -> None:
    """Show every version of an answer and every review, the latest first."""
    words = view.words
    place = folded(words("history.title"), "answer_history")
    if place is None:
        return
    round_, operation, criterion = key
    given = view.parameters(round=round_, operation=operation, criterion=criterion)
    found = ask.rows(view.published, "answer_history", given)
    if not found:
        place.caption(words("history.none"))
        return
    moves, names = _moves(), shown_names(store_folder())
    with place:
        st.table([_line(view, row, moves, names) for row in found], border="horizontal", hide_index=True)


def _moves() -> dict[int, Revision]:
    try:
        return {revision.number: revision for revision in history(store_folder())}
    except StoreError:
        # The page of the history reports what is wrong with it.
        return {}


def _line(view: View, row: AnswerHistoryRow, moves: dict[int, Revision], names: Mapping[str, str]) -> dict[str, str]:
    words, move = view.words, moves.get(row["step"] or 0)
    said = escape_row(row)
    name = names.get(move.subject, "") if move is not None else ""
    verdict = words(f"history.{row['verdict']}") if row["verdict"] else ""
    day = row["said_on"] or (datetime.fromisoformat(move.at).date() if move is not None else None)
    return {
        words("history.day"): words.shown(day) if day is not None else "",
        words("column.what"): verdict or said["status_title"],
        words("column.evidence"): words(f"evidence.{row['evidence'] or 'not_stated'}"),
        words("history.by"): " · ".join(part for part in (escape(name), said["role"] or "") if part),
        words("column.step"): words.shown(row["step"]) if row["step"] is not None else "",
    }
