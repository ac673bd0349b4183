"""The world map as a part of the risks page."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.queries.risks.rows import IndicatorsRow, PlacesRow
from dashboard.ui import choices
from dashboard.ui.elements.marks import grade_mark
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.risks.titles import of_map
from dashboard.ui.risks.world_charts import choose_indicator, shade_choice, show_places
from dashboard.ui.view import View


def world(view: View) -> None:
    """Show the countries, shaded by a chosen measure, with the same content as a list beside the map."""
    words, title, figure = view.words, st.container(), None
    if view.masked:
        _titled(view, title, None)
        st.caption(words("safe.no_map"))
        _list(view, "")
        return
    outside = view.state.shade == "context"
    choices.draw(words, shade_choice(view))
    if outside:
        figure = choose_indicator(view)
    _titled(view, title, figure)
    show_places(view, figure)
    _list(view, figure["indicator"] if figure else "")
    st.caption(words("risks.map_help"))


def _titled(view: View, title: DeltaGenerator, figure: IndicatorsRow | None) -> None:
    """Show the finding above the choices it depends on."""
    given = view.parameters(indicator=figure["indicator"] if figure else "")
    found = escaped_rows(view.published, "heatmap_finding", given)
    with title:
        headline(of_map(view, escaped_rows(view.published, "places", given), figure, found[0] if found else None))


def _list(view: View, indicator: str) -> None:
    """Show the countries in words, one row each."""
    found = escaped_rows(view.published, "places", view.parameters(indicator=indicator))
    draw_table([_place(view, row) for row in found])


def _place(view: View, row: PlacesRow) -> dict[str, str]:
    words = view.words
    told = {
        words("column.country_title"): f"**{row['country_title']}**  \n:small[{row['operations']}]",
        words("column.severity_word"): _severity(view, row),
        words("column.coverage"): "" if row["coverage"] is None else words("compare.share", share=row["coverage"]),
        words("column.figure"): reading_text(view, row),
    }
    if row["value"] is not None:
        source = words(f"country.{row['state']}", publisher=row["publisher"], year=str(row["year"]))
        told[words("column.value")] = f"{row['value']} · {source}"
    return told


def _severity(view: View, row: PlacesRow) -> str:
    """Return the highest severity, and in how many ratings."""
    if row["severity"] is None:
        return view.words("risks.none_rated")
    said = view.words("risks.of_ratings", n=row["n_at_severity"], of=row["n_rated"])
    return f"{grade_mark(view, 'severity', row['severity'])} {said}"
