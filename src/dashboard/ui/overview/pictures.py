"""The Overview's two pictures, each with a legend of every mark: a chart of principles, and a list of risk areas.

A list of five rows is drawn as HTML: a second chart costs the browser a sixth of a click (benchmarks/RESULTS.md).
"""

from collections.abc import Iterator
from html import escape
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from dashboard.charts import areas, exposures
from dashboard.charts.look import look_of
from dashboard.model.view.filters import ALL_FILTERS
from dashboard.queries.ask import ask
from dashboard.queries.overview.exposures import EXPOSURES, ExposuresRow
from dashboard.ui.elements.chart_keys import band_keys, colours_of, dots, failed_key, hollow_dot, range_key, target_keys
from dashboard.ui.elements.legend import Mark, in_a_picture, legend_html
from dashboard.ui.elements.marks import band_colour, grade_mark, grades_key
from dashboard.ui.elements.sentences import areas_finding, cover_shown, exposures_finding, reading_text
from dashboard.ui.elements.show import bands, carry, show_chart, spec_of, theme
from dashboard.ui.elements.targets import target_columns
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.html import draw_told, explained
from dashboard.ui.marked import as_html
from dashboard.ui.view import View, with_state

AREA_COLUMNS = ("area_code", "area_title", "mean", "lowest", "highest", "n_shown", "n_countries", "band_title")
EXPOSURE_COLUMNS = (
    "risk_area_title", "severity", "most_severe", "n_at_severity", "n_rated", "percent", "coverage", "n_answered",
    "n_applicable",
)  # fmt: skip
WHOLE: dict[str, tuple[str, ...]] = {one.name: () for one in ALL_FILTERS if "criterion" in one.keeps}
"""No filter of criteria: cover is over all that the standard has."""
HEADS = ("severity", "risk_area_title", "cover", "percent")


def by_area(view: View) -> None:
    """Draw the mean of the countries for each principle, and their range: of respect, whatever is chosen elsewhere."""
    words, view = view.words, view.of_respect()
    table = ask(view.published, "areas", view.parameters())
    why = explained(words, [areas_finding(table, view)]) if table.num_rows else ""
    draw_told(as_html(view.area_word().sorted(words, view.kind_word())), why)
    if not table.num_rows:
        st.caption(words("overview.nothing", reset=view.reset()))
        return
    show_chart(
        table,
        spec_of(areas.areas, view, bands(view)),
        view,
        key="areas_chart",
        alt=words("areas.alt"),
        opens=areas.SELECTION,
        figure={"kind": view.state.kind},
        columns=(*AREA_COLUMNS, *target_columns(table)),
        keys=_area_keys(view, table),
    )


def _area_keys(view: View, table: pa.Table) -> Iterator[Mark]:
    """Yield the marks of the chart of principles."""
    of_means = (table[name].to_pylist() for name in ("mean", "band"))
    yield dots(colours_of(view)), view.words("overview.mean_key")
    yield from band_keys(view)
    if any(mean is not None and band is None for mean, band in zip(*of_means, strict=True)):
        yield hollow_dot(look_of(theme()).ink), view.words("chart_key.few", below=view.count_below())
    yield range_key(view, look_of(theme()))
    yield "n=", view.words("overview.answers_key")
    yield from failed_key(view, table)
    yield from target_keys(view, table)


def by_risk_area(view: View) -> None:
    """List the areas of the most severe risks, and how far answers cover them; as a chart, it can be carried away."""
    words = view.words
    rows = escaped_rows(view.published, EXPOSURES, view.parameters())
    keys = (*grades_key(view, "severity"), (dots(colours_of(view)), words("overview.cover_key")))
    why = explained(words, (exposures_finding(rows, view), words("overview.exposures_help")))
    if rows:
        heads = "".join(f"<th>{as_html(words(f'column.{name}'))}</th>" for name in HEADS)
        body = "".join(_exposure(view, row) for row in rows)
        listed = f'<table class="cover"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
        told = [legend_html(keys), listed]
        table, spec = (
            ask(view.published, "exposures", view.parameters()),
            spec_of(exposures.exposures, view, bands(view)),
        )
        marks = tuple(in_a_picture(keys))
        carry(table, spec, "exposures_chart", words("exposures.alt"), marks, table.select(list(EXPOSURE_COLUMNS)))
    else:
        told = [f"<p>{as_html(words('overview.no_ratings'))}</p>"]
    draw_told(as_html(words("overview.exposures")), why, *told)


def _exposure(view: View, row: ExposuresRow) -> str:
    """Return one area as a row of HTML: its severity, its title, and its cover as a dot from 0 to 100 and in words."""
    chosen = {"risk_area": (row["risk_area"],)}
    cover = _cover(view, row)
    said = view.words(
        "exposures.sentence",
        risk_area=row["risk_area_title"],
        severity=row["severity"],
        risk=row["most_severe"],
        n=row["n_at_severity"],
        of=row["n_rated"],
        figure=cover,
        answered=row["n_answered"] or 0,
        applicable=row["n_applicable"] or 0,
    )
    title = _link("risks", view, row["risk_area_title"], **chosen)
    explained_by = {**WHOLE, **chosen, "kind": "respect", "common": ""}
    figure = (
        _link("number", view, cover, **explained_by) if row["band"] or row["reading"] == "count" else as_html(cover)
    )
    colour, percent = band_colour(view, row["band"]), row["percent"]
    dot = "" if percent is None or not colour else f'<i style="left: {percent:.0f}%; background: {colour}"></i>'
    track = f"<div>{dot}</div>" if row["band"] else ""
    return (
        f'<tr title="{escape(escape_label(said))}"><td>{as_html(grade_mark(view, "severity", row["severity"]))}</td>'
        f'<th scope="row">{title}</th><td>{track}</td><td>{figure}</td></tr>'
    )


def _link(page: str, view: View, text: str, **changes: object) -> str:
    address = f"{page}?{urlencode(with_state(view.state, **changes))}"
    return as_html(f"[{text}]({address})")


def _cover(view: View, row: ExposuresRow) -> str:
    """Return the cover in words: figure and band, few answers themselves, or why there is none.

    The band alone while its figure is withheld.
    """
    shown, band = cover_shown(row), (row["band_title"] or "").lower()
    if shown == "figure":
        return f"{row['percent']:.0f} {band}"
    if shown == "count":
        return reading_text(view, row)
    return band if shown == "band" else view.words(f"exposures.{shown}")
