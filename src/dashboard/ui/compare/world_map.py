"""The world map, which the heat map can be shown as: its shade, key and finding, and the same content as a list."""

from collections.abc import Iterator
from typing import TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.charts import world_map as places_chart
from dashboard.charts.heatmap import signs
from dashboard.charts.look import Look, look_of
from dashboard.charts.world_map import COVER, COVER_COLOURS, FIGURES
from dashboard.exports.picture import SHAPES
from dashboard.model.known_codes import HEAD_OFFICE, SEVERE, SHADES, SHOWN_AS
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.heatmap import HEATMAP_FINDING, HeatmapFindingRow
from dashboard.queries.question import Question
from dashboard.queries.risks_list import PLACES, PlacesRow
from dashboard.ui.compare.map_rows import frame, on_map, shapes_url, without_place
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import PageChoice, Shape, common_choice, way_choice
from dashboard.ui.elements.legend import Mark, band_keys, filled, hollow, striped
from dashboard.ui.elements.marks import grade_mark, grades_key
from dashboard.ui.elements.sentences import SHARING, heatmap_finding, most_of, reading_text
from dashboard.ui.elements.show import bands, headline, show_chart, spec_of
from dashboard.ui.escape import escape, escape_row, escaped_rows, one_line
from dashboard.ui.html import draw_table
from dashboard.ui.session import theme
from dashboard.ui.view import View


def map_keys(view: View, table: pa.Table, shade: str) -> Iterator[Mark]:
    """Yield the shades of the map, then the signs beside names that have no figure."""
    words, look = view.words, look_of(theme())
    if shade == "score":
        yield from band_keys(view)
        yield from _readings(view, table, look)
    elif shade == "severity":
        yield from grades_key(view, "severity")
        yield from _missing(table, "severity", look, words("risks.none_rated"))
    elif shade == "coverage":
        found = set(table["cover"].to_pylist())
        for cover, colour in zip(COVER, COVER_COLOURS, strict=True):
            if cover in found:
                yield filled(colour), words(f"map.cover_{cover}")
        yield from _missing(table, "cover", look, words("map.nothing_key"))
    else:
        yield from _figures(view, table, shade, look)


def _readings(view: View, table: pa.Table, look: Look) -> Iterator[Mark]:
    """Yield how a country is drawn whose figure rests on few answers, or that has none."""
    words, readings = view.words, set(table["reading"].to_pylist())
    if "too_few" in readings:
        yield striped(look, look.ground, look.ground), words("chart_key.too_few")
    if "count" in readings:
        yield "*", words("chart_key.few", below=view.count_below())
    for reading, sign in signs(words).items():
        if reading in readings:
            yield hollow(look, sign), words(f"reading.{reading}")


def _missing(table: pa.Table, column: str, look: Look, said: str) -> Iterator[Mark]:
    if table[column].null_count:
        yield hollow(look, "–"), said


def _figures(view: View, table: pa.Table, shade: str, look: Look) -> Iterator[Mark]:
    """Yield both ends of an outside figure, and how one that is old or not recorded is drawn."""
    words, ends, states = view.words, FIGURES[look.theme], set(table["state"].to_pylist())
    if shade == "context":
        yield from zip(map(filled, ends), (words("map.lowest"), words("map.highest")), strict=True)
    if "old" in states:
        yield hollow(look, ""), words("map.old_key")
    if "not_recorded" in states:
        yield hollow(look, "–"), words("map.not_recorded_key")


class IndicatorsRow(TypedDict):
    """A row of `indicators`."""

    indicator: str
    indicator_title: str
    unit: str
    computed: bool
    numeric: bool
    n_countries: int
    n_current: int
    n_of: int


INDICATORS = Question("indicators", IndicatorsRow)


def show_map(view: View) -> None:
    """Show the countries, shaded by a chosen measure, with the same content as a list below the map."""
    words = view.words
    outside = view.state.shade == "context" and not view.masked
    found = {row["indicator"]: row for row in rows(view.published, INDICATORS, view.parameters())} if outside else {}
    measure = (_figure_choice(view, found),) if outside else (common_choice(view),)
    choices.draw(words, way_choice(view, *SHOWN_AS["heatmap"]), None if view.masked else shade_choice(view), *measure)
    figure = escape_row(found[_figure(view, found)]) if found else None
    given = view.parameters(indicator=figure["indicator"] if figure else "")
    places = escaped_rows(view.published, PLACES, given)
    sums = next(iter(escaped_rows(view.published, HEATMAP_FINDING, given)), None)
    headline(view.words, *of_map(view, places, figure, sums))
    if view.masked:
        st.caption(words("safe.no_map"))
    else:
        show_places(view, figure)
    draw_table([_place(view, row) for row in places])


def shade_choice(view: View) -> PageChoice:
    """Return the choice of what the map is shaded by."""
    titles = {shade: view.words(f"map.shade_{shade}") for shade in SHADES}
    return PageChoice("shade", view.words("map.shade"), titles, SHADES[0], Shape.LIST)


