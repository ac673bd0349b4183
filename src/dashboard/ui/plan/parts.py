"""The parts of the page of the action plan, one function each."""

from collections.abc import Callable

from dashboard.queries.plan.rows import PlanRow, PlanUnplannedRow
from dashboard.ui.plan.gains import show_gains
from dashboard.ui.plan.grid import grid
from dashboard.ui.plan.lists import board, todo
from dashboard.ui.plan.next_best import show_next_best
from dashboard.ui.plan.targets import show_targets
from dashboard.ui.plan.timeline import timeline
from dashboard.ui.view import View

LISTS: dict[str, Callable[[View, list[PlanRow], list[PlanUnplannedRow], str], None]] = {
    "todo": todo,
    "board": board,
    "timeline": timeline,
    "grid": grid,
}
"""Parts that show the actions of the choice: the actions, the severe risks without one, the operation kept to."""
RECKONED: dict[str, Callable[[View], None]] = {
    "gains": show_gains,
    "next_best": show_next_best,
    "targets": show_targets,
}
"""Parts that open with a sentence of their own."""
TYPED = ("write", "grid")
"""Parts in which somebody types."""
