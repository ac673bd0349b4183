"""What do operations and reviewers say to each other about an answer? A thread, and a field to add to it."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

import streamlit as st

from dashboard.model.answers.answer import Key
from dashboard.model.people.permissions import Deed
from dashboard.queries import ask
from dashboard.queries.question import Question
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.evidence import save_comment
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.editing.saving import Saver
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import COMMENT_ASKED, COMMENT_DRAFTS, COMMENT_NOTE, COMMENT_SENT
from dashboard.ui.view import View

SAVER: Saver[str, Outcome] = Saver(
    COMMENT_NOTE, COMMENT_ASKED, lambda view, name: view.words("comment.field") if name == "text" else name
)


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
    note = SAVER.note()
    if note is not None and key in note.tried:
        SAVER.tell(view, COMMENT_DRAFTS.setdefault({}), st.caption, "comment.saved")
    title = words.count("comment.title", len(said)) if said else words("comment.none")
    place = folded(title, f"comments {name}")
    if place is None:
        return
    with place:
        for row in said:
            who = words("comment.who", role=escape(row["role"]), date=row["said_on"])
            st.markdown(f"{escape(row['text'])}  \n:small[{who}]")
        if allowed:
            _add(view, key, name)


def _add(view: View, key: Key, name: str) -> None:
    widget, words = f"comment {name}", view.words
    set_widget(widget, COMMENT_DRAFTS.setdefault({}).get(key, ""))

    def typed() -> None:
        COMMENT_DRAFTS.now()[key] = st.session_state[widget]

    st.text_area(words("comment.field"), height=76, key=widget, on_change=typed, help=words("comment.help"))
    st.button(words("comment.send"), key=f"comment_send {name}", on_click=COMMENT_SENT.set, args=(key,))


def save_sent(view: View, deed: Deed, writer: Writer) -> None:
    """Publish the comment that was sent, if one was; without a role or a text it stays in its field."""
    key = COMMENT_SENT.pop()
    text = COMMENT_DRAFTS.setdefault({}).get(key, "") if key is not None else ""
    if key is None or not text.strip():
        return
    save = lambda: save_comment(store_folder(), key, text, deed, writer, view.today)  # noqa: E731
    SAVER.save(view, COMMENT_DRAFTS.now(), {key: text}, save)
    st.rerun()
