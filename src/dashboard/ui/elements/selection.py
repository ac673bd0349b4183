"""Turns a click on a mark of a chart into a request for the mark's menu, which `menu.py` shows in the next run."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from dashboard.queries.ask import ask
from dashboard.store.cache import once
from dashboard.store.reader import Published
from dashboard.ui.session_state import MENU_OPEN, MENU_TIMES, NUMBER, OpenMark
from dashboard.ui.view import View

FIELD = {"area": "principle"}
"""Charts call this field *area*; the filter bar calls its filter *principle*."""


def opened() -> int:
    """Return how often marks were cleared; the number is part of each chart's key."""
    return MENU_TIMES.get(0)


def open_menu(fields: Mapping[str, str | tuple[str, ...]], explained_by: str = NUMBER) -> None:
    """Ask the next run to open the menu of a mark. `fields` of the view identify it; empty ones are ignored.

    `explained_by` is `number`, `impact`, an explanation the page passes to `show_opened`, or empty for none.
    """
    MENU_OPEN.set(OpenMark({name: code for name, code in fields.items() if code}, explained_by))
    forget_mark()


def forget_mark() -> None:
    """Clear the clicked mark in all charts, so that it can be clicked again."""
    MENU_TIMES.set(opened() + 1)


def open_mark(figure: Mapping[str, str], explained_by: str, mark: Mapping[str, str]) -> None:
    """Handle a click on a mark: open its menu with the mark's fields and those of `figure`."""
    if mark:
        open_menu({**figure, **{FIELD.get(name, name): code for name, code in mark.items()}}, explained_by)


def figure_of(view: View, operation: str) -> tuple[dict[str, str], str]:
    """Return the fields of a figure of one operation, and its kind of explanation.

    Numbers are explained by country, so an operation's number only has an explanation if its country has no other.
    """
    country_of, n_in = _countries(view.published, view.state.framework, view.state.round)
    country = country_of.get(operation)
    return {"operation": operation, "country": country or ""}, NUMBER if n_in[country] == 1 else ""


@once
def _countries(
    published: Published, framework: str, round_: str
) -> tuple[Mapping[str, str | None], Mapping[str | None, int]]:
    """Return the country of everything that can be compared, and how many have each. There may be thousands."""
    table = ask(published, "subjects", {"framework": framework, "round": round_})
    countries = table["country"].to_pylist()
    return dict(zip(table["subject"].to_pylist(), countries, strict=True)), Counter(countries)


def how_button(view: View, key: str, **figure: str | tuple[str, ...]) -> None:
    """Draw the small button beside a figure."""
    st.button(
        view.words("number.how"),
        key=f"how_{key}",
        on_click=open_menu,
        args=(figure,),
        type="tertiary",
        icon=":material/calculate:",
    )
