"""Links from a gap to its actions and the form of a new one, and from a criterion to what speaks of it."""

from dataclasses import replace
from typing import TypedDict
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.view_state import normalised
from dashboard.queries.plan_actions import ACTIONS_ON, ActionsOnRow
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


MOST_MET = 3
"""Actions named beside a gap; how many more there are is said."""


def actions_on(view: View, subject: str, operation: str) -> list[ActionsOnRow]:
    """Return the actions on one criterion or impact, those still to do first; closed ones only if there are no others.

    Without an operation, those in all countries that the filters keep. None while names are hidden: who has an action
    would be told.
    """
    if view.masked:
        return []
    found = escaped_rows(view.published, ACTIONS_ON, view.parameters())
    own = [row for row in found if row["subject"] == subject and operation in ("", row["operation"])]
    return [row for row in own if row["live"]] or own


def met(view: View, row: ActionsOnRow, where: bool = False) -> str:
    """Return one action as a link that says who owns it and by when, or how it was closed."""
    words = view.words
    due = words("plan.due_late" if row["overdue"] else "plan.due", due=row["due_on"])
    owner = row["owner_role"] or words("plan.nobody")
    status = words(f"action_status.{row['status']}")
    place = [row["operation_title"]] if where else []
    told = " · ".join([*place, owner, due]) if row["live"] else " · ".join([*place, status])
    key = "plan.open_it" if row["live"] else "plan.read_it"
    return f"[{words(key, action=row['action'], told=told)}]({action_address(view, row['action'])})"


def begin_link(view: View, criterion: str = "", impact: str = "", operation: str = "") -> str:
    """Return the actions there are on a gap, and the link to a new one, in small type for a table cell or a card."""
    one = operation or view.state.operation
    found = actions_on(view, criterion or impact, one)
    links = [met(view, row, where=not one) for row in found[:MOST_MET]]
    left = len(found) - len(links)
    more = [view.words.count("plan.more_met", left)] if left else []
    begin = f"[{view.words('plan.begin')}]({begin_address(view, criterion, impact, operation)})"
    return "  \n".join(f":small[{said}]" for said in (*links, *more, begin))


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
