"""Which gap is a new action started from? The most severe one without an action, unless the user starts empty."""

import streamlit as st

from dashboard.queries import ask
from dashboard.queries.plan.rows import PlanLackingRow, PlanUnplannedRow
from dashboard.ui.frame.exercise import runs
from dashboard.ui.plan.new import On
from dashboard.ui.session_keys import PLAN_EMPTY
from dashboard.ui.view import View


def suggested(view: View, operation: str) -> On | None:
    """Return the most severe rating without an action, else the most important missing criterion; None if all have one.

    Also None in an exercise, where a group starts from its findings, and once the user has started empty.
    """
    if runs(view):
        return None
    if PLAN_EMPTY.get(False):
        st.button(view.words("plan.suggest"), key="plan_suggest", on_click=PLAN_EMPTY.set, args=(False,))
        return None
    given = view.parameters(operation=operation)
    for severe in ask.rows(view.published, "plan_unplanned", given)[:1]:
        return _on(view, severe, impact=severe["impact"], criterion="")
    for lacking in ask.rows(view.published, "plan_lacking", given)[:1]:
        return _on(view, lacking, impact="", criterion=lacking["criterion"])
    return None


def _on(view: View, row: PlanUnplannedRow | PlanLackingRow, **on: str) -> On:
    (subject,) = ask.rows(view.published, "plan_subject", view.parameters(operation=row["operation"], **on))
    return On(row["operation"], {**subject, "operation_title": row["operation_title"]})


def tell_suggestion(view: View) -> None:
    """Say that the form holds a suggestion, and offer to start empty."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words("plan.suggestion"), width="stretch")
        st.button(
            words("plan.start_empty"), key="plan_start_empty", on_click=PLAN_EMPTY.set, args=(True,), type="tertiary"
        )
