"""The lists in *Share* of what can be carried away of a page: its charts as pictures, its figures, and print.

They stand in *Share* once it is open, and are filled when the page is drawn: only then is it known what it shows.
"""

import threading
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.exports.picture import PICTURES
from dashboard.model.pages import OUTSIDE, PAGES
from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import OF_FIGURES
from dashboard.ui import carried
from dashboard.ui.carried import Drawn
from dashboard.ui.elements.download import offer
from dashboard.ui.versions.masking import ON as SAFE
from dashboard.ui.view import Source, View

FILES = ("xlsx", "csv")
"""What figures are given as, of the formats below `/api/`."""


class _Place(threading.local):
    """Where the lists of this run stand; None while *Share* is closed."""

    within: DeltaGenerator | None = None


_place = _Place()


def keep_place(is_open: bool) -> None:
    """Keep the place for the lists where the run is; a closed *Share* has none."""
    _place.within = st.container(gap="xsmall") if is_open else None


def fill() -> None:
    """List what the page that was just drawn gives."""
    view, charts = carried.of_this_run()
    within, _place.within = _place.within, None
    if within is None or view is None:
        return
    with within:
        _print(view)
        _pictures(view, charts)
        _figures(view)


def _print(view: View) -> None:
    """The button whose click `server/page.js` takes: a browser prints, and the server has nothing to do."""
    st.button(view.words("share.print"), key="print_view", icon=":material/print:", type="tertiary")


def _pictures(view: View, charts: tuple[Drawn, ...]) -> None:
    """Each chart with a button for each kind of picture, which is drawn when it is asked for."""
    if not charts:
        return
    st.markdown(f"**{view.words('share.charts')}**")
    for drawn in charts:
        told, chart = carried.told_of(drawn, view), carried.chart_of(drawn)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(drawn.subject, width="stretch")
            for end, draw in PICTURES.items():
                name, key = f"{drawn.key}.{end}", f"picture_{drawn.key}_{end}"
                offer(view, view.words(f"share.as_{end}"), partial(draw, chart, told), name, key, "tertiary")


def _figures(view: View) -> None:
    """Each table of the page, with a link to its file below `/api/` for each kind."""
    words = view.words
    tables = [name for name in shown_tables(view) if not (view.masked and name in OUTSIDE)]
    if not tables:
        return
    lines = [
        f"- {words(f'table.{name}')}: "
        + " · ".join(f"[{words(f'share.as_{end}')}]({_address(view, name, end)})" for end in FILES)
        for name in tables
    ]
    st.markdown(f"**{words('share.figures')}**\n\n" + "\n".join(lines))
    if view.source is not Source.PUBLISHED:
        st.caption(words("share.figures_published"))


def shown_tables(view: View) -> list[str]:
    """The tables of the page for which all is chosen that they need."""
    return [name for name, needs in PAGES[view.page].tables.items() if all(getattr(view.state, one) for one in needs)]


def _address(view: View, table: str, end: str) -> str:
    """The address of a table for the present choice, beside that of the page."""
    query = {name: codes for name, codes in to_query(view.state).items() if name in (*OF_FIGURES, SAFE)}
    return f"./api/{view.page}.{end}?{urlencode({**query, 'table': table}, safe=',')}"
