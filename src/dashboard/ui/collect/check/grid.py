"""Many reviews at once, in a grid: cell edits are kept row by row and saved as one publication."""

from collections.abc import Mapping, Sequence

from dashboard.model.answers.answer import Key
from dashboard.store.publishing.answers import Check
from dashboard.ui.collect.check.draft import EDITOR, RATED, CheckingRow, fresh
from dashboard.ui.editing.many import Grid, Scales, Shown, draw_grid
from dashboard.ui.editing.row_statuses import RowStatuses
from dashboard.ui.elements.answer import evidence, status
from dashboard.ui.view import View


def grid(view: View, found: list[CheckingRow], titles: Mapping[int, Mapping[str, str]], allowed: bool) -> None:
    """Show the waiting answers in a grid; the evidence column holds the level the reviewer raises it to.

    `titles` maps the statuses a reviewer may choose to their titles, scale by scale.
    """
    stored: dict[Key, Check] = {check.answer.key: check for check in map(fresh, found)}
    levels = [evidence(view, {**row, "evidence": row["evidence_level"]}) for row in found]
    before = [
        Shown("operation_title", "column.operation_title", [row["operation_title"] for row in found], pinned=True),
        Shown("criterion", "column.criterion", [row["criterion"] for row in found], pinned=True),
        Shown("said", "column.status", [status(view, row) for row in found]),
        Shown("stands", "column.evidence", levels),
    ]
    after = [
        Shown("note", "column.note", [row["na_reason"] or row["note"] or "" for row in found], width="medium"),
        Shown("asked", "column.text", [row["text"] for row in found], width="large"),
    ]
    draw_grid(view, Grid(EDITOR, stored, before, after, scales_of(found, titles)), allowed)


def scales_of(found: Sequence[CheckingRow], titles: Mapping[int, Mapping[str, str]]) -> Scales[Check]:
    """Return which statuses a reviewer may give each waiting answer."""
    statuses = RowStatuses(titles, {row["criterion"]: row["scale_no"] for row in found})
    return Scales(RATED.name, statuses, lambda check: check.answer.criterion)
