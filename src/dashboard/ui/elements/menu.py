"""What does a click on a mark open? The same menu on every chart: its explanation, a filter and a comparison."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import streamlit as st

from dashboard.model.view.view_state import MANY, normalised
from dashboard.ui.elements.impact_cards import show_impact
from dashboard.ui.elements.number import show_number
from dashboard.ui.elements.offers import offers_of, show_offers
from dashboard.ui.session_keys import MENU_OPEN
from dashboard.ui.session_values import NUMBER
from dashboard.ui.view import View, with_state

TITLES = {NUMBER: "number.title", "impact": "column.impact", "action": "column.action"}
"""Titles of menus that explain one kind of thing; any other menu is titled by what its mark stands for."""
Explanation = Callable[[View], None]
"""Draws what explains a mark; the state of the view is the mark's own."""


def show_opened(view: View, explained: Mapping[str, Explanation] = MappingProxyType({})) -> None:
    """Open the menu of the mark just clicked: the available actions, and the explanation.

    The last line of every page that has figures; `explained` holds explanations specific to this page. A mark without
    actions or explanation opens nothing.
    """
    mark = MENU_OPEN.pop()
    if mark is None:
        return
    offers = offers_of(view, mark.fields)
    explain = {NUMBER: _number, "impact": show_impact, **explained}.get(mark.explained_by)
    if explain is None and not offers:
        return
    changes: dict[str, Any] = {
        name: (code,) if name in MANY and isinstance(code, str) else code for name, code in mark.fields.items()
    }
    # Normalised, because the figure may belong to another framework, which has other principles.
    asked = replace(view, state=normalised(replace(view.state, **changes), view.known))
    title = view.words(TITLES[mark.explained_by]) if mark.explained_by in TITLES else offers.title

    @st.dialog(title or view.words("offer.title"), width="large" if explain else "small")
    def dialog() -> None:
        show_offers(view, offers)
        if explain:
            explain(asked)

    dialog()


def _number(view: View) -> None:
    show_number(view)
    st.page_link(
        "pages/number.py",
        label=view.words("number.as_page"),
        icon=":material/open_in_new:",
        query_params=with_state(view.state),
    )
