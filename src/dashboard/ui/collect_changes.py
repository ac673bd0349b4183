"""Which rows are new, and which change what? Row by row and value by value, the gravest first."""

from collections.abc import Iterator

import streamlit as st

from dashboard.model.preview import Changes, Row
from dashboard.ui.collect_titles import Titles
from dashboard.ui.plain import plain
from dashboard.ui.shell import View

FIRST = 12
"""So many rows are shown at once; the rest on demand."""
NEW_SHOWS = {
    "answers": ("status", "evidence"),
    "risk_ratings": ("found", "scale", "scope", "irremediability", "likelihood"),
    "opportunity_ratings": ("found", "reach", "need", "feasibility"),
    "actions": ("action_text",),
}
"""What is told of a row that is new: all of it would bury what changes."""
Line = dict[str, str]


def change_table(view: View, changes: Changes, titles: Titles) -> None:
    """The table, and how much it leaves out."""
    words = view.words
    n_all = changes.n("new") + changes.n("changed")
    if not n_all:
        return
    st.markdown(f"**{words('collect.changes')}**", help=words("collect.changes_help"))
    whole = st.session_state.get("collect_rows", False)
    shown = changes.rows if whole else changes.rows[:FIRST]
    st.table([line for row in shown for line in _lines(view, row, titles)], border="horizontal", hide_index=True)
    if len(changes.rows) > FIRST:
        st.toggle(words.count("collect.more_rows", len(changes.rows) - FIRST), key="collect_rows")
    if n_all > len(changes.rows) and whole:
        st.caption(words("collect.rows_left", n=n_all - len(changes.rows)))


def _lines(view: View, row: Row, titles: Titles) -> Iterator[Line]:
    """One line a value that differs; what they are on stands in the first of them."""
    words = view.words
    if row.state == "changed":
        for change in row.differences:
            was, now = (_value(view, row, change.column, value, titles) for value in (change.was, change.now))
            begins = change is row.differences[0]
            yield _line(view, row if begins else None, titles, words(f"collect.column_{change.column}"), was, now)
        return
    said = {change.column: _value(view, row, change.column, change.now, titles) for change in row.differences}
    now = ", ".join(said[name] for name in NEW_SHOWS[row.form] if name in said)
    yield _line(view, row, titles, words("collect.new"), words("collect.not_said"), now)


def _line(view: View, row: Row | None, titles: Titles, what: str, was: str, now: str) -> Line:
    words = view.words
    where = on = ""
    if row is not None:
        where = f"{titles('operation', row.operation)}, {titles('round', row.round)}"
        on = f"**{plain(row.code)}** {titles.asked(row.code)}{_mark(view, row)}"
    return {
        words("column.operation"): where,
        words("collect.on"): on,
        words("column.what"): what,
        words("collect.from"): was,
        words("collect.to"): now,
    }


def _mark(view: View, row: Row) -> str:
    if row.flag:
        return f" **{view.words('collect.flag_' + row.flag)}**"
    return f" {view.words('number.critical')}" if row.critical else ""


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
        case "priority":
            return words(f"plan.priority_{value}")
        case "operation" | "round":
            return titles(column, value)
        case _:
            return plain(value)


def _criterion_of(row: Row) -> str:
    """The criterion that an action is on, as far as it is told."""
    return next((change.now or "" for change in row.differences if change.column == "criterion"), "")
