"""The choices that belong to a page rather than to the bar: respect or support, and the common set."""

from typing import Any

import streamlit as st

from dashboard.model.view_state import KINDS
from dashboard.queries.ask import rows
from dashboard.ui.plain import plain_row
from dashboard.ui.shell import View

SWITCH = "common_switch"


def choose_kind(view: View) -> None:
    """Respect or support: two figures that are never mixed."""
    st.radio(
        view.words("choose.kind"),
        KINDS,
        key="kind",
        horizontal=True,
        persist_state="session",
        format_func=lambda kind: view.words(f"kind.{kind}"),
        label_visibility="collapsed",
        help=view.words("choose.kind_help"),
    )


def choose_common(view: View, default: bool = False) -> bool:
    """Only what all have answered, for a comparison that nobody can call unfair. `default` until somebody chooses."""
    chosen = view.state.common == "yes" or (default and not view.state.common)
    st.session_state[SWITCH] = chosen
    st.toggle(view.words("choose.common"), key=SWITCH, on_change=_switched, help=view.words("choose.common_help"))
    return chosen


def _switched() -> None:
    st.session_state["common"] = "yes" if st.session_state[SWITCH] else "no"


def choose_operation(view: View) -> dict[str, Any] | None:
    """The operation a page is about: of the countries in the bar, the first unless another is chosen."""
    found = {row["operation"]: row for row in rows(view.published, "operations", view.given())}
    if not found:
        return None
    if view.state.operation not in found:
        st.session_state["operation"] = next(iter(found))
    chosen = st.selectbox(
        view.words("choose.operation"),
        list(found),
        key="operation",
        persist_state="session",
        format_func=lambda code: found[code]["operation_title"] if code in found else code,
        label_visibility="collapsed",
    )
    return plain_row(found[chosen])
