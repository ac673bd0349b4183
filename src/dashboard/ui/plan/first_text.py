"""What is a new action pre-filled with? The first step of the guidance for its criterion or impact."""

from datetime import timedelta

from dashboard.model.plan.action import Action
from dashboard.queries.plan.rows import PlanGuidanceRow, PlanSubjectRow
from dashboard.ui.view import View

DAYS = 90
"""Days until a new action is due, unless changed."""


def begun_action(view: View, subject: PlanSubjectRow, guidance: PlanGuidanceRow | None, operation: str) -> Action:
    """Return a new action with the guidance's first step and lead function, else led by the subject's own function."""
    on_criterion = subject["what"] == "criterion"
    return Action(
        operation=operation,
        text=guidance["first_step"] if guidance else "",
        owner_role=(guidance and guidance["leads"]) or subject["leads"] or "",
        due_on=(view.today + timedelta(days=DAYS)).isoformat(),
        round=view.state.round,
        criterion=subject["code"] if on_criterion else "",
        impact="" if on_criterion else subject["code"],
        priority="high" if subject["critical"] or subject["severe"] else "medium",
        expected_status=next(iter(subject["statuses"]), ""),
    )
