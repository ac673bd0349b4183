"""What does *Export* offer from a page? Its charts as pictures, its figures, and packs.

The lists appear in *Export* once it is open, and are filled after the page is drawn: only then are its contents known.
"""

import threading
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.exports.picture import PICTURES
from dashboard.model.pages import HIDDEN, PAGES
from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import OF_FIGURES
from dashboard.ui import carried
from dashboard.ui.carried import Drawn
from dashboard.ui.elements.download import offer
from dashboard.ui.frame.packing import offer_pack
from dashboard.ui.versions.masking import ON as SAFE
from dashboard.ui.view import Source, View

FILES = ("xlsx", "csv")
"""File formats for figures, among those below `/api/`."""


class _Place(threading.local):
    """The place for this run's lists; None while *Export* is closed."""

    within: DeltaGenerator | None = None


_place = _Place()


def keep_place(within: DeltaGenerator | None) -> None:
    """Set the place for this run's lists; a closed *Export* has none."""
    _place.within = within


def fill() -> None:
    """List what the page just drawn offers."""
    view, charts = carried.of_this_run()
    within, _place.within = _place.within, None
    if within is None or view is None:
        return
    with within:
        _pictures(view, charts)
        _figures(view)
        offer_pack(view)


def _pictures(view: View, charts: tuple[Drawn, ...]) -> None:
    """List each chart with a button per picture format; pictures are drawn on request."""
    if not charts:
        return
    st.markdown(f"**{view.words('export.charts')}**")
    for drawn in charts:
        told, chart = carried.told_of(drawn, view), carried.chart_of(drawn)
        st.markdown(drawn.subject)
        with st.container(horizontal=True, gap="small"):
            for end, draw in PICTURES.items():
                name, key = f"{drawn.key}.{end}", f"picture_{drawn.key}_{end}"
                offer(view, view.words(f"export.as_{end}"), partial(draw, chart, told), name, key, "tertiary")


def _figures(view: View) -> None:
    """List each table of the page with a link to its file below `/api/` in each format."""
    words = view.words
    tables = [name for name in shown_tables(view) if not (view.masked and name in HIDDEN)]
    if not tables:
        return
    lines = [
        f"- {words(f'table.{name}')}: "
        + " · ".join(f"[{words(f'export.as_{end}')}]({_address(view, name, end)})" for end in FILES)
        for name in tables
    ]
    st.markdown(f"**{words('export.figures')}**\n\n" + "\n".join(lines))
    if view.source is not Source.PUBLISHED:
        st.caption(words("export.figures_published"))


def shown_tables(view: View) -> list[str]:
    """Return the tables of the page for which everything they need is chosen."""
    return [name for name, needs in PAGES[view.page].tables.items() if all(getattr(view.state, one) for one in needs)]


def _address(view: View, table: str, end: str) -> str:
    """Return the address of a table for the current filters, relative to that of the page."""
    query = {name: codes for name, codes in to_query(view.state).items() if name in (*OF_FIGURES, SAFE)}
    # Whoever clicks here opens a CSV file in Excel.
    for_excel = {"excel": "yes"} if end == "csv" else {}
    return f"./api/{view.page}.{end}?{urlencode({**query, 'table': table, **for_excel}, safe=',')}"
