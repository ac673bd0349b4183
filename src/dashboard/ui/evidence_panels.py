"""The panels below an answer or action: the evidence it rests on, the thread of comments, and the history."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import TypedDict

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.model.answer import Comment, Evidence, Key, Subject, of_action
from dashboard.model.permissions import Deed, Place, allowed
from dashboard.model.records import Draft
from dashboard.queries import ask
from dashboard.queries.compare.subjects import ReviewRow
from dashboard.queries.question import Question
from dashboard.store.disk import store_folder
from dashboard.store.history import Revision, StoreError, history
from dashboard.store.locking import Outcome, Writer
from dashboard.store.mask import countries_of
from dashboard.store.published_codes import stored_evidence
from dashboard.store.publishing.commit import shown_names
from dashboard.store.publishing.save_rows import save_comment, save_evidence
from dashboard.ui import session
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, FieldKind, fields_of
from dashboard.ui.editing.row_form import Opened, choose, draw_one, edit
from dashboard.ui.elements import choices
from dashboard.ui.elements.answer_text import item_line
from dashboard.ui.elements.choices import operation_lists
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape, escape_row, one_line
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

asks = fields_of("evidence")


def _text(name: str, required: bool = False) -> Field:
    return asks(name, label=f"evidence_item.{name}", example=f"evidence_item.example_{name}", required=required)


EVIDENCE_LINES = (
    (_text("title", required=True),),
    (_text("link"), _text("document")),
    (_text("page"), _text("holder")),
    (
        asks("dated_on", label="evidence_item.dated_on"),
        asks("confidential", label="evidence_item.confidential", help="evidence_item.confidential_help"),
    ),
)


def _publish_evidence(view: View, drafts: Sequence[Draft[Evidence]], writer: Writer) -> Outcome:
    (draft,) = drafts
    wanted = draft.typed if draft.typed.title else None
    name = one_line((draft.was or draft.typed).title) or view.words("evidence_item.new")
    return save_evidence(store_folder(), draft.typed.subject, Draft(draft.was, wanted), name, writer, view.today)


def _stripped(item: Evidence) -> Evidence:
    return replace(item, **{name: getattr(item, name).strip() for name in item.content()})


EVIDENCE_EDITOR: Editor[Evidence] = Editor(
    "evidence",
    EVIDENCE_LINES,
    Deed.ANSWER,
    _publish_evidence,
    withdrawn=lambda item: Evidence(*item.subject),
    tidy=_stripped,
)


def edit_evidence(view: View, subject: Subject, writer: Writer) -> None:
    """Draw the items and the form for one of them, folded away below what they support."""
    with view.published.cursor() as cursor:
        stored = stored_evidence(cursor, subject)
    words = view.words
    editor = replace(EVIDENCE_EDITOR, deed=Deed.ACT) if subject == of_action(subject[-1]) else EVIDENCE_EDITOR
    editor.tell(view, dict(enumerate(stored)))
    title = words.count("evidence_item.behind", len(stored)) if stored else words("evidence_item.none")
    place = folded(title, "evidence_items")
    if place is None:
        return
    with place:
        if stored:
            st.markdown("\n".join(f"- {item_line(view, _shown(item))}" for item in stored))
        st.caption(words("evidence_item.help"))
        _edit(view, subject, stored, writer)


def _shown(item: Evidence) -> dict[str, object]:
    """Return an item as a row of `evidence_items`, with everything that it says."""
    return asdict(item) | {"dated_on": date.fromisoformat(item.dated_on) if item.dated_on else None}


def _edit(view: View, subject: Subject, stored: list[Evidence], writer: Writer) -> None:
    of = " ".join(subject).strip()
    items = {f"{of} {n}": item for n, item in enumerate(stored, 1)}
    titles = {code: one_line(item.title) for code, item in items.items()}
    chosen = choose(view, EVIDENCE_EDITOR, ("evidence_item.choose", "evidence_item.new"), titles)
    # The draft of a new item stays with its answer or action.
    edit(view, Opened(EVIDENCE_EDITOR, chosen or of, items.get(chosen), Evidence(*subject)), writer=writer)


COMMENT_FIELD = Field("text", FieldKind.LONG_TEXT, "comment.field", help="comment.help")


def _publish_comment(deed: Deed, view: View, drafts: Sequence[Draft[Comment]], writer: Writer) -> Outcome:
    (draft,) = drafts
    said = draft.typed
    key = said.round, said.operation, said.criterion
    return save_comment(store_folder(), key, said.text, deed, writer, view.today)


# By whoever answers or reviews: `save_sent` is told which.
COMMENT_EDITOR: Editor[Comment] = Editor("comment", ((COMMENT_FIELD,),))


class AnswerCommentsRow(TypedDict):
    """A row of `answer_comments`."""

    round: str
    operation: str
    criterion: str
    role: str
    said_on: date
    text: str


ANSWER_COMMENTS = Question("answer_comments", AnswerCommentsRow)


def read_comments(view: View, operation: str, within: tuple[str, ...] = ()) -> dict[Key, list[AnswerCommentsRow]]:
    """Return all comments within the filters, by answer."""
    found: dict[Key, list[AnswerCommentsRow]] = {}
    given = view.parameters(operation=operation, within=within, whole=True)
    for row in ask.rows(view.published, ANSWER_COMMENTS, given):
        found.setdefault((row["round"], row["operation"], row["criterion"]), []).append(row)
    return found


def show_comments(view: View, key: Key, said: Sequence[AnswerCommentsRow], allowed: bool) -> None:
    """Draw the thread of one answer, folded away, and the field for another comment if that is allowed."""
    words, name = view.words, " ".join(key)
    if not said and not allowed:
        return
    note = COMMENT_EDITOR.held().note
    if note is not None and key in note.tried:
        COMMENT_EDITOR.tell(view)
    title = words.count("comment.title", len(said)) if said else words("comment.none")
    place = folded(title, f"comments {name}")
    if place is None:
        return
    with place:
        for row in said:
            who = words("comment.who", role=escape(row["role"]), date=row["said_on"])
            st.markdown(f"{escape(row['text'])}  \n:small[{who}]")
        if allowed:
            _add(view, key)


def _add(view: View, key: Key) -> None:
    opened = Opened(COMMENT_EDITOR, key, None, Comment(*key, role="", said_on="", text=""))
    draw_one(view, opened, COMMENT_FIELD)
    st.button(view.words("comment.send"), key=f"comment_send {opened.code}", on_click=COMMENT_EDITOR.ask, args=(key,))


def save_sent(view: View, deed: Deed, writer: Writer) -> None:
    """Publish the comment that was sent, if one was; without a role or a text it stays in its field."""
    key = COMMENT_EDITOR.asked()
    draft = COMMENT_EDITOR.drafts().get(key)
    if draft is None or not draft.typed.text.strip():
        return
    replace(COMMENT_EDITOR, publish=partial(_publish_comment, deed)).save(view, {key: draft}, writer)
    st.rerun()


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
