"""Heat map: how far is each country in each principle, and where is there nothing to say?"""

import streamlit as st

from dashboard.charts.heatmap import SELECTION, heatmap
from dashboard.queries.ask import ask, ask_ahead
from dashboard.ui.elements.choose import choose_common, choose_kind
from dashboard.ui.elements.number import show_opened
from dashboard.ui.elements.sentences import band_legend, comparability, heatmap_finding
from dashboard.ui.elements.show import bands, headline, show_chart, spec_of
from dashboard.ui.elements.targets import sign_legend, target_columns
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view

CELL_COLUMNS = ("country_title", "area_title", "reading", "percent", "low", "high", "n_answered", "n_applicable")

view = open_view("heatmap")
words = view.words

left, right = st.columns([2, 1], vertical_alignment="bottom")
with left:
    choose_kind(view)
with right:
    choose_common(view)

ask_ahead(view.published, ("heatmap", "heatmap_finding"), view.parameters())
cells = ask(view.published, "heatmap", view.parameters())
found = next(iter(escaped_rows(view.published, "heatmap_finding", view.parameters())), None)
headline(heatmap_finding(found, view))
inherited = words("heatmap.inherited") if view.parameters()["counting"] == "inherited" else ""
if found and found["n_countries"]:
    st.caption(words("heatmap.subtitle"))
    show_chart(
        cells,
        spec_of(heatmap, view, bands(view)),
        view,
        key="heatmap_chart",
        alt=words("heatmap.alt"),
        opens=SELECTION,
        columns=(*CELL_COLUMNS, *target_columns(cells)),
        legend=" · ".join(filter(None, (band_legend(view), sign_legend(view, cells), inherited))),
    )
    st.caption(comparability(found, view))
show_opened(view)
