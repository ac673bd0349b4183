"""Many actions at once, in a grid: cell edits are kept row by row and saved as one publication."""

from collections.abc import Sequence

import streamlit as st

from dashboard.model.claim import Claim
from dashboard.model.people.permissions import Deed
from dashboard.model.plan.action import Action, action_of
from dashboard.queries import ask
from dashboard.queries.collect.questions import ANSWERING_STATUSES
from dashboard.queries.plan.questions import PLAN, PLAN_CRITERIA, PlanRow
from dashboard.ui.editing.form import version
from dashboard.ui.editing.many import Grid, Scales, Shown, draw_grid, save_many
from dashboard.ui.editing.row_statuses import RowStatuses
from dashboard.ui.editing.writer import may_write
from dashboard.ui.plan.draft import EDITOR
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
    scales: Scales[Action] = Scales("expected_status", _statuses(view, found), lambda action: action.criterion)
    about = [
        Shown("subject", "column.about", [row["criterion"] or row["impact"] for row in found]),
        Shown("action", "column.action", list(stored)),
    ]
    whose = Shown("operation_title", "column.operation_title", [row["operation_title"] for row in found], pinned=True)
    allowed = may_write(view, Deed.ACT)
    draw_grid(view, Grid(EDITOR, stored, [whose], about, scales), allowed)
    if allowed:
        save_many(
            view,
            EDITOR,
            stored,
            lambda action: version(view, EDITOR, action),
            lambda action: action.action,
            lambda draft: scales.refusal(view, draft.typed.action, draft.typed),
        )


def _statuses(view: View, found: Sequence[PlanRow]) -> RowStatuses:
    """Return what the actions may expect: the statuses of each scale that are an answer."""
    titles: dict[int, dict[str, str]] = {}
    for row in ask.rows(view.published, ANSWERING_STATUSES, view.parameters()):
        if row["counts_as"] == "answered":
            titles.setdefault(row["scale_no"], {})[row["status"]] = row["title"]
    addressed = {row["criterion"] for row in found}
    criteria = ask.rows(view.published, PLAN_CRITERIA, view.parameters())
    return RowStatuses(titles, {row["criterion"]: row["scale_no"] for row in criteria if row["criterion"] in addressed})
