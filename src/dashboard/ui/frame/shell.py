"""Draws what surrounds every page, and makes the one view state that is also the address.

See docs/decisions/0017-pages.md.
"""

import threading
from contextlib import ExitStack
from copy import copy
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.deployment import happened
from dashboard.model.pages import OWN_PART
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import ViewState
from dashboard.model.words import Words
from dashboard.queries.ask import finish, spent
from dashboard.queries.every_page import ILLUSTRATIVE
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError
from dashboard.store.overlays import in_language
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.commit import disk_trouble
from dashboard.store.reader import Published
from dashboard.ui import page_content, session
from dashboard.ui.escape import escape_problem, escaped_rows
from dashboard.ui.frame import address, export_menu, filter_bar, first_visit, navigation, tour
from dashboard.ui.frame.first_visit import begin_store, require_somebody_asked
from dashboard.ui.glossary import with_ways
from dashboard.ui.html import as_address, draw_caption
from dashboard.ui.session import shown_next
from dashboard.ui.session_state import ENTERED, LANDED, SAID_ONCE
from dashboard.ui.versions import restricted_copy
from dashboard.ui.versions.page_version import ShownVersion, draw_banner, leads, what_is_shown
from dashboard.ui.view import View, ViewSource, chosen_in_words

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

PACKAGE = "child_rights_dashboard"
_frame = threading.local()
ICON = as_address(Path(__file__).with_name("icon.svg").read_text("utf-8"))


def front_door() -> None:
    """Run the chosen page inside the frame; this is all that `app.py` does."""
    started = perf_counter()
    page = _navigate()
    _land(page)
    try:
        with ExitStack() as ending:
            ending.push(_note_error)
            _frame.view = _drawn(navigation.name_of(page))
            page.run()
            export_menu.fill()
    finally:
        _frame.view = None
        page_content.end()
        spent("total", perf_counter() - started)
        finish(page.url_path)


