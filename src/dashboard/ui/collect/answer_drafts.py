"""Answers as they are edited: their fields, the criteria that remain and the open one, and how drafts are saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.model.answer import UNANSWERED, Answer, Key
from dashboard.model.permissions import Deed
from dashboard.model.records import Draft
from dashboard.queries import ask
from dashboard.queries.collect_answering import ANSWERING, ANSWERING_FUNCTIONS, AnsweringRow
from dashboard.store.disk import store_folder
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.save_rows import save_answers
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, FieldKind
from dashboard.ui.editing.row_form import Opened
from dashboard.ui.elements.choices import PageChoice, Shape
from dashboard.ui.elements.legend import show_legend
from dashboard.ui.elements.marks import coded, legend_marks, mark_of
from dashboard.ui.escape import escape, one_line, short
from dashboard.ui.view import View

STATUS = Field("status", FieldKind.ONE_OF, unset=UNANSWERED, side_by_side=True)
NUMBER = Field("status", FieldKind.ONE_OF, unset=UNANSWERED, example="answering.number_help")
"""A status that is a number: one list to type into, too long to show at once."""
NA_REASON = Field("na_reason", FieldKind.LONG_TEXT, "answering.reason")
EVIDENCE_LEVEL = Field("evidence", FieldKind.ONE_OF, titles="evidence.", side_by_side=True)
NOTE = Field("note", FieldKind.LONG_TEXT, "answering.note")


def _publish(view: View, drafts: Sequence[Draft[Answer]], writer: Writer) -> Outcome:
    changes = [Draft(draft.was or draft.typed, draft.typed) for draft in drafts]
    return save_answers(store_folder(), changes, writer, view.today)


def says_the_same(one: Answer, other: Answer) -> bool:
    """Whether two versions of an answer have the same content, whoever gave them."""
    return not one.differing(other)


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


WIDTH = 34
AT_ONCE = 40
"""Criteria listed at once; a longer list gives no overview, so choosing a function is better."""


@dataclass(frozen=True)
class AskedCriteria:
    """The criteria asked of one operation in one round, by key: all of them, and those of the selected function."""

    rows: Mapping[Key, AnsweringRow]
    of_function: tuple[Key, ...]

    def stored(self, key: Key) -> Answer:
        return Answer.of(self.rows[key])

    def is_left(self, key: Key) -> bool:
        """Whether the criterion still needs attention: an answer is missing, or a reviewer's question is unanswered."""
        row = self.rows[key]
        return key not in EDITOR.drafts() and (row["counts_as"] == "unanswered" or row["mark"] == "asked_back")


def read_rows(view: View, operation: str) -> dict[Key, AnsweringRow]:
    """Return the criteria: those with reviewers' questions first, then unanswered ones, then the rest."""
    found = ask.rows(view.published, ANSWERING, view.parameters(operation=operation, function=()))
    return {Answer.of(row).key: row for row in sorted(found, key=_turn)}


def sheet_of(rows: Mapping[Key, AnsweringRow], function: str) -> AskedCriteria:
    """Return the criteria with those of one function, or of all."""
    return AskedCriteria(rows, tuple(key for key, row in rows.items() if function in ("", row["function"])))


def _turn(row: AnsweringRow) -> int:
    return 0 if row["mark"] == "asked_back" else 1 if row["counts_as"] == "unanswered" else 2


def function_choice(view: View, rows: Sequence[AnsweringRow]) -> PageChoice:
    """Return the choice of one function or all; each shows how many of its criteria remain."""
    titles = {row["function"]: row["title"] for row in ask.rows(view.published, ANSWERING_FUNCTIONS, view.parameters())}
    there = {row["function"] for row in rows}
    titles = {"": view.words("answering.all_functions")} | {code: titles[code] for code in titles if code in there}
    named = {code: one_line(_named(view, title, code, rows)) for code, title in titles.items()}
    return PageChoice("function", view.words("answering.function"), named, "", Shape.LIST)


def _named(view: View, title: str, code: str, rows: Sequence[AnsweringRow]) -> str:
    own = [row for row in rows if code in ("", row["function"])]
    left = sum(_turn(row) < 2 for row in own)
    return view.words("answering.left_in", title=title, left=left, of=len(own))


