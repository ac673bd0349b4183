"""Links from a gap to the form of a new action, and from a criterion to the guidance and cases that address it."""

from dataclasses import replace
from typing import TypedDict
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.view_state import normalised
from dashboard.queries.question import Question
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View


def listed(view: View, **more: object) -> dict[str, str]:
    """Return the URL parameters of the actions that the filters keep, with none of them open."""
    return view.query(**{"part": "actions", "show_as": "", "action": "", "criterion": "", "impact": "", **more})


def begun(view: View, criterion: str = "", impact: str = "", operation: str = "") -> dict[str, str]:
    """Return the URL parameters of a new action on one criterion or one impact, or on what is suggested."""
    operation = operation or view.state.operation
    return listed(view, show_as="form", criterion=criterion, impact=impact, operation=operation)


def begin_address(view: View, criterion: str = "", impact: str = "", operation: str = "") -> str:
    """Return the same as an address, for a link in a table."""
    return f"plan?{urlencode(begun(view, criterion, impact, operation))}"


def action_address(view: View, action: str) -> str:
    """Return the address of one action, open in its form. The way back leads to the actions as they are shown now."""
    return view.address("plan", part="actions", action=action)


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


SPEAKS = ("guidance", "case")
"""The kinds of items that address a criterion; each is opened on a page by a field of the view."""
OPENS = {"guidance": ("guidance_item", "guidance"), "case": ("case", "case_study")}
"""The page that shows an item, and the field of the view that names it."""


class CriterionLibraryRow(TypedDict):
    """A row of `criterion_library`."""

    what: str
    id: str
    title: str
    place: int


CRITERION_LIBRARY = Question("criterion_library", CriterionLibraryRow)


def in_framework(view: View, framework: str) -> View:
    """Return the same view in another framework, with the filters that exist there."""
    return replace(view, state=normalised(replace(view.state, framework=framework), view.known))


def opened(view: View, what: str, id_: str) -> dict[str, str]:
    """Return the URL parameters of an item's page."""
    nothing = {field: "" for _, field in OPENS.values()}
    return view.query(**{**nothing, OPENS[what][1]: id_})


def address_of(view: View, what: str, id_: str) -> str:
    """Return the address of an item, for a link in a text."""
    return f"{OPENS[what][0]}?{urlencode(opened(view, what, id_))}"


def read_link(view: View, what: str, id_: str, label: str, icon: str | None = None) -> None:
    """Draw a link to an item."""
    st.page_link(f"pages/{OPENS[what][0]}.py", label=label, query_params=opened(view, what, id_), icon=icon)


def spoken_of(view: View, criterion: str, what: str) -> str:
    """Return the guidance or the cases for one criterion as links; empty if there are none."""
    found = escaped_rows(view.published, CRITERION_LIBRARY, view.parameters(criterion=criterion))
    return "; ".join(f"[{row['title']}]({address_of(view, what, row['id'])})" for row in found if row["what"] == what)