def _figure_choice(view: View, found: dict[str, IndicatorsRow]) -> PageChoice | None:
    """Return the choice of the outside figure. None if there are none."""
    if not found:
        return None
    titles = {
        code: view.words("figure.option", title=one_line(row["indicator_title"]), n=row["n_countries"], of=row["n_of"])
        for code, row in found.items()
    }
    return PageChoice("indicator", view.words("figure.choose"), titles, _most_recorded(found), Shape.LIST)


def _figure(view: View, found: dict[str, IndicatorsRow]) -> str:
    return view.state.indicator if view.state.indicator in found else _most_recorded(found)


def _most_recorded(found: dict[str, IndicatorsRow]) -> str:
    """Return the outside figure that most countries have, counting current ones first."""
    return max(found, key=lambda code: (found[code]["n_current"], found[code]["n_countries"]))


def show_places(view: View, figure: IndicatorsRow | None) -> None:
    """Show the map, shaded as the view says; `figure` is a row of `indicators`, needed to shade by one."""
    words, state = view.words, view.state
    shade = "words" if state.shade == "context" and not (figure and figure["numeric"]) else state.shade
    table = ask(view.published, "places", view.parameters(indicator=figure["indicator"] if figure else ""))
    shapes = shapes_url()
    if not shapes:
        st.caption(words("map.no_shapes", file=str(SHAPES)))
        return
    edges = frame(view)
    measured = {"title": figure["indicator_title"] if figure else "", "unit": figure["unit"] if figure else ""}
    outside = words("figure.help") if figure else ""
    said = words(f"map.legend_{shade}", **measured)
    drawn = on_map(table, edges, shade)
    unnamed = words("map.unnamed") if "" in drawn["wide_side"].to_pylist() else ""
    show_chart(
        drawn,
        spec_of(places_chart.places, view, bands(view), (shade,), (shapes,), edges),
        view,
        key="places_chart",
        alt=words("map.alt"),
        opens=places_chart.SELECTION,
        columns=("country_title", "operations", "severity", "n_at_severity", "reading", "percent", "coverage"),
        legend=" ".join(filter(None, (said, outside, unnamed, words("map.boundaries")))),
        click=words("map.click"),
        keys=map_keys(view, drawn, shade),
    )
    if unplaced := without_place(table):
        st.caption(words("map.no_place", titles=words.some("countries", [escape(one) for one in unplaced])))


def _place(view: View, row: PlacesRow) -> dict[str, str]:
    words = view.words
    told = {
        words("column.country_title"): f"**{row['country_title']}**  \n:small[{row['operations']}]",
        words("column.severity"): _severity(view, row),
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
    said = view.words("map.of_ratings", n=row["n_at_severity"], of=row["n_rated"])
    return f"{grade_mark(view, 'severity', row['severity'])} {said}"


def of_map(
    view: View, places: list[PlacesRow], figure: IndicatorsRow | None, found: HeatmapFindingRow | None
) -> Claims:
    """Return what the map says, by its shading; `found` is the table's finding, because the figures are the same."""
    shade, places = view.state.shade, [row for row in places if row["country"] != HEAD_OFFICE]
    if shade == "context" and figure is not None:
        return _of_figure(figure["indicator_title"], places)
    if shade == "severity":
        return _of_severity(view, places)
    if shade == "coverage":
        covers = [row["cover"] for row in places]
        return (Claim.count("map.all_answered", covers.count("all"), of=len(covers), under=covers.count("under")),)
    return heatmap_finding(found, view)


def _of_severity(view: View, places: list[PlacesRow]) -> Claims:
    """Say in how many countries a risk is severe and where most ratings are; for one country, how many ratings."""
    severe = {row["country_title"]: row["n_at_severity"] or 0 for row in places if row["severity"] == SEVERE}
    rated = sum(row["n_rated"] or 0 for row in places)
    if not rated:
        return (Claim.of("risks.nothing", reset=view.reset()),)
    if len(places) == 1:
        return (Claim.of("map.one_country", country=places[0]["country_title"], n=sum(severe.values()), of=rated),)
    return Claim.count("map.severe_countries", len(severe), of=len(places)), *most_of("ratings", severe)


def _of_figure(title: str, places: list[PlacesRow]) -> Claims:
    """Name the countries at both ends of an outside figure, and how many have one; no ends if all are equal."""
    recorded = [row for row in places if row["state"] != "not_recorded"]
    said = Claim.of("map.recorded", title=title, n=len(recorded), of=len(places))
    numbers = [row["number"] for row in recorded if row["number"] is not None]
    if len(set(numbers)) < 2:
        return (said,)
    least, most = ([row for row in recorded if row["number"] == number] for number in (min(numbers), max(numbers)))
    ends = {"least": least[0]["value"], "most": most[0]["value"]}
    titles = {"lowest": _countries(least), "highest": _countries(most)}
    return said, Claim.of("map.figure_ends", **ends, **titles)


def _countries(found: list[PlacesRow]) -> object:
    """Return the names of a few countries, or their number."""
    titles = [row["country_title"] for row in found]
    return titles if len(titles) <= SHARING else Claim.count("heatmap.countries", len(titles))
