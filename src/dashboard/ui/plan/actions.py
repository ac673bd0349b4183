"""What do the views of the action plan share? Whose actions they show, and how an action is described and opened."""

from textwrap import shorten

import streamlit as st

from dashboard.model.plan.action import Action
from dashboard.queries.ask import rows
from dashboard.queries.plan.rows import PlanRow
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.escape import escape, one_line
from dashboard.ui.view import View, with_state

NEW = ""
WIDTH = 90
"""Characters shown of the criterion or impact below an action."""


def choose_whose(view: View, part: str) -> str:
    """Let the user choose the operation to show, empty for all; in the form, the action to edit instead.

    Every view has one list there, so that the page does not jump and the chosen operation stays in sight.
    """
    if part == "write":
        choose_action(view)
        return view.state.operation
    titles = {row["operation"]: row["operation_title"] for row in rows(view.published, "operations", view.parameters())}
    # The next step is for a single operation.
    everything = [] if part == "next_best" and titles else [""]
    return choose_one(
        view,
        "operation",
        [*everything, *titles],
        next(iter([*everything, *titles])),
        label=view.words("choose.operation"),
        format_func=lambda code: one_line(titles.get(code, view.words("plan.all_operations"))),
    )


def choose_action(view: View) -> str:
    """Let the user choose the action to edit, or a new one."""
    given = view.parameters(operation="")
    found = [*rows(view.published, "plan", given), *rows(view.published, "plan_action", given)]
    # Names must not change on saving: the browser sends names, and an outdated one would select another option.
    names = {r["action"]: f"{r['action']} · {r['operation_title']} · {r['criterion'] or r['impact']}" for r in found}
    return choose_one(
        view,
        "action",
        [NEW, *names],
        NEW,
        label=view.words("plan.choose_action"),
        format_func=lambda code: one_line(names.get(code, view.words("plan.new"))),
    )


def about(row: PlanRow) -> str:
    """Return the id of the criterion or impact that an action addresses, and its text."""
    said = shorten(row["subject_text"] or "", WIDTH, placeholder=" …")
    return f"**{row['criterion'] or row['impact']}** {said}".strip()


def due(view: View, row: PlanRow) -> str:
    """Return the date an action is due, saying so if it has passed."""
    return view.words("plan.due_late" if row["overdue"] else "plan.due", due=row["due_on"])


def owner(view: View, row: PlanRow) -> str:
    """Return the responsible role; say so if there is none."""
    return row["owner_role"] or view.words("plan.nobody")


def opened(view: View, action: str) -> dict[str, str]:
    """Return the URL parameters of the page with one action open in its form."""
    return with_state(view.state, part="write", action=action)


def label(view: View, name: str) -> str:
    """Return the label of a field of an action."""
    return view.words("column.action_text" if name == "text" else f"column.{name}")


def value(view: View, name: str, action: Action) -> str:
    """Return a field of an action in words, safe in Markdown."""
    said = getattr(action, name)
    sections = {"status": "action_status.", **dict.fromkeys(("priority", "effort", "cost"), "plan.priority_")}
    return view.words(sections[name] + said) if said and name in sections else escape(said)


def planned(view: View, row: PlanRow) -> list[str]:
    """Return lines on effort and cost and on the cause, as far as the action has them."""
    words = view.words
    told = [
        words(f"plan.of_{name}", level=words(f"plan.priority_{level}"))
        for name, level in (("effort", row["effort"]), ("cost", row["cost"]))
        if level
    ]
    cause = words("plan.of_cause", cause=row["cause"]) if row["cause"] else ""
    return [line for line in (" · ".join(told), cause) if line]


def open_action(action: str) -> None:
    """Open an action in its form within this session, where a role has already been given."""
    st.session_state["action"] = action
    st.session_state["part"] = "write"


def begin_here(impact: str, operation: str) -> None:
    """Start a new action on a risk within this session, like the address from `begin`."""
    st.session_state.update({"action": "", "criterion": "", "impact": impact, "operation": operation, "part": "write"})
