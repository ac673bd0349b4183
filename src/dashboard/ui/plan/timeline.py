"""When is each action due? The chart of due dates, and the way from a mark to its action."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.charts import plan_years
from dashboard.queries.ask import ask
from dashboard.queries.plan.rows import PlanRow, PlanUnplannedRow
from dashboard.ui.elements.clicked import open_menu
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import Mark, show_chart, spec_of
from dashboard.ui.plan.lists import show_action
from dashboard.ui.view import View


def timeline(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow], operation: str) -> None:
    """Draw the due dates by operation; a click on a mark opens its action."""
    words = view.words
    table = ask(view.published, "plan_years", view.parameters(operation=operation))
    if not table.num_rows:
        return
    show_chart(
        table,
        spec_of(plan_years.plan_years, view),
        view,
        key="plan_years_chart",
        alt=words("plan_years.alt"),
        opens=plan_years.SELECTION,
        clicked=partial(_open, {row["action"]: row["country"] for row in actions}),
        columns=("action", "operation_title", "action_text", "owner_role", "due_on", "action_status", "priority"),
        legend=words("plan_years.legend"),
        click=words("plan_years.click"),
    )
    left_out = table["n_operations"][0].as_py() - len(set(table["operation_title"].to_pylist()))
    if left_out > 0:
        st.caption(words.count("plan_years.left_out", left_out))
    show_opened(view, {"action": partial(_told, actions)})


def _open(countries: Mapping[str, str], mark: Mark) -> None:
    if mark:
        open_menu({"action": mark["action"], "country": countries.get(mark["action"], "")}, "action")


def _told(actions: list[PlanRow], view: View) -> None:
    """Show the one action named by `view.state`, with a link to its form."""
    for row in actions:
        if row["action"] == view.state.action and show_action(view, "opened", row):
            st.rerun()
