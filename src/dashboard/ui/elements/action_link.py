"""How does any gap lead to an action in one step? By the address of the action plan with its form open."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.ui.view import View, with_state


def listed(view: View, **more: object) -> dict[str, str]:
    """Return the URL parameters of the actions that the filters keep, with none of them open."""
    return with_state(
        view.state, **{"part": "actions", "show_as": "", "action": "", "criterion": "", "impact": "", **more}
    )


def begun(view: View, criterion: str = "", impact: str = "", operation: str = "") -> dict[str, str]:
    """Return the URL parameters of a new action on one criterion or one impact, or on what is suggested."""
    operation = operation or view.state.operation
    return listed(view, show_as="form", criterion=criterion, impact=impact, operation=operation)


def begin_address(view: View, criterion: str = "", impact: str = "", operation: str = "") -> str:
    """Return the same as an address, for a link in a table."""
    return f"plan?{urlencode(begun(view, criterion, impact, operation))}"


def action_address(view: View, action: str) -> str:
    """Return the address of one action, open in its form. The way back leads to the actions as they are shown now."""
    return f"plan?{urlencode(with_state(view.state, part='actions', action=action))}"


def list_address(view: View, **more: object) -> str:
    """Return the address of the actions that the filters keep, with some fields changed."""
    return f"plan?{urlencode(listed(view, **more))}"


def begin_link(view: View, criterion: str = "", impact: str = "", operation: str = "") -> str:
    """Return the same as a link in small type, for a table cell or a card."""
    return f":small[[{view.words('plan.begin')}]({begin_address(view, criterion, impact, operation)})]"


def begin_action(view: View, criterion: str, operation: str = "") -> None:
    """Draw a link that opens the form of a new action on a criterion, for other pages than the plan's."""
    st.page_link(
        "pages/plan.py",
        label=view.words("plan.begin"),
        query_params=begun(view, criterion, operation=operation),
        icon=":material/add_task:",
    )
