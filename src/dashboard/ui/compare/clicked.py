"""What does a click on Side by side do? A row comes into focus; the mark of one subject also opens its menu."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.model.view.known import AT, HEAD_OFFICE
from dashboard.ui.compare.choosing import GROUP, subjects_in
from dashboard.ui.elements.clicked import figure_of, forget_mark, open_menu
from dashboard.ui.session_values import NUMBER
from dashboard.ui.view import View

Figure = tuple[Mapping[str, str | tuple[str, ...]], str]
"""The fields of a figure, and the kind of explanation it has."""


def figures_of(view: View, subjects: tuple[str, ...], only_common: bool) -> dict[str, Figure]:
    """Return the fields of each subject's figure, with its explanation unless only common criteria are compared."""
    found = {code: _figure(view, code) for code in subjects}
    return {code: (fields, "" if only_common else by) for code, (fields, by) in found.items()}


def _figure(view: View, code: str) -> Figure:
    """Return the fields of an operation's own figure, or for a mean those of its countries, with its explanation.

    Nothing explains the figure of a group of operations.
    """
    base, _, at = code.partition(AT)
    round_ = at or view.state.round
    rows = subjects_in(view, round_)
    row = rows.get(base)
    if row is None or row["subject_kind"] == "operation":
        fields, by = figure_of(view, base)
        return {**fields, "round": round_}, by
    if row["subject_kind"] == "operations":
        return {"round": round_}, ""
    countries = dict.fromkeys(
        one["country"]
        for one in rows.values()
        if one["country"] and one["country"] != HEAD_OFFICE and (base == GROUP or one["region"] == row["title"])
    )
    return {"country": tuple(countries), "round": round_}, NUMBER


def look_or_open(facet: str, kind: str, figures: Mapping[str, Figure]) -> Callable[[Mapping[str, str]], None]:
    """Return the click handler of the chart; a click on the row in focus ends the focus."""

    def clicked(mark: Mapping[str, str]) -> None:
        code = mark.get("code", "")
        if (subject := mark.get("subject", "")) in figures:
            st.session_state["focus"] = code
            fields, explained_by = figures[subject]
            open_menu({**fields, facet: code, "kind": kind}, explained_by)
        else:
            st.session_state["focus"] = "" if st.session_state["focus"] == code else code
            forget_mark()

    return clicked


def open_part(mark: Mapping[str, str]) -> None:
    """Handle a click on a part of the gap: put its principle in focus."""
    st.session_state["focus"] = mark.get("code", "")
    st.session_state["by"] = "principle"
    if mark:
        open_menu({"principle": mark["code"]}, "part")