def opened(view: View, sheet: AskedCriteria) -> Key:
    """Return the open criterion: the selected one, or the first that remains."""
    for key in sheet.of_function:
        if key[2] == view.state.criterion:
            return key
    return next((key for key in sheet.of_function if sheet.is_left(key)), sheet.of_function[0])


def next_left(sheet: AskedCriteria, key: Key) -> Key:
    """Return the next criterion that remains after the open one, wrapping round; the open one if there is no other."""
    at = sheet.of_function.index(key)
    after = (*sheet.of_function[at + 1 :], *sheet.of_function[:at])
    return next((other for other in after if sheet.is_left(other)), key)


def open_criterion(criterion: str) -> None:
    """Open a criterion; the next run saves what was entered in the previous one."""
    st.session_state["criterion"] = criterion


def show_list(view: View, sheet: AskedCriteria, key: Key) -> None:
    """Show the function's criteria with their marks, around the open one; clicking one opens it."""
    keys = sorted(sheet.of_function, key=lambda k: k[2]) if len(sheet.of_function) <= AT_ONCE else _near(sheet, key)
    with st.container(gap=None):
        for other in keys:
            st.button(
                _label(sheet, other),
                key=f"answering_go {other[2]}",
                type="tertiary",
                disabled=other == key,
                on_click=open_criterion,
                args=(other[2],),
            )
    if len(keys) < len(sheet.of_function):
        st.caption(view.words.count("answering.not_listed", len(sheet.of_function) - len(keys)))
    signs = {"✎": "draft", "↩": "asked_back", "‼": "conflict"}
    show_legend([*legend_marks(view), *((sign, view.words(f"answering.key_{name}")) for sign, name in signs.items())])


def _label(sheet: AskedCriteria, key: Key) -> str:
    text = short(sheet.rows[key]["text"], WIDTH)
    return f"{_mark(sheet, key)} {coded(escape(text), escape(key[2]))}"


def _near(sheet: AskedCriteria, key: Key) -> tuple[Key, ...]:
    at = sheet.of_function.index(key)
    first = max(0, min(at - AT_ONCE // 2, len(sheet.of_function) - AT_ONCE))
    return sheet.of_function[first : first + AT_ONCE]


def _mark(sheet: AskedCriteria, key: Key) -> str:
    row, draft = sheet.rows[key], EDITOR.drafts().get(key)
    if draft is not None:
        return "‼" if EDITOR.conflicts(draft, sheet.stored(key)) else "✎"
    if row["mark"] == "asked_back":
        return "↩"
    return mark_of(row["counts_as"], row["value"])


def due(sheet: AskedCriteria, open_key: Key, counts_as: Mapping[str, str], writer: Writer) -> dict[Key, Draft[Answer]]:
    """Return the drafts to save now: complete, free of conflicts, and either no longer open or explicitly requested."""
    if not writer.role.strip():
        # A requested save waits until a role has been given.
        return {}
    everything, last = EDITOR.asked() is not None, EDITOR.held().note
    found = {
        key: draft
        for key, draft in EDITOR.drafts().items()
        if key in sheet.rows
        and (everything or key != open_key)
        and not missing_field(draft, counts_as)
        and not EDITOR.conflicts(draft, sheet.stored(key))
    }
    # After a refusal, do not retry until something else is entered or a save is requested.
    return {} if last is not None and last.refused and last.tried == found and not everything else found


def tell_waiting(view: View, sheet: AskedCriteria, counts_as: Mapping[str, str], others: Sequence[Key]) -> None:
    """Say what is not saved, and why."""
    words = view.words
    for key, draft in EDITOR.drafts().items():
        if key in sheet.rows and key in others:
            why = (
                "conflict" if EDITOR.conflicts(draft, sheet.stored(key)) else missing_field(draft, counts_as) or "waits"
            )
            st.caption(words(f"answering.waiting_{why}", criterion=escape(key[2])))
    elsewhere = sum(key not in sheet.rows for key in EDITOR.drafts())
    if elsewhere:
        st.caption(words.count("answering.elsewhere", elsewhere))
