"""Which criteria of an operation remain to be answered, function by function, and which one is open?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.model.answers.answer import Answer, Key, answer_of
from dashboard.queries import ask
from dashboard.queries.collect.questions import ANSWERING, ANSWERING_FUNCTIONS, AnsweringRow
from dashboard.ui.answer_words import legend_marks, mark_of
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.collect.answer.draft import EDITOR
from dashboard.ui.elements.legend import show_legend
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape, one_line, short
from dashboard.ui.view import View

WIDTH = 34
AT_ONCE = 40
"""Criteria listed at once; a longer list gives no overview, so choosing a function is better."""


@dataclass(frozen=True)
class Sheet:
    """The criteria asked of one operation in one round, by key: all of them, and those of the selected function."""

    rows: Mapping[Key, AnsweringRow]
    of_function: tuple[Key, ...]

    def stored(self, key: Key) -> Answer:
        return answer_of(self.rows[key])

    def is_left(self, key: Key) -> bool:
        """Whether the criterion still needs attention: an answer is missing, or a reviewer's question is unanswered."""
        row = self.rows[key]
        return key not in EDITOR.drafts() and (row["counts_as"] == "unanswered" or row["mark"] == "asked_back")


def read_rows(view: View, operation: str) -> dict[Key, AnsweringRow]:
    """Return the criteria: those with reviewers' questions first, then unanswered ones, then the rest."""
    found = ask.rows(view.published, ANSWERING, view.parameters(operation=operation, function=()))
    return {answer_of(row).key: row for row in sorted(found, key=_turn)}


def sheet_of(rows: Mapping[Key, AnsweringRow], function: str) -> Sheet:
    """Return the criteria with those of one function, or of all."""
    return Sheet(rows, tuple(key for key, row in rows.items() if function in ("", row["function"])))


def _turn(row: AnsweringRow) -> int:
    return 0 if row["mark"] == "asked_back" else 1 if row["counts_as"] == "unanswered" else 2


def function_choice(view: View, rows: Sequence[AnsweringRow]) -> Choice:
    """Return the choice of one function or all; each shows how many of its criteria remain."""
    titles = {row["function"]: row["title"] for row in ask.rows(view.published, ANSWERING_FUNCTIONS, view.parameters())}
    there = {row["function"] for row in rows}
    titles = {"": view.words("answering.all_functions")} | {code: titles[code] for code in titles if code in there}
    named = {code: one_line(_named(view, title, code, rows)) for code, title in titles.items()}
    return Choice("function", view.words("answering.function"), named, "", Shape.LIST)


def _named(view: View, title: str, code: str, rows: Sequence[AnsweringRow]) -> str:
    own = [row for row in rows if code in ("", row["function"])]
    left = sum(_turn(row) < 2 for row in own)
    return view.words("answering.left_in", title=title, left=left, of=len(own))


def opened(view: View, sheet: Sheet) -> Key:
    """Return the open criterion: the selected one, or the first that remains."""
    for key in sheet.of_function:
        if key[2] == view.state.criterion:
            return key
    return next((key for key in sheet.of_function if sheet.is_left(key)), sheet.of_function[0])


def next_left(sheet: Sheet, key: Key) -> Key:
    """Return the next criterion that remains after the open one, wrapping round; the open one if there is no other."""
    at = sheet.of_function.index(key)
    after = (*sheet.of_function[at + 1 :], *sheet.of_function[:at])
    return next((other for other in after if sheet.is_left(other)), key)


def open_criterion(criterion: str) -> None:
    """Open a criterion; the next run saves what was entered in the previous one."""
    st.session_state["criterion"] = criterion


def show_list(view: View, sheet: Sheet, key: Key) -> None:
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


def _label(sheet: Sheet, key: Key) -> str:
    text = short(sheet.rows[key]["text"], WIDTH)
    return f"{_mark(sheet, key)} {coded(escape(text), escape(key[2]))}"


def _near(sheet: Sheet, key: Key) -> tuple[Key, ...]:
    at = sheet.of_function.index(key)
    first = max(0, min(at - AT_ONCE // 2, len(sheet.of_function) - AT_ONCE))
    return sheet.of_function[first : first + AT_ONCE]


def _mark(sheet: Sheet, key: Key) -> str:
    row, draft = sheet.rows[key], EDITOR.drafts().get(key)
    if draft is not None:
        return "‼" if EDITOR.conflicts(draft, sheet.stored(key)) else "✎"
    if row["mark"] == "asked_back":
        return "↩"
    return mark_of(row["counts_as"], row["value"])
