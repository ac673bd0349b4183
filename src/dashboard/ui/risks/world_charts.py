"""How is the map shown? Its choices, the chart, and what it leaves out."""

import pyarrow as pa
import streamlit as st

from dashboard.charts import places as places_chart
from dashboard.exports.picture import SHAPES
from dashboard.model.view.known import SHADES
from dashboard.queries.ask import ask
from dashboard.queries.risks.rows import IndicatorsRow
from dashboard.ui.choices import Choice
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.elements.show import bands, show_chart, spec_of
from dashboard.ui.escape import escape, escape_label, escaped_rows
from dashboard.ui.risks.map_rows import frame, on_map, shapes_url, without_place
from dashboard.ui.view import View


def shade_choice(view: View) -> Choice:
    """Return the choice of what the map is shaded by."""
    titles = {shade: view.words(f"map.shade_{shade}") for shade in SHADES}
    return Choice("shade", view.words("map.shade"), titles, SHADES[0], named=True)


def choose_indicator(view: View) -> IndicatorsRow | None:
    """Let the user choose the outside figure, by default the one most countries have. None if there are none."""
    found = {row["indicator"]: row for row in escaped_rows(view.published, "indicators", view.parameters())}
    if not found:
        return None
    most = max(found.values(), key=lambda row: (row["n_current"], row["n_countries"]))
    chosen = choose_one(
        view,
        "indicator",
        list(found),
        most["indicator"],
        label=view.words("figure.choose"),
        format_func=lambda code: _option(view, found[code]) if code in found else code,
        help=view.words("figure.help"),
    )
    return found[chosen]


def _option(view: View, row: IndicatorsRow) -> str:
    return view.words("figure.option", title=escape_label(row["indicator_title"]), n=row["n_countries"], of=row["n_of"])


def show_places(view: View, figure: IndicatorsRow | None) -> None:
    """Show the map, shaded as the view says; `figure` is a row of `indicators`, needed to shade by one."""
    words, state = view.words, view.state
    shade = "words" if state.shade == "context" and not (figure and figure["numeric"]) else state.shade
    table = ask(view.published, "places", view.parameters(indicator=figure["indicator"] if figure else ""))
    shapes = shapes_url()
    if not shapes:
        st.caption(words("map.no_shapes", file=str(SHAPES)))
        return
    titles = tuple(row["band_title"] for row in escaped_rows(view.published, "bands", view.parameters()))
    edges = frame(view)
    places = {"title": figure["indicator_title"] if figure else "", "unit": figure["unit"] if figure else ""}
    said = words(f"map.legend_{shade}", **places, below=view.count_below())
    rows = on_map(table, edges, shade)
    show_chart(
        rows,
        spec_of(places_chart.places, view, bands(view), titles, (shade,), (shapes,), edges),
        view,
        key="places_chart",
        alt=words("map.alt"),
        opens=places_chart.SELECTION,
        columns=("country_title", "operations", "severity", "n_at_severity", "reading", "percent", "coverage"),
        legend=" ".join(filter(None, (said, _unnamed(view, rows), words("map.boundaries")))),
    )
    if unplaced := without_place(table):
        st.caption(words("map.no_place", titles=words.listed(map(escape, unplaced))))


def _unnamed(view: View, rows: pa.Table) -> str:
    """Say that names are left out, if some have no room."""
    return view.words("map.unnamed") if "" in rows["wide_side"].to_pylist() else ""
