"""Who has said what about one answer, when, and on what evidence? Folded away below it, the latest first."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict

from streamlit.delta_generator import DeltaGenerator

from dashboard.model.answers.answer import Key
from dashboard.model.people.permissions import Deed, Place, allowed
from dashboard.queries import ask
from dashboard.queries.compare.questions import ReviewRow
from dashboard.queries.question import Question
from dashboard.store.history import Revision, StoreError, history
from dashboard.store.location import store_folder
from dashboard.store.masking.mask import countries_of
from dashboard.store.shown_names import shown_names
from dashboard.ui import choices, session
from dashboard.ui.elements.choose import operation_lists
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape, escape_row
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

NAMED_TO = (Deed.ANSWER, Deed.REVIEW, Deed.ACT)
"""Whoever may do one of these for an operation reads who said something; others read only the roles."""
UNSAID = ("unanswered", "not_asked")


class AnswerHistoryRow(TypedDict):
    """A row of `answer_history`."""

    step: int
    verdict: str | None
    status_title: str
    evidence: str
    role: str
    said_on: date


ANSWER_HISTORY = Question("answer_history", AnswerHistoryRow)


def show_history(view: View, key: Key) -> None:
    """Show every version of an answer and every review."""
    place = folded(view.words("history.title"), "answer_history")
    if place is not None:
        _draw(view, key, place)


def show_one_history(view: View, answers: Sequence[ReviewRow]) -> None:
    """The same for one of several answers to a criterion, chosen by its operation. Nothing while names are hidden."""
    given = [row["operation"] for row in answers if row["counts_as"] not in UNSAID]
    place = folded(view.words("history.of_one"), "answer_history") if given and not view.masked else None
    if place is None:
        return
    with place:
        operation, lists = operation_lists(view, given)
        choices.draw(view.words, *lists)
    _draw(view, (view.state.round, operation, answers[0]["criterion"]), place)


def _draw(view: View, key: Key, place: DeltaGenerator) -> None:
    words, (round_, operation, criterion) = view.words, key
    given = view.parameters(round=round_, operation=operation, criterion=criterion)
    found = ask.rows(view.published, ANSWER_HISTORY, given)
    if not found:
        place.caption(words("history.none"))
        return
    moves, names = _moves(), _names(view, operation)
    with place:
        draw_table([_line(view, row, moves, names) for row in found])


def _names(view: View, operation: str) -> Mapping[str, str]:
    """The names that this person may read of those who said something about an operation."""
    person = session.person()
    at = Place(operation, countries_of(view.published).get(operation, ""))
    named = person is None or any(allowed(person, deed, at) for deed in NAMED_TO)
    return shown_names(store_folder()) if named and not view.masked else {}


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
