"""*Export*: the charts of a page as pictures, its figures, and packs, which another process makes.

The lists appear once *Export* is open, and are filled after the page is drawn: only then are its contents known. One
pack is made at a time on a server, because drawing its charts takes all of one core.
"""

import threading
from collections.abc import Mapping
from functools import partial
from threading import BoundedSemaphore
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.exports.packs.printed import can_print
from dashboard.exports.picture import PICTURES
from dashboard.loading.process_limits import readable
from dashboard.model.filters import FILTERS
from dashboard.model.pages import HIDDEN, PAGES
from dashboard.model.problem import Problem, Progress, sentence
from dashboard.model.view_state import OF_FIGURES, to_query
from dashboard.store.disk import store_folder
from dashboard.store.named_files import stored_views
from dashboard.tasks.pack import PACK_FORMATS, MadePack, make_pack
from dashboard.tasks.pack_views import AUDIENCES, ChosenViews, PackRequest, for_audience, of_steps
from dashboard.ui import page_content, session
from dashboard.ui.elements.show import offer
from dashboard.ui.escape import escape_problem
from dashboard.ui.page_content import DrawnChart
from dashboard.ui.session_state import PACK_MADE
from dashboard.ui.versions import masking
from dashboard.ui.versions.masking import ON as SAFE
from dashboard.ui.view import View, ViewSource

SAVED = "saved"
"""The choice of saved views instead of those for an audience."""
FIRST = ("pptx",)
OF_ALL = ("framework", "round", "kind", "counting", "common", *FILTERS)
"""What is chosen on this page and applies to every view for an audience."""
AT_ONCE = BoundedSemaphore(1)


def offer_pack(view: View) -> None:
    """Draw the choices, the button, and what was made last; of a preview, which only its session can read, none."""
    words = view.words
    st.markdown(f"**{words('pack.label')}**", help=words("pack.help"))
    if view.source is ViewSource.TRIAL:
        st.caption(words("pack.preview"))
        return
    whose = {code: words(f"pack.for_{code}") for code in (*AUDIENCES, *([SAVED] if _saved(view) else []))}
    chosen = st.selectbox(
        words("pack.views"), list(whose), format_func=lambda code: whose.get(code, code), key="pack_views"
    )
    known = [name for name in PACK_FORMATS if name != "pdf" or can_print()]
    formats = st.pills(
        words("pack.formats"),
        known,
        selection_mode="multi",
        default=FIRST,
        format_func=lambda name: words(f"pack.as_{name}"),
        key="pack_formats",
    )
    if st.button(words("pack.make"), key="pack_make", icon=":material/slideshow:", disabled=not formats):
        PACK_MADE.pop()
        _make(view, str(chosen), [str(name) for name in formats])
    _offer_made(view)


def _saved(view: View) -> ChosenViews | None:
    """Return the views that this visitor can list; None if there are none, or people's texts may not be shown."""
    if view.withholds:
        return None
    steps = (*stored_views(store_folder())[0].values(), *session.kept()[0])
    return ChosenViews(of_steps(steps, {})) if steps else None


def _make(view: View, name: str, formats: list[str]) -> None:
    """Make the pack with a progress bar, unless another is being made."""
    words = view.words
    if not AT_ONCE.acquire(blocking=False):
        st.warning(words("pack.busy"))
        return
    bar = st.progress(0.0)

    def progress(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), text=words("first.step", percent=int(100 * share), step=words(f"first.{step}")))

    try:
        made = _made(view, name, formats, progress)
    finally:
        AT_ONCE.release()
        bar.empty()
    if isinstance(made, Problem):
        st.warning(sentence(escape_problem(made), words))
    else:
        PACK_MADE.set((name, dict(made.files)))


def _made(view: View, name: str, formats: list[str], progress: Progress) -> MadePack | Problem:
    chosen = (_saved(view) if name == SAVED else None) or for_audience(
        view.published, name, _filters(view), view.today, view.masked
    )
    aliases = masking.aliases_here().numbers if view.masked else {}
    asked = PackRequest(store_folder(), chosen.views, session.person(), view.words.language, view.masked, aliases)
    return make_pack(
        asked, chosen, {one: PACK_FORMATS[one] for one in formats}, view.published.revision, view.words, progress
    )


def _filters(view: View) -> Mapping[str, str]:
    """Return the filters of this page, and its scenario if it shows one."""
    scenario = ("imagined",) if view.source is ViewSource.SCENARIO else ()
    return {name: text for name, text in to_query(view.state).items() if name in (*OF_ALL, *scenario)}


def _offer_made(view: View) -> None:
    made = PACK_MADE.get()
    if made is None:
        return
    name, files = made
    with st.container(horizontal=True, gap="small"):
        for end, content in files.items():
            label = view.words("pack.download", format=view.words(f"pack.as_{end}"), size=readable(len(content)))
            offer(view, label, content, f"{name}.{end}", f"pack_file_{end}")


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
    view, charts = page_content.of_this_run()
    within, _place.within = _place.within, None
    if within is None or view is None:
        return
    with within:
        _pictures(view, charts)
        _figures(view)
        offer_pack(view)


def _pictures(view: View, charts: tuple[DrawnChart, ...]) -> None:
    """List each chart with a button per picture format; pictures are drawn on request."""
    if not charts:
        return
    st.markdown(f"**{view.words('export.charts')}**")
    for drawn in charts:
        told, chart = page_content.told_of(drawn, view), page_content.chart_of(drawn)
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
    if view.source is not ViewSource.PUBLISHED:
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
