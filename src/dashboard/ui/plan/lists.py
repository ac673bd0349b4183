"""What is to be done? Lists of overdue, unowned, severe without action, then the rest; and a board by status."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.plan.action import STATUSES
from dashboard.queries.plan.rows import PlanRow, PlanUnplannedRow
from dashboard.ui.elements.action_link import begin_link
from dashboard.ui.elements.folds import MOST, first_rows, the_rest
from dashboard.ui.plan.actions import about, begin_here, due, open_action, opened, owner, planned
from dashboard.ui.view import View

Row = TypeVar("Row")
FIRST = 4
"""Rows shown at once in a list; the rest one click away."""
CARDS = 3
ROWS = 8


def todo(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow], operation: str) -> None:
    """Show what cannot wait in two columns, everything else below."""
    late = [row for row in actions if row["overdue"]]
    nobodys = [row for row in actions if row["unowned"]]
    rest = [row for row in actions if not (row["overdue"] or row["unowned"])]
    left, right = st.columns([4, 3], gap="large")
    with left:
        _list(view, "overdue", late, show_action, _action_line)
        _list(view, "unowned", nobodys, show_action, _action_line)
    with right:
        if unplanned:
            _list(view, "severe", unplanned, _risk, _risk_line)
    if rest:
        st.markdown(f"**{view.words.count('plan.list_rest', len(rest))}**")
        first_rows(view, rest, partial(_action_line, view), "rest", ROWS)


def _list(
    view: View,
    name: str,
    found: list[Row],
    show: Callable[[View, str, Row], object],
    line: Callable[[View, Row], dict[str, str]],
) -> None:
    """Draw one titled list: a few at once, the others as a table one click away."""
    words = view.words
    st.markdown(f"**{words.count(f'plan.list_{name}', len(found))}**", help=words(f"plan.list_{name}_help"))
    for row in found[:FIRST]:
        show(view, name, row)
    first_rows(view, found[FIRST:], partial(line, view), name, first=0)


def show_action(view: View, name: str, row: PlanRow) -> bool:
    """Show one action and the button that opens it in its form; return whether that was just pressed."""
    words = view.words
    states = [words(f"action_status.{row['status']}"), words(f"plan.priority_{row['priority']}")]
    quiet = " · ".join([row["operation_title"], owner(view, row), due(view, row), *states])
    told, way = st.columns([4, 1], gap="small")
    lines = "  \n".join([quiet, about(row), *planned(view, row)])
    told.markdown(f"{row['text']}  \n:gray[:small[{lines}]]")
    with way:
        return _open(name, row)


def _open(name: str, row: PlanRow) -> bool:
    return st.button(
        row["action"],
        key=f"plan_open {name} {row['action']}",
        icon=":material/edit:",
        type="tertiary",
        on_click=open_action,
        args=(row["action"],),
    )


def _action_line(view: View, row: PlanRow) -> dict[str, str]:
    words = view.words
    address = f"plan?{urlencode(opened(view, row['action']))}"
    lines = "  \n".join([about(row), *planned(view, row)])
    return {
        words("column.action"): f"[{row['action']}]({address}) {row['text']}  \n:gray[:small[{lines}]]",
        words("column.operation_title"): row["operation_title"],
        words("column.owner_role"): owner(view, row),
        words("column.due_on"): due(view, row),
        words("column.action_status"): words(f"action_status.{row['status']}"),
        words("column.priority"): words(f"plan.priority_{row['priority']}"),
    }


def _risk(view: View, name: str, row: PlanUnplannedRow) -> None:
    where = f"{row['operation_title']} · {row['setting_title']} · {row['impact']}"
    told, way = st.columns([5, 3], gap="small")
    told.markdown(f"{row['text']}  \n:gray[:small[{where}]]")
    way.button(
        view.words("plan.begin"),
        key=f"plan_begin {row['impact']} {row['operation']}",
        icon=":material/add_task:",
        type="tertiary",
        on_click=begin_here,
        args=(row["impact"], row["operation"]),
    )


def _risk_line(view: View, row: PlanUnplannedRow) -> dict[str, str]:
    words = view.words
    link = begin_link(view, impact=row["impact"], operation=row["operation"])
    return {
        words("column.risk"): f"{row['text']}  \n:gray[:small[{row['impact']} · {row['setting_title']}]]",
        words("column.operation_title"): f"{row['operation_title']}  \n{link}",
    }


def board(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow], operation: str) -> None:
    """Show one column per status, with short cards."""
    words = view.words
    for column, status in zip(st.columns(len(STATUSES)), STATUSES, strict=True):
        found = [row for row in actions if row["status"] == status]
        with column:
            st.markdown(f"**{words(f'action_status.{status}')}** · {len(found)}")
            for row in found[:CARDS]:
                _card(view, row)
            if more := the_rest(view, len(found) - CARDS, status):
                with more:
                    for row in found[CARDS:MOST]:
                        _card(view, row)


def _card(view: View, row: PlanRow) -> None:
    quiet = "  \n".join([row["operation_title"], owner(view, row), due(view, row), *planned(view, row)])
    with st.container(border=True, gap=None):
        st.markdown(f":small[{row['text']}]  \n:gray[:small[{quiet}]]")
        _open("card", row)
