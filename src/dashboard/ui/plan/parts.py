"""The parts of the action plan page, one function each."""

from collections.abc import Callable

from dashboard.queries.ask import ask_ahead
from dashboard.queries.plan.rows import PlanRow, PlanUnplannedRow
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.plan.export import export
from dashboard.ui.plan.findings import list_finding
from dashboard.ui.plan.gains_shown import show_gains
from dashboard.ui.plan.grid import grid
from dashboard.ui.plan.lists import board, todo
from dashboard.ui.plan.next_best import show_next_best
from dashboard.ui.plan.targets import show_targets
from dashboard.ui.plan.timeline import timeline
from dashboard.ui.plan.write import write
from dashboard.ui.view import View

LISTS: dict[str, Callable[[View, list[PlanRow], list[PlanUnplannedRow], str], None]] = {
    "todo": todo,
    "board": board,
    "timeline": timeline,
    "grid": grid,
}
"""Parts that show filtered actions, given the actions, the severe risks without one, and the operation."""
OWN: dict[str, Callable[[View, str], None]] = {
    "gains": show_gains,
    "next_best": show_next_best,
    "targets": show_targets,
    "write": write,
}
"""Parts that run their own questions, given the operation."""
TYPED = ("write", "grid")
"""Parts in which somebody types."""


def show_list(view: View, part: str, operation: str) -> None:
    """Show one view of the actions: its sentence, the actions, and their file."""
    given = view.parameters(operation=operation)
    ask_ahead(view.published, ("plan", "plan_unplanned"), given)
    actions = escaped_rows(view.published, "plan", given)
    unplanned = escaped_rows(view.published, "plan_unplanned", given)
    headline(list_finding(view, part, actions, unplanned))
    LISTS[part](view, actions, unplanned, operation)
    export(view, operation)
