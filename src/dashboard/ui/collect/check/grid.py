"""Many reviews at once, in a grid: cell edits are kept row by row and saved as one publication."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.model.answers.answer import VERDICTS
from dashboard.model.draft import Draft
from dashboard.model.records import EVIDENCE
from dashboard.store.publishing.answers import Check
from dashboard.ui.collect.check.draft import CheckingRow, drafts, fresh, keep
from dashboard.ui.editing.grid_state import edited, grid_state
from dashboard.ui.editing.row_statuses import RowStatuses
from dashboard.ui.elements.answer import evidence, status
from dashboard.ui.session_keys import CHECKING_GRID_SHEET
from dashboard.ui.session_values import GridState
from dashboard.ui.view import View

TYPED = ("verdict", "evidence", "comment", "rated_status")


def grid(view: View, found: list[CheckingRow], titles: Mapping[int, Mapping[str, str]], allowed: bool) -> None:
    """Show the waiting answers in a grid; the evidence column holds the level the reviewer raises it to.

    `titles` maps the statuses a reviewer may choose to their titles, scale by scale.
    """
    statuses = statuses_of(found, titles)
    begun = {check.answer.key: check for check in map(fresh, found)}
    mark = (view.published.revision.number, tuple(begun))
    laid = grid_state(
        CHECKING_GRID_SHEET,
        "checking_grid",
        mark,
        lambda: [Draft(c, drafts().get(key, c)) for key, c in begun.items()],
    )
    st.data_editor(
        _table(view, laid, found, statuses),
        key=laid.editor,
        hide_index=True,
        num_rows="fixed",
        width="stretch",
        disabled=["operation_title", "criterion", "asked", "said", "stands", "note"] if allowed else True,
        column_config=_columns(view, statuses.options()),
        on_change=_take,
        args=(laid, statuses),
    )


def statuses_of(found: Sequence[CheckingRow], titles: Mapping[int, Mapping[str, str]]) -> RowStatuses:
    """Return which statuses a reviewer may give each waiting answer."""
    return RowStatuses(titles, {row["criterion"]: row["scale_no"] for row in found})


def _table(view: View, laid: GridState[Check], found: list[CheckingRow], statuses: RowStatuses) -> pa.Table:
    columns: dict[str, list[str | None]] = {
        "operation_title": [row["operation_title"] for row in found],
        "criterion": [row["criterion"] for row in found],
        "said": [status(view, row) for row in found],
        "stands": [evidence(view, {**row, "evidence": row["evidence_level"]}) for row in found],
        **{name: [getattr(draft.typed, name) or None for draft in laid.rows] for name in TYPED},
        "rated_status": [statuses.cell(d.typed.answer.criterion, d.typed.rated_status) for d in laid.rows],
        "note": [row["na_reason"] or row["note"] or "" for row in found],
        "asked": [row["text"] for row in found],
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _columns(view: View, titles: Mapping[str, str]) -> dict[str, Any]:
    words, config = view.words, st.column_config
    return {
        "operation_title": config.TextColumn(words("column.operation_title"), pinned=True),
        "criterion": config.TextColumn(words("column.criterion"), pinned=True),
        "said": config.TextColumn(words("column.status")),
        "stands": config.TextColumn(words("column.evidence")),
        "verdict": config.SelectboxColumn(
            words("column.verdict"), options=list(VERDICTS), format_func=lambda code: words(f"checking.verdict_{code}")
        ),
        "evidence": config.SelectboxColumn(
            words("checking.raise"), options=list(EVIDENCE[2:]), format_func=lambda code: words(f"evidence.{code}")
        ),
        "comment": config.TextColumn(words("column.comment"), width="medium"),
        "rated_status": config.SelectboxColumn(
            words("checking.rated"),
            options=list(titles),
            format_func=lambda cell: titles.get(str(cell), str(cell)),
        ),
        "note": config.TextColumn(words("column.note"), width="medium"),
        "asked": config.TextColumn(words("column.text"), width="large"),
    }


def _take(laid: GridState[Check], statuses: RowStatuses) -> None:
    for position, draft in enumerate(laid.rows):
        cells = edited(laid, position)
        if "rated_status" in cells:
            rated = statuses.status(draft.typed.answer.criterion, cells["rated_status"])
            cells = {**cells, "rated_status": rated}
        keep(typed_in(draft.typed, cells))


def typed_in(check: Check, cells: Mapping[str, object]) -> Check:
    """Return a review with the edited cells applied; a cleared cell is empty, raised evidence is a review."""
    said = {name: "" if value is None else str(value) for name, value in cells.items() if name in TYPED}
    typed = replace(check, **said)  # type: ignore[arg-type]
    return replace(typed, verdict="checked") if said.get("evidence") and not typed.verdict else typed
