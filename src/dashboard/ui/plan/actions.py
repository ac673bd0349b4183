"""What do the views of the action plan share? Whose actions they show, and how an action is described."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any, TypeVar

from dashboard.model.view.known import shown_as
from dashboard.queries.plan.questions import PlanRow
from dashboard.ui.elements.action_link import action_address
from dashboard.ui.view import View

NEW = ""
GRID, FORM = "grid", "form"
"""How the actions are shown to edit many of them, and to write one."""
WIDTH = 90
"""Characters shown of the criterion or impact below an action."""
Row = TypeVar("Row", bound=Mapping[str, Any])


def way_of(view: View) -> str:
    """Return how the actions are shown: as the view says, unless one is open in its form."""
    return FORM if view.state.action else shown_as(view.page, view.state.show_as)


def line(view: View, row: PlanRow) -> str:
    """Return an action as the list, the board and the timeline show it; its text opens it in its form."""
    words = view.words
    text = row["text"] or words("edit.empty")
    title = text if view.masked else f"[{text}]({action_address(view, row['action'])})"
    levels = [words(f"action_status.{row['status']}"), words(f"plan.priority_{row['priority']}")]
    due = words("plan.due_late" if row["overdue"] else "plan.due", due=row["due_on"])
    who = " · ".join([row["operation_title"], row["owner_role"] or words("plan.nobody"), due, *levels])
    return f"{title}  \n:gray[:small[{who}  \n{' · '.join(_about(view, row))}]]"


def _about(view: View, row: PlanRow) -> list[str]:
    """Return what an action is on, and its effort, cost and cause as far as it has them; the codes last."""
    words = view.words
    levels = (("effort", row["effort"]), ("cost", row["cost"]))
    told = [words(f"plan.of_{name}", level=words(f"plan.priority_{level}")) for name, level in levels if level]
    cause = words("plan.of_cause", cause=row["cause"]) if row["cause"] else ""
    said = shorten(row["subject_text"] or "", WIDTH, placeholder=" …")
    return [part for part in (said, *told, cause, row["criterion"] or row["impact"], row["action"]) if part]
