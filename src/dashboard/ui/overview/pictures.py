"""The Overview's two charts, each with a legend of every mark above it: by principle and by risk area."""

import streamlit as st

from dashboard.charts import areas, exposures
from dashboard.queries.ask import ask
from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.marks import grades_legend
from dashboard.ui.elements.sentences import areas_finding, exposures_finding
from dashboard.ui.elements.show import bands, show_chart, spec_of
from dashboard.ui.elements.swatches import band_swatches
from dashboard.ui.elements.targets import sign_legend, target_columns
from dashboard.ui.html import draw_html, draw_told, explained
from dashboard.ui.marked import as_html
from dashboard.ui.view import View

AREA_COLUMNS = ("area_code", "area_title", "mean", "lowest", "highest", "n_shown", "n_countries", "band_title")
EXPOSURE_COLUMNS = (
    "risk_area_title", "severity", "most_severe", "n_at_severity", "n_rated", "percent", "coverage", "n_answered",
    "n_applicable",
)  # fmt: skip


def by_area(view: View) -> None:
    """Draw the mean of the countries for each principle, and their range."""
    words = view.words
    table = ask(view.published, "areas", view.parameters())
    choose_kind(view, as_html(view.area_word().sorted(words)))
    if not table.num_rows:
        st.caption(words("overview.nothing", reset=view.reset()))
        return
    marks = (words("overview.areas_legend", bands=band_swatches(view)), sign_legend(view, table))
    show_chart(
        table,
        spec_of(areas.areas, view, bands(view)),
        view,
        key="areas_chart",
        alt=words("areas.alt"),
        opens=areas.SELECTION,
        columns=(*AREA_COLUMNS, *target_columns(table)),
        explained=marks,
    )
    why = explained(words, [areas_finding(table, view)])
    draw_html(f'<div class="legend">{as_html(" · ".join(filter(None, marks)))}{why}</div>')


def by_risk_area(view: View) -> None:
    """Draw the areas of the most severe risks, and how far answers cover them."""
    words = view.words
    table = ask(view.published, "exposures", view.parameters())
    legend = words("overview.exposures_legend", grades=grades_legend(view, "severity"))
    why = explained(words, (exposures_finding(table, view), words("overview.exposures_help")))
    marks = f'<div class="legend">{as_html(legend)}</div>' if table.num_rows else ""
    draw_told(as_html(words("overview.exposures")), why, marks)
    if not table.num_rows:
        st.caption(words("overview.no_ratings"))
        return
    show_chart(
        table,
        spec_of(exposures.exposures, view, bands(view)),
        view,
        key="exposures_chart",
        alt=words("exposures.alt"),
        opens=exposures.SELECTION,
        figure={"kind": "respect"},
        columns=EXPOSURE_COLUMNS,
        explained=(legend,),
    )
