"""The world map and the outside figures as parts of the page of risks."""

import streamlit as st

from dashboard.queries.risks.rows import PlacesRow, RiskListRow
from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.rated import graded
from dashboard.ui.escape import escaped_rows
from dashboard.ui.risks.world_charts import choose_indicator, choose_shade, show_places, show_quadrant
from dashboard.ui.view import View


def world(view: View, risks: list[RiskListRow]) -> None:
    """The countries, shaded by a chosen reading, with the same content as a list beside it."""
    words = view.words
    if view.masked:
        choose_kind(view)
        st.caption(words("safe.no_map"))
        _list(view, "")
        return
    figure = None
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        choose_shade(view)
    with right:
        if view.state.shade == "context":
            figure = choose_indicator(view, only_numbers=False)
        else:
            choose_kind(view)
    show_places(view, figure)
    _list(view, figure["indicator"] if figure else "")
    st.caption(words("risks.map_help"))


def _list(view: View, indicator: str) -> None:
    """The countries in words, one row each."""
    found = escaped_rows(view.published, "places", view.parameters(indicator=indicator))
    st.table([_place(view, row) for row in found], border="horizontal", hide_index=True)


def _place(view: View, row: PlacesRow) -> dict[str, str]:
    words = view.words
    told = {
        words("column.country_title"): f"**{row['country_title']}**  \n:small[{row['operations']}]",
        words("column.severity_word"): graded(view, "severity", row["severity"]) or words("risks.none_rated"),
        words("column.coverage"): "" if row["coverage"] is None else words("compare.share", share=row["coverage"]),
        words("column.figure"): words("reading.score", percent=row["percent"])
        if row["reading"] in ("score", "count")
        else words(f"reading_name.{row['reading'] or 'not_covered'}"),
    }
    if row["value"] is not None:
        told[words("column.value")] = words(
            f"country.{row['state']}", value=row["value"], publisher=row["publisher"], year=str(row["year"])
        )
    return told


def context(view: View, risks: list[RiskListRow]) -> None:
    """Outside exposure against the own score of each country: side by side, never averaged."""
    if view.masked:
        st.caption(view.words("safe.no_outside_facts"))
        return
    choose_kind(view)
    figure = choose_indicator(view, only_numbers=True)
    if figure is None:
        st.caption(view.words("quadrant.nothing"))
        return
    show_quadrant(view, figure)
