"""What the views of the action plan have in common: whose actions they show, and how one is told and opened."""

from textwrap import shorten

import streamlit as st

from dashboard.model.plan.action import Action
from dashboard.model.plan.quarters import quarter_parts, statuses_by_quarter
from dashboard.queries.ask import rows
from dashboard.queries.plan.rows import PlanRow
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.escape import escape, one_line
from dashboard.ui.view import View, with_state

NEW = ""
WIDTH = 90
"""So many letters of what an action is on stand beneath it."""


def choose_whose(view: View, part: str) -> str:
    """The operation that a view is kept to, all where it is empty; in its place, the action that is written.

    Every view has one list there, so that none moves what is above it, and the operation that is chosen stays in sight.
    """
    if part == "write":
        choose_action(view)
        return view.state.operation
    titles = {row["operation"]: row["operation_title"] for row in rows(view.published, "operations", view.parameters())}
    # The next step is that of one operation.
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
    """The action that is written, or a new one."""
    given = view.parameters(operation="")
    found = [*rows(view.published, "plan", given), *rows(view.published, "plan_action", given)]
    # Nothing in a name may change with a save: a browser sends names, and one of before would be another choice.
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
    """What an action is on: the id of its criterion or impact, and its words."""
    said = shorten(row["subject_text"] or "", WIDTH, placeholder=" …")
    return f"**{row['criterion'] or row['impact']}** {said}".strip()


def due(view: View, row: PlanRow) -> str:
    """The day an action is due, and in words that it has passed."""
    return view.words("plan.due_late" if row["overdue"] else "plan.due", due=row["due_on"])


def owner(view: View, row: PlanRow) -> str:
    """The role that does it; said where there is none."""
    return row["owner_role"] or view.words("plan.nobody")


def opened(view: View, action: str) -> dict[str, str]:
    """The URL parameters of the page with one action open in its form."""
    return with_state(view.state, part="write", action=action)


def label(view: View, name: str) -> str:
    """What a value of an action is called."""
    return view.words("column.action_text" if name == "text" else f"column.{name}")


def value(view: View, name: str, action: Action) -> str:
    """A value of an action in words, safe to stand where Markdown is read."""
    said = getattr(action, name)
    sections = {"status": "action_status.", **dict.fromkeys(("priority", "effort", "cost"), "plan.priority_")}
    return view.words(sections[name] + said) if said and name in sections else escape(said)


def planned(view: View, row: PlanRow) -> list[str]:
    """Lines that say effort and cost, the cause, and the quarters; none of what the action does not say."""
    words = view.words
    told = [
        words(f"plan.of_{name}", level=words(f"plan.priority_{level}"))
        for name, level in (("effort", row["effort"]), ("cost", row["cost"]))
        if level
    ]
    quarters = [
        words("plan.quarter", **quarter_parts(quarter), status=words(f"action_status.{status}"))
        for quarter, status in statuses_by_quarter(row["status_by_quarter"]).items()
    ]
    cause = words("plan.of_cause", cause=row["cause"]) if row["cause"] else ""
    return [line for line in (" · ".join(told), cause, " → ".join(quarters)) if line]


def open_action(action: str) -> None:
    """One action is opened in its form, in this session, where a role was given already."""
    st.session_state["action"] = action
    st.session_state["part"] = "write"


def begin_here(impact: str, operation: str) -> None:
    """A new action on a risk is begun; the same as the address of `begin`, in this session."""
    st.session_state.update({"action": "", "criterion": "", "impact": impact, "operation": operation, "part": "write"})
