"""How is a pack made on a page? Views and formats are chosen under *Export*; another process reads the views.

One pack is made at a time on a server, because drawing its charts takes all of one core.
"""

from collections.abc import Mapping
from threading import BoundedSemaphore

import streamlit as st

from dashboard.exports.packs.printed import can_print
from dashboard.loading.apart.limits import readable
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, sentence
from dashboard.model.view.filters import FILTERS
from dashboard.model.view.view_query import to_query
from dashboard.store.location import store_folder
from dashboard.store.reading.views import stored_views
from dashboard.tasks.packs.asked import Asked
from dashboard.tasks.packs.making import FORMATS, Made, make
from dashboard.tasks.packs.views import AUDIENCES, Chosen, for_audience, of_steps
from dashboard.ui import browser_views, session
from dashboard.ui.elements.download import offer
from dashboard.ui.escape import escape_problem
from dashboard.ui.session_keys import PACK_MADE
from dashboard.ui.versions import masking
from dashboard.ui.view import Source, View

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
    if view.source is Source.TRIAL:
        st.caption(words("pack.preview"))
        return
    whose = {code: words(f"pack.for_{code}") for code in (*AUDIENCES, *([SAVED] if _saved(view) else []))}
    chosen = st.selectbox(
        words("pack.views"), list(whose), format_func=lambda code: whose.get(code, code), key="pack_views"
    )
    known = [name for name in FORMATS if name != "pdf" or can_print()]
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


def _saved(view: View) -> Chosen | None:
    """Return the views that this visitor can list; None if there are none, or people's texts may not be shown."""
    if view.withholds:
        return None
    steps = (*stored_views(store_folder())[0].values(), *browser_views.kept()[0])
    return Chosen(of_steps(steps, {})) if steps else None


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


def _made(view: View, name: str, formats: list[str], progress: Progress) -> Made | Problem:
    chosen = (_saved(view) if name == SAVED else None) or for_audience(name, _filters(view))
    aliases = masking.aliases_here().numbers if view.masked else {}
    asked = Asked(store_folder(), chosen.views, session.person(), view.state.lang, view.masked, aliases)
    return make(asked, chosen, {one: FORMATS[one] for one in formats}, view.published.revision, view.words, progress)


def _filters(view: View) -> Mapping[str, str]:
    """Return the filters of this page, and its scenario if it shows one."""
    scenario = ("imagined",) if view.source is Source.SCENARIO else ()
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
