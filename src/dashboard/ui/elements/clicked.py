"""What does a click on a mark do? It asks the next run for the menu of the mark, which `menu.py` shows."""

from collections.abc import Mapping

import streamlit as st

from dashboard.ui.escape import escaped_rows
from dashboard.ui.session_keys import MENU_OPEN, MENU_TIMES
from dashboard.ui.session_values import NUMBER, OpenMark
from dashboard.ui.view import View

FIELD = {"area": "principle"}
"""Charts name an area by what it is; the filter bar calls its filter *principle*."""


def opened() -> int:
    """How often marks were forgotten: a chart is named by it."""
    return MENU_TIMES.get(0)


def open_menu(fields: Mapping[str, str | tuple[str, ...]], explained_by: str = NUMBER) -> None:
    """The next run opens the menu of a mark: `fields` of the view say what it is of, empty ones say nothing.

    `explained_by` is the number's own explanation, `impact`, one that the page gives to `show_opened`, or none.
    """
    MENU_OPEN.set(OpenMark({name: code for name, code in fields.items() if code}, explained_by))
    forget_mark()


def forget_mark() -> None:
    """Charts forget the mark that was clicked, so that it can be clicked again."""
    MENU_TIMES.set(opened() + 1)


def open_number(figure: Mapping[str, str], mark: Mapping[str, str]) -> None:
    """What a click on a mark with a number does: the mark's fields, and what `figure` says beside them."""
    if mark:
        open_menu({**figure, **{FIELD.get(name, name): code for name, code in mark.items()}})


def open_impact(figure: Mapping[str, str], mark: Mapping[str, str]) -> None:
    """What a click on the mark of a risk or an opportunity does; `figure` says whose rating it is."""
    if mark:
        open_menu({**figure, **mark}, "impact")


def figure_of(view: View, operation: str) -> tuple[dict[str, str], str]:
    """The fields of a figure of one operation, and what explains it.

    Numbers are explained by country, so that of an operation is only where its country has no other operation.
    """
    found = escaped_rows(view.published, "subjects", view.parameters())
    country = next((row["country"] for row in found if row["subject"] == operation), None)
    alone = sum(row["country"] == country for row in found) == 1
    return {"operation": operation, "country": country or ""}, NUMBER if alone else ""


def how_button(view: View, key: str, **figure: str | tuple[str, ...]) -> None:
    """The small button beside a figure."""
    st.button(
        view.words("number.how"),
        key=f"how_{key}",
        on_click=open_menu,
        args=(figure,),
        type="tertiary",
        icon=":material/calculate:",
    )
