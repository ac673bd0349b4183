"""Which rows are new, and which change something? Row by row and value by value, the most important first."""

import streamlit as st

from dashboard.model.answers.preview import Changes, Difference, Row
from dashboard.ui.collect.hand_in.titles import Titles
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.session_keys import COLLECT_ROWS
from dashboard.ui.view import View

FIRST = 12
"""How many rows are shown at once; the rest on demand."""
NEW_SHOWS = {
    "answers": ("status", "evidence"),
    "risk_ratings": ("found", "scale", "scope", "irremediability", "likelihood"),
    "opportunity_ratings": ("found", "reach", "need", "feasibility"),
    "actions": ("action_text",),
    "targets": ("percent",),
}
"""Columns shown of a new row; showing all of them would bury the changes."""


def change_table(view: View, changes: Changes, titles: Titles) -> None:
    """Show the table and say how much it leaves out."""
    words = view.words
    n_all = changes.n("new") + changes.n("changed")
    if not n_all:
        return
    st.markdown(f"**{words('collect.changes')}**", help=words("collect.changes_help"))
    whole = COLLECT_ROWS.get(False)
    shown = changes.rows if whole else changes.rows[:FIRST]
    draw_table([_line(view, row, titles) for row in shown])
    if len(changes.rows) > FIRST:
        st.toggle(words.count("collect.more_rows", len(changes.rows) - FIRST), key=COLLECT_ROWS.name)
    if n_all > len(changes.rows) and whole:
        st.caption(words("collect.rows_left", n=n_all - len(changes.rows)))


def _line(view: View, row: Row, titles: Titles) -> dict[str, str]:
    """Describe the row's subject, with one line for each changed value; a new row shows only its main columns."""
    words = view.words
    where = words.listed(
        titles(what, code) for what, code in (("operation", row.operation), ("round", row.round)) if code
    )
    told = row.differences
    if row.state == "new":
        told = tuple(change for change in told if change.column in NEW_SHOWS[row.form])
    return {
        words("collect.on"): f"{coded(titles.asked(row.code), escape(row.code))}{_mark(view, row)}  \n:small[{where}]",
        words("collect.would_be"): "  \n".join(_change(view, row, change, titles) for change in told),
    }


def _change(view: View, row: Row, change: Difference, titles: Titles) -> str:
    was, now = (_value(view, row, change.column, value, titles) for value in (change.was, change.now))
    key = "collect.first_said" if row.state == "new" else "collect.said"
    return view.words(key, what=view.words(f"collect.column_{change.column}"), was=was, now=now)


def _mark(view: View, row: Row) -> str:
    if row.flag:
        return f" **{view.words('collect.flag_' + row.flag)}**"
    return f" ({view.words('number.critical')})" if row.critical else ""


def _value(view: View, row: Row, column: str, value: str | None, titles: Titles) -> str:
    words = view.words
    if value is None:
        return words("collect.not_said")
    criterion = row.code if row.form == "answers" else _criterion_of(row)
    match column:
        case "status" | "expected_status":
            return titles.status(criterion, value)
        case "evidence":
            return words(f"evidence.{value}")
        case "found":
            return words(f"collect.found_{value}")
        case "action_status" | "confidence":
            return words(f"{column}.{value}")
        case "priority" | "effort" | "cost":
            return words(f"plan.priority_{value}")
        case "operation" | "round":
            return titles(column, value)
        case "baseline":
            return titles("round", value)
        case _:
            return escape(value)


def _criterion_of(row: Row) -> str:
    """Return the criterion that an action addresses, if it is given."""
    return next((change.now or "" for change in row.differences if change.column == "criterion"), "")
