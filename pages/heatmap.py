"""Heat map: how far is each country on each principle, and where is there nothing to report?"""

import streamlit as st

from dashboard.charts.heatmap import SELECTION, heatmap
from dashboard.queries.ask import ask
from dashboard.ui import choices
from dashboard.ui.compare.heatmap import (
    in_a_picture,
    in_short,
    laid_out,
    marks,
    note,
    order_choice,
    shape,
    show_heads,
    show_key,
    show_silent,
)
from dashboard.ui.compare.heatmap_groups import (
    as_subjects,
    cells_of_groups,
    groups_finding,
    groups_shown,
    link_to_compare,
)
from dashboard.ui.elements.choose import common_choice
from dashboard.ui.elements.legend import show_legend
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.sentences import comparability, heatmap_finding
from dashboard.ui.elements.show import bands, headline, show_chart, spec_of
from dashboard.ui.elements.targets import target_columns
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.html import draw_caption

CELL_COLUMNS = ("country_title", "area_title", "reading", "percent", "low", "high", "n_answered", "n_applicable")

view = open_view("heatmap")
words = view.words

choices.draw(words, order_choice(view), common_choice(view))

groups = groups_shown(view)
if groups:
    cells, found = cells_of_groups(view, groups), None
    headline(groups_finding(view, cells))
else:
    cells = ask(view.published, "heatmap", view.parameters())
    found = next(iter(escaped_rows(view.published, "heatmap_finding", view.parameters())), None)
    headline(heatmap_finding(found, view))
if groups or (found and found["n_countries"]):
    laid = laid_out(view, cells)
    show_legend(marks(view, laid), note(view), in_short(view, laid))
    with st.container(key="heatmap_drawn", gap=None):
        show_heads(laid)
        show_chart(
            laid.rows,
            spec_of(heatmap, view, bands(view), shape(laid)),
            view,
            key="heatmap_chart",
            alt=words("heatmap.alt"),
            opens="" if groups else SELECTION,
            columns=("subject_title", *CELL_COLUMNS[1:]) if groups else (*CELL_COLUMNS, *target_columns(cells)),
            told=as_subjects(laid.cells) if groups else laid.cells,
            explained=in_a_picture(view, laid),
        )
    show_key(laid)
    show_silent(view, laid)
    if groups:
        link_to_compare(view, groups)
    else:
        draw_caption(comparability(found, view))
show_opened(view)
