"""Many actions at once, in a grid: cell edits are kept row by row and saved as one publication."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.model.claim import Claim
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.model.plan.action import CLASSES, EDITED, PRIORITIES, STATUSES, Action, action_of
from dashboard.queries import ask
from dashboard.queries.collect.questions import ANSWERING_STATUSES
from dashboard.queries.plan.questions import PLAN, PLAN_CRITERIA, PlanRow
from dashboard.ui.editing.grid_state import edited, grid_state
from dashboard.ui.editing.row_statuses import RowStatuses
from dashboard.ui.editing.writer import ask_who, may_write
from dashboard.ui.plan.draft import conflicts, drafts, drop, keep, save, settle, show_conflict
from dashboard.ui.session_keys import PLAN_GRID_SHEET
from dashboard.ui.session_values import GridState
from dashboard.ui.view import View

MOST = 500


def grid_finding(actions: list[PlanRow]) -> Claim:
    """Say how many can be edited, and which field is missing from most of those still to do."""
    if not actions:
        return Claim.of("plan.none_here")
    live = [row for row in actions if row["live"]]
    return Claim.count(
        "plan.finding_grid",
        len(actions),
        live=len(live),
        unowned=sum(row["unowned"] for row in live),
        uncaused=sum(not row["cause"] for row in live),
        unclassed=sum(not (row["effort"] and row["cost"]) for row in live),
    )


def grid(view: View, operation: str) -> None:
    """Show the filtered actions in a grid, to edit many at once."""
    found = ask.rows(view.published, PLAN, view.parameters(operation=operation))
    if not found:
        return
    if found[MOST:]:
        st.caption(view.words.count("show.not_listed", len(found) - MOST))
    found = found[:MOST]
    stored = {row["action"]: action_of(row) for row in found}
    laid = _laid(view, stored)
    allowed = may_write(view, Deed.ACT)
    statuses = _statuses(view, found)
    st.data_editor(
        _table([draft.typed for draft in laid.rows], found, statuses),
        key=laid.editor,
        hide_index=True,
        num_rows="fixed",
        width="stretch",
        # By default, the grid shows None in empty cells.
        placeholder="",
        disabled=["action", "operation_title", "subject"] if allowed else True,
        column_config=_columns(view, statuses.options()),
        on_change=_take,
        args=(laid, statuses),
    )
    if allowed:
        _saving(view, stored, statuses)


def _statuses(view: View, found: Sequence[PlanRow]) -> RowStatuses:
    """Return what the actions may expect: the statuses of each scale that are an answer."""
    titles: dict[int, dict[str, str]] = {}
    for row in ask.rows(view.published, ANSWERING_STATUSES, view.parameters()):
        if row["counts_as"] == "answered":
            titles.setdefault(row["scale_no"], {})[row["status"]] = row["title"]
    addressed = {row["criterion"] for row in found}
    criteria = ask.rows(view.published, PLAN_CRITERIA, view.parameters())
    return RowStatuses(titles, {row["criterion"]: row["scale_no"] for row in criteria if row["criterion"] in addressed})


def _laid(view: View, stored: Mapping[str, Action]) -> GridState[Action]:
    """Return the rows of the editor; other rows, or a new publication, reset it."""
    mark = (view.published.revision.number, tuple(stored))
    return grid_state(
        PLAN_GRID_SHEET,
        "plan_grid",
        mark,
        lambda: [drafts().get(id_, Draft(action, action)) for id_, action in stored.items()],
    )


def _table(given: Sequence[Action], found: Sequence[PlanRow], statuses: RowStatuses) -> pa.Table:
    columns: dict[str, list[object]] = {
        "operation_title": [row["operation_title"] for row in found],
        **{name: [getattr(action, name) or None for action in given] for name in EDITED},
        "subject": [row["criterion"] or row["impact"] for row in found],
        "action": [action.action for action in given],
    }
    columns["due_on"] = [date.fromisoformat(action.due_on) if action.due_on else None for action in given]
    columns["expected_status"] = [statuses.cell(action.criterion, action.expected_status) for action in given]
    types = {name: pa.date32() if name == "due_on" else pa.string() for name in columns}
    return pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})


def _columns(view: View, reached: Mapping[str, str]) -> dict[str, Any]:
    words, config = view.words, st.column_config
    return {
        "operation_title": config.TextColumn(words("column.operation_title"), pinned=True),
        "text": config.TextColumn(words("column.action_text"), width="large"),
        "owner_role": config.TextColumn(words("column.owner_role")),
        "due_on": config.DateColumn(words("column.due_on"), format="YYYY-MM-DD"),
        "status": _choice(view, "status", STATUSES, "action_status."),
        "priority": _choice(view, "priority", PRIORITIES, "plan.priority_"),
        "reason": config.TextColumn(words("column.reason")),
        "expected_status": config.SelectboxColumn(
            words("column.expected_status"),
            options=list(reached),
            format_func=lambda code: reached.get(str(code), str(code)),
        ),
        "effort": _choice(view, "effort", CLASSES, "plan.priority_", required=False),
        "cost": _choice(view, "cost", CLASSES, "plan.priority_", required=False),
        "cause": config.TextColumn(words("column.cause")),
        "subject": config.TextColumn(words("column.about")),
        "action": config.TextColumn(words("column.action")),
    }


def _choice(view: View, name: str, codes: Sequence[str], section: str, required: bool = True) -> Any:
    return st.column_config.SelectboxColumn(
        view.words(f"column.{name}"),
        options=codes,
        required=required,
        format_func=lambda code: view.words(f"{section}{code}"),
    )


def typed_in(given: Action, cells: Mapping[str, object]) -> Action:
    """Return an action with the edited cells applied; a cleared cell is empty."""
    said = {
        name: "" if value is None else str(value)[: 10 if name == "due_on" else None] for name, value in cells.items()
    }
    return replace(given, **{name: value for name, value in said.items() if name in EDITED})


def _take(laid: GridState[Action], statuses: RowStatuses) -> None:
    """Keep every change of a cell before anything is redrawn."""
    for position, draft in enumerate(laid.rows):
        was, cells = draft.was or draft.typed, edited(laid, position)
        if "expected_status" in cells:
            cells = {**cells, "expected_status": statuses.status(was.criterion, cells["expected_status"])}
        if cells or draft.typed != was:
            keep(was.action, Draft(was, typed_in(draft.typed, cells)), was)
        else:
            drop(was.action)


def _saving(view: View, stored: Mapping[str, Action], statuses: RowStatuses) -> None:
    """Draw what is not saved, the conflicts, and the one button that saves everything."""
    words = view.words
    waiting = {id_: draft for id_, draft in drafts().items() if id_ in stored}
    clashes = {id_: draft for id_, draft in waiting.items() if conflicts(draft, stored[id_])}
    for id_, draft in clashes.items():
        show_conflict(view, id_, draft, stored[id_], partial(_mine, id_, draft, stored[id_]))
    refused = {id_: said for id_, draft in waiting.items() if (said := _refusal(view, id_, draft.typed, statuses))}
    for said in refused.values():
        st.warning(said)
    waiting = {id_: draft for id_, draft in waiting.items() if id_ not in refused}
    writer = ask_who(view, Deed.ACT)
    label = words.count("plan.save_all", len(waiting)) if waiting else words("plan.save")
    pressed = st.button(label, key="plan_grid_save", type="primary")
    if pressed and not waiting and not refused:
        st.caption(words("plan.nothing_changed"))
    elif pressed and waiting:
        saved = save(view, waiting, writer)
        if saved is not None:
            st.rerun()


def _refusal(view: View, id_: str, action: Action, statuses: RowStatuses) -> str:
    """Say why an action cannot expect a status; empty if it can."""
    return statuses.refusal(action.criterion, action.expected_status, id_, view.words)


def _mine(id_: str, draft: Draft[Action], now: Action) -> None:
    """Keep my version: compare it with theirs from now on; it is saved with the others."""
    settle(id_, Draft(now, draft.typed))
    st.rerun()
