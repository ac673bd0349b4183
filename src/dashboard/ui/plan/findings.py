"""What does each list of the action plan find? One sentence per view, at its top and nowhere else."""

from collections.abc import Sequence

from dashboard.model.plan.action import STATUSES
from dashboard.queries.plan.rows import PlanRow, PlanUnplannedRow
from dashboard.ui.view import View


def list_finding(view: View, part: str, actions: list[PlanRow], unplanned: list[PlanUnplannedRow]) -> str:
    """Return the sentence for a view of the actions that the filters keep."""
    if part == "todo":
        return _todo(view, actions, unplanned)
    if not actions:
        return view.words("plan.none_here")
    return {"board": _board, "timeline": _timeline, "grid": _grid}[part](view, actions)


def _todo(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow]) -> str:
    """Say how many actions are to do, overdue or without an owner, and which severe ratings have no action."""
    words = view.words
    where = words.count("plan.operations", len({row["operation"] for row in unplanned}))
    risks = words.count("plan.risks", len({row["impact"] for row in unplanned}))
    severe = [words.count("plan.unplanned", len(unplanned), risks=risks, where=where)] if unplanned else []
    if not actions:
        return " ".join([words("plan.none_here"), *severe])
    said = words.count(
        "plan.finding",
        len(actions),
        live=_live(actions),
        overdue=sum(row["overdue"] for row in actions),
        unowned=sum(row["unowned"] for row in actions),
    )
    return " ".join([said, *severe])


def _live(actions: Sequence[PlanRow]) -> int:
    return sum(row["live"] for row in actions)


def _board(view: View, actions: list[PlanRow]) -> str:
    """Say how many actions have each status."""
    words = view.words
    counts = [(status, sum(row["status"] == status for row in actions)) for status in STATUSES]
    parts = [words("plan.with_status", n=n, status=words(f"action_status.{status}")) for status, n in counts if n]
    return words.count("plan.finding_board", len(actions), parts=words.listed(parts))


def _timeline(view: View, actions: list[PlanRow]) -> str:
    """Say how many are overdue, and which due date comes next."""
    words = view.words
    late = [row["due_on"] for row in actions if row["overdue"]]
    ahead = [row for row in actions if row["live"] and not row["overdue"]]
    if not late and not ahead:
        return words.count("plan.finding_ended", len(actions))
    said = words.count("plan.finding_late", len(late), first=min(late)) if late else words("plan.finding_none_late")
    if not ahead:
        return f"{said} {words('plan.finding_none_ahead')}"
    due = min(ahead, key=lambda row: row["due_on"])
    return f"{said} {words('plan.finding_next', day=due['due_on'], operation=due['operation_title'])}"


def _grid(view: View, actions: list[PlanRow]) -> str:
    """Say how many can be edited, and which field is missing from most of those still to do."""
    live = [row for row in actions if row["live"]]
    return view.words.count(
        "plan.finding_grid",
        len(actions),
        live=len(live),
        unowned=sum(row["unowned"] for row in live),
        uncaused=sum(not row["cause"] for row in live),
        unclassed=sum(not (row["effort"] and row["cost"]) for row in live),
    )