def _note_error(kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
    """Note what ended a run by mistake, and say so if it was the store; anything else passes.

    Streamlit ends runs by exceptions of its own, too.
    """
    if kind is not None and issubclass(kind, Exception):
        happened("error", kind=kind.__name__)
    if not isinstance(error, StoreError):
        return False
    st.error(sentence(escape_problem(error.problem), read_words(_language())))
    return True


def open_view(page: str) -> View:
    """Return the view of a page; every page calls this first, also when it was reached without `app.py`.

    Then it draws the frame itself, and stops the run with a sentence if there is nothing to show.
    """
    view: View | None = getattr(_frame, "view", None)
    if view is None:
        _navigate()
        _enter_by_the_front_door()
        view = _drawn(page)
    return view


def _drawn(page: str) -> View:
    """Draw what surrounds a page before it runs, so that the browser keeps it from page to page."""
    st.html(_style())
    _component()(key="in_browser")
    words = read_words(_language())
    query = tour.led_from(page, address.as_chosen(page, address.asked()))
    real = _published(words, query)
    shown, query = what_is_shown(real, query, words)
    if not shown.known.frameworks():
        return _drawn_without_answers(page, shown, words)
    state, problems = address.read_url(shown.known, page, query)
    language = state.lang or session.own_language()
    spoken = in_language(shown.published, language)
    words = with_ways(read_words(language))
    filter_bar.draw(spoken, shown.known, state, words, page)
    address.write_url(state, page)
    view = View(page, state, words, spoken, shown.known, date.today(), shown.source)
    page_content.begin(view)
    if shown.source is ViewSource.TOUR:
        restricted_copy.keep(real)
        tour.draw(view)
    navigation.show_opened(view)
    draw_banner(view, shown)
    _above(view, problems)
    page_content.keep_place(st.container(gap=None))
    first_visit.draw_welcome(view)
    return view


def _drawn_without_answers(page: str, shown: ShownVersion, words: Words) -> View:
    """Return the view of the page that takes in lists while nobody has been asked anything; other pages end here."""
    view = View(page, ViewState(), words, shown.published, shown.known, date.today(), shown.source)
    page_content.begin(view)
    require_somebody_asked(view)
    return view


def _land(page: "st.Page") -> None:
    """Begin a visit that asks for no address with what its person has to do, if they answer or review."""
    if LANDED.is_set():
        return
    LANDED.set(True)
    if not page.url_path and not st.query_params.to_dict() and session.has_own_work():
        st.switch_page("pages/collect.py", query_params={"part": OWN_PART})


def end_page() -> NoReturn:
    """End the run of a page that has no more to show; what *Export* offers is still listed."""
    export_menu.fill()
    st.stop()


def _enter_by_the_front_door() -> None:
    """Run once more through `app.py`, because Streamlit names widgets by the script that draws them.

    Otherwise, the first visitor's first click after a restart would be lost: it would arrive under a name that the next
    run does not know. Done once per session, so that it cannot loop.
    """
    if not ENTERED.is_set():
        ENTERED.set(True)
        st.rerun()


@cache
def _component() -> "ComponentRenderer":
    """Return what runs in the browser beside Streamlit; made in a run, since its files belong to a running server."""
    return st.components.v2.component("child-rights-dashboard.page", js="page.js", isolate_styles=False)


@cache
def _style() -> str:
    """Return our styles as one element; they come before what they apply to."""
    folder = files(PACKAGE).joinpath("page")
    return f"<style>{''.join(folder.joinpath(name).read_text('utf-8') for name in ('page.css', 'filters.css'))}</style>"


def _navigate() -> "st.Page":
    words = read_words(_language())
    # Hidden: our own links carry the view, so new tabs and Back keep it. Each run uses its own copy.
    page = st.navigation([copy(page) for page in navigation.pages_in(words).values()], position="hidden")
    # Pages have no Material icon: Streamlit would fetch it, like the favicon, from an outside server.
    st.set_page_config(
        page_title=f"{page.title} · {words('shell.title')}",
        page_icon=ICON,
        layout="wide",
    )
    return page


def _language() -> str:
    wanted = shown_next("lang", address.asked())
    return wanted if wanted in languages() else session.own_language()


def _published(words: Words, query: dict[str, str]) -> Published:
    """Return the publication a running tour began with, if it is still kept; otherwise the one in force."""
    try:
        frozen = restricted_copy.kept_open(shown_next("publication", query), session.person())
        if frozen is not None and leads(query, known_codes(frozen)):
            return frozen
        published = restricted_copy.current(session.person())
        if published is None:
            begin_store(words)
            published = restricted_copy.current(session.person())
    except StoreError as error:
        st.error(sentence(escape_problem(error.problem), words))
        # Whoever has no role yet may want to sign in as somebody else.
        navigation.signed_in(words)
        st.stop()
    if published is None:
        st.info(words("shell.nothing_published"))
        st.stop()
    return published


def _real(view: View) -> str:
    """Return what is real on a page below the mark of illustrative answers, to stand between two other texts."""
    page, state = view.page, view.state
    facts = (page, state.part) == ("country", "facts") or (page, state.show_as, state.shade) == (
        "heatmap",
        "map",
        "context",
    )
    key = "shell.real_facts" if facts else "shell.real_cases" if page in ("cases", "case") else ""
    return f"**{view.words(key)}** " if key else ""


def _above(view: View, problems: tuple[Problem, ...]) -> None:
    """Show what comes above every page: what was just done elsewhere, what is not shown, and the sample data banner."""
    if done := SAID_ONCE.pop():
        st.success(done)
    address.draw_notices(view, problems)
    if trouble := disk_trouble(store_folder()):
        st.warning(sentence(escape_problem(trouble), view.words))
    address.draw_sight(view)
    (row,) = escaped_rows(view.published, ILLUSTRATIVE, view.parameters())
    banner = f"**{view.words('shell.illustrative')}** {_real(view)}" if row["illustrative"] else ""
    draft = view.words("translation.on_page") if view.words.is_draft else ""
    if said := banner + " · ".join(filter(None, (chosen_in_words(view), draft))):
        draw_caption(said, "illustrative" if banner else "")
    if short := page_content.short_starts(view, row["short_starts"]):
        draw_caption(short)
