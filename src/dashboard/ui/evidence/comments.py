"""What do operations and reviewers say to each other about an answer? A thread, and a field to add to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.model.answers.answer import Key
from dashboard.model.answers.evidence import Comment
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.queries import ask
from dashboard.queries.question import Question
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.evidence import save_comment
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, Kind
from dashboard.ui.editing.form import Opened, draw_one
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape
from dashboard.ui.view import View

FIELD = Field("text", Kind.LONG_TEXT, "comment.field", help="comment.help")


def _publish(deed: Deed, view: View, drafts: Sequence[Draft[Comment]], writer: Writer) -> Outcome:
    (draft,) = drafts
    said = draft.typed
    key = said.round, said.operation, said.criterion
    return save_comment(store_folder(), key, said.text, deed, writer, view.today)


# By whoever answers or reviews: `save_sent` is told which.
EDITOR: Editor[Comment] = Editor("comment", ((FIELD,),))


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
    note = EDITOR.held().note
    if note is not None and key in note.tried:
        EDITOR.tell(view)
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
    opened = Opened(EDITOR, key, None, Comment(*key, role="", said_on="", text=""))
    draw_one(view, opened, FIELD)
    st.button(view.words("comment.send"), key=f"comment_send {opened.code}", on_click=EDITOR.ask, args=(key,))


def save_sent(view: View, deed: Deed, writer: Writer) -> None:
    """Publish the comment that was sent, if one was; without a role or a text it stays in its field."""
    key = EDITOR.asked()
    draft = EDITOR.drafts().get(key)
    if draft is None or not draft.typed.text.strip():
        return
    replace(EDITOR, publish=partial(_publish, deed)).save(view, {key: draft}, writer)
    st.rerun()
