"""From any gap to an action in one step: the address of the action plan with a new action on it."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.ui.view import View, with_state


def begun(view: View, criterion: str = "", impact: str = "", operation: str = "") -> dict[str, str]:
    """The URL parameters of the action plan with a new action on one criterion or one impact."""
    return with_state(
        view.state,
        part="write",
        action="",
        criterion=criterion,
        impact=impact,
        operation=operation or view.state.operation,
    )


def begin_address(view: View, criterion: str = "", impact: str = "", operation: str = "") -> str:
    """The same as an address, for a link in a table."""
    return f"plan?{urlencode(begun(view, criterion, impact, operation))}"


def begin_link(view: View, criterion: str = "", impact: str = "", operation: str = "") -> str:
    """The same as a link in small type, for a cell of a table or a card."""
    return f":small[[{view.words('plan.begin')}]({begin_address(view, criterion, impact, operation)})]"


def begin_action(view: View, criterion: str, operation: str = "") -> None:
    """A link that opens the form of a new action on a criterion."""
    st.page_link(
        "pages/plan.py",
        label=view.words("plan.begin"),
        query_params=begun(view, criterion, operation=operation),
        icon=":material/add_task:",
    )
