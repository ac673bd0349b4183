"""Answers as they are edited: their fields, what is missing, how they are saved, and which one is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.model.answers.answer import ANSWERED, UNANSWERED, Answer, Key
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.answers import AnswerChange, save_answers
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, Kind
from dashboard.ui.editing.form import Opened
from dashboard.ui.view import View

STATUS = Field("status", Kind.ONE_OF, unset=UNANSWERED, side_by_side=True)
NUMBER = Field("status", Kind.ONE_OF, unset=UNANSWERED, example="answering.number_help")
"""A status that is a number: one list to type into, too long to show at once."""
NA_REASON = Field("na_reason", Kind.LONG_TEXT, "answering.reason")
EVIDENCE_LEVEL = Field("evidence", Kind.ONE_OF, titles="evidence.", side_by_side=True)
NOTE = Field("note", Kind.LONG_TEXT, "answering.note")


def _publish(view: View, drafts: Sequence[Draft[Answer]], writer: Writer) -> Outcome:
    changes = [AnswerChange(draft.was or draft.typed, draft.typed) for draft in drafts]
    return save_answers(store_folder(), changes, writer, view.today)


def says_the_same(one: Answer, other: Answer) -> bool:
    """Whether two versions of an answer have the same content, whoever gave them."""
    return all(getattr(one, name) == getattr(other, name) for name in ANSWERED)


EDITOR: Editor[Answer] = Editor(
    "answering", ((STATUS,), (NA_REASON,), (EVIDENCE_LEVEL,), (NOTE,)), Deed.ANSWER, _publish, same=says_the_same
)


@dataclass(frozen=True)
class OpenAnswer(Opened[Answer]):
    """The answer to one criterion in its form."""

    def say(self, **said: Any) -> None:
        """Keep what was entered, and the criterion open, even if the list beside it moves on."""
        st.session_state["criterion"] = self.start.criterion
        super().say(**said)


def opened_answer(stored: Answer) -> OpenAnswer:
    """Return a stored answer in its form."""
    return OpenAnswer(EDITOR, stored.key, stored, stored)


def drop_published(stored: Mapping[Key, Answer]) -> None:
    """Drop a draft that matches what is now published, whoever published it."""
    for key, draft in list(EDITOR.drafts().items()):
        if key in stored and says_the_same(draft.typed, stored[key]):
            EDITOR.drop(key)


def whole(answer: Answer, counts_as: Mapping[str, str]) -> bool:
    """Whether an answer can be saved: it has a status, and a reason if the status needs one."""
    return counts_as.get(answer.status) != "not_applicable" or bool(answer.na_reason.strip())


def missing_field(draft: Draft[Answer], counts_as: Mapping[str, str]) -> str:
    """Return the field that prevents the draft from being saved, `status` or `na_reason`; empty if it can be saved."""
    typed = draft.typed
    if typed.status == UNANSWERED and (typed.note or typed.evidence or typed.na_reason):
        return "status"
    return "" if whole(typed, counts_as) else "na_reason"
