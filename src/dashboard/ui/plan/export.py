"""The filtered actions as a download, and how to import them again."""

import streamlit as st

from dashboard.exports.actions import actions_csv
from dashboard.model.plan.action import action_of
from dashboard.queries.ask import rows
from dashboard.ui.elements.download import offer
from dashboard.ui.view import Source, View, with_state

HOLDS = {Source.TRIAL: "trial.export", Source.SCENARIO: "whatif.export"}


def export(view: View, operation: str) -> None:
    """Offer a file of the actions that the filters keep, and say where to import it."""
    words = view.words
    # The stored values, not escaped for display.
    actions = [action_of(row) for row in rows(view.published, "plan", view.parameters(operation=operation))]
    if not actions:
        return
    st.caption(words(_holds(view)))
    with st.container(horizontal=True, vertical_alignment="center"):
        offer(view, words.count("plan.export", len(actions)), actions_csv(actions), "actions.csv", "plan_export_link")
        st.page_link(
            "pages/data.py", label=words("plan.import"), query_params=with_state(view.state, part="publications")
        )


def _holds(view: View) -> str:
    """Say what the file contains."""
    return HOLDS.get(view.source, "plan.export_help")
