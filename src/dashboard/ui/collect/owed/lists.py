"""What cannot wait: nothing submitted, unchanged the longest, not applicable but never reviewed."""

from typing import TypedDict

import streamlit as st

from dashboard.queries.question import Question
from dashboard.ui.collect.owed.matrix import OwedOldestRow, address, touched
from dashboard.ui.elements.answer import critical_mark, mark
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.marks import coded
from dashboard.ui.view import View

FIRST = 8
"""Rows shown at once in a list; the rest one click away."""


class OwedNotApplicableRow(TypedDict):
    """A row of `owed_not_applicable`."""

    operation: str
    operation_title: str
    criterion: str
    critical: bool
    function: str
    text: str
    na_reason: str
    all_n: int


class OwedSilentRow(TypedDict):
    """A row of `owed_silent`."""

    operation: str
    operation_title: str
    n_asked: int
    all_n: int


OWED_NOT_APPLICABLE = Question("owed_not_applicable", OwedNotApplicableRow)
OWED_SILENT = Question("owed_silent", OwedSilentRow)


def silent(view: View, found: list[OwedSilentRow]) -> None:
    """List operations that have submitted nothing."""
    lines = [
        {
            view.words("column.operation_title"): f"[{row['operation_title']}]({address(view, row['operation'])})",
            view.words("owed.column_asked"): view.words.shown(row["n_asked"]),
        }
        for row in found
    ]
    _list(view, "silent", lines, found[0]["all_n"] if found else 0)


def oldest(view: View, found: list[OwedOldestRow]) -> None:
    """List the operations and functions with outstanding answers that were answered longest ago."""
    words, named = view.words, any(row["function"] for row in found)
    lines = [
        {
            words("column.operation_title"): _where(view, row, named),
            words("owed.column_left"): words("owed.of", n=row["n_left"], of=row["n_asked"]),
            words("owed.column_touched"): touched(view, row),
        }
        for row in found
    ]
    _list(view, "oldest", lines, found[0]["all_n"] if found else 0)


def _where(view: View, row: OwedOldestRow, named: bool) -> str:
    """Return the operation, with the function unless no criterion names one."""
    function = f", {row['function_title'] or view.words('owed.no_function')}" if named else ""
    title = f"{row['operation_title']}{function}"
    return f"[{title}]({address(view, row['operation'], row['function'])})"


def not_applicable(view: View, found: list[OwedNotApplicableRow]) -> None:
    """List answers marked not applicable that were not reviewed in their present form, critical criteria first."""
    words = view.words
    lines = [
        {
            words("column.operation_title"): f"[{row['operation_title']}]"
            f"({address(view, row['operation'], row['function'], part='check')})",
            words("column.text"): coded(row["text"], row["criterion"]) + critical_mark(view, row),
            words("column.na_reason"): row["na_reason"] or "",
            words("owed.column_review"): mark(view, row) or words("owed.unchecked"),
        }
        for row in found
    ]
    _list(view, "not_applicable", lines, found[0]["all_n"] if found else 0)


def _list(view: View, name: str, lines: list[dict[str, str]], of: int) -> None:
    """Draw a titled list of `of` lines: the first few, the rest one click away, and the number not listed."""
    if not lines:
        return
    words = view.words
    st.markdown(f"**{words.count(f'owed.list_{name}', of)}**", help=words(f"owed.list_{name}_help"))
    first_rows(view, lines, dict, f"owed_{name}", FIRST, of)
