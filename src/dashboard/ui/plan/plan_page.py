"""The parts of the action plan page, one function each."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.model.words import Claim
from dashboard.queries.ask import ask_ahead
from dashboard.queries.plan.actions import PLAN, PLAN_UNPLANNED, PlanRow, PlanUnplannedRow
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import way_choice
from dashboard.ui.elements.gap_links import begin_address, list_address
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_caption, draw_html, part
from dashboard.ui.page_content import stated
from dashboard.ui.plan.action_form import not_saved_yet, write
from dashboard.ui.plan.action_lists import (
    elsewhere,
    export,
    finding,
    grid,
    grid_finding,
    show_board,
    show_list,
    show_timeline,
)
from dashboard.ui.plan.actions import FORM, GRID, tell_saved, way_of
from dashboard.ui.plan.effects import show_effects
from dashboard.ui.plan.targets import show_targets
from dashboard.ui.view import View

PICTURES: dict[str, Callable[[View, list[PlanRow], list[PlanUnplannedRow], str], None]] = {
    "list": show_list,
    "board": show_board,
    "timeline": show_timeline,
}
"""How the actions are shown, given the actions, the severe risks without one, and the operation."""


def show_actions(view: View, operation: str) -> None:
    """Show the actions as the view says, or what was opened above them: the form of one, or the grid of many."""
    tell_saved(view)
    way = way_of(view)
    if way not in PICTURES and view.masked:
        headline(view.words, Claim.of("safe.refused"))
        if way == GRID:
            leave(view)
        return
    if way == FORM:
        write(view, operation)
        return
    given = view.parameters(operation=operation)
    ask_ahead(view.published, ("plan", "plan_unplanned"), given)
    actions = escaped_rows(view.published, PLAN, given)
    unplanned = escaped_rows(view.published, PLAN_UNPLANNED, given)
    if way == GRID:
        headline(view.words, grid_finding(actions))
        leave(view)
        grid(view, operation)
        return
    headline(view.words, *finding(actions, unplanned))
    if said := elsewhere(view, operation):
        stated(*said)
        draw_caption(view.words.say(*said))
    if not view.masked:
        not_saved_yet(view)
    _above(view)
    PICTURES[way](view, actions, unplanned, operation)
    export(view, operation)


def _above(view: View) -> None:
    """Draw the choice of the picture, and what opens the form and the grid."""
    with st.container(horizontal=True, vertical_alignment="center"):
        choices.draw(view.words, way_choice(view, *PICTURES))
        if not view.masked:
            _doors(view, {"plan.begin": begin_address(view), "plan.many": list_address(view, show_as=GRID)})


def leave(view: View) -> None:
    """Draw the way back from the form or the grid to the actions as they were shown."""
    before = view.state.show_as if view.state.show_as in PICTURES else ""
    _doors(view, {"plan.back": list_address(view, show_as=before)})


def _doors(view: View, addresses: Mapping[str, str]) -> None:
    """Draw links within the page, by the key of what each says. Streamlit's own would leave the address as it is."""
    draw_html(part("doors", {view.words(key): to for key, to in addresses.items()}), hug=True)


PARTS: dict[str, Callable[[View, str], None]] = {
    "actions": show_actions,
    "effects": show_effects,
    "targets": show_targets,
}
"""Each part, given the operation."""
