"""The frame round every page: navigation, filter bar, banner, and the one view state that is also the URL."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

import streamlit as st

from dashboard.loading.words_file import languages, read_words
from dashboard.model.known import Known
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import FIELDS, ViewState, from_query, settled, to_query
from dashboard.model.words import Words
from dashboard.queries.ask import Value
from dashboard.queries.timing import finish, spent
from dashboard.store.codes import known_in
from dashboard.store.history import StoreError
from dashboard.store.open import Published
from dashboard.ui import exercise, filter_bar, imagined, safe, tour, trial
from dashboard.ui.first_publication import make_first_publication
from dashboard.ui.plain import plain, rows
from dashboard.ui.scenario import imagines
from dashboard.ui.session import PAGES, SECTIONS, held_state, hold, more_words, reader, shown_next

_frame = threading.local()
NOT_CHOSEN: dict[str, Value] = {
    "within": (),
    "search": (),
    "row_code": "",
    "column_code": "",
    "earlier_edition": "",
    "later_edition": "",
    "picture": "inherent",
}
"""Parameters that are no field of the view: a page gives them, and without it they keep to nothing."""
ICON = str(Path(__file__).with_name("icon.svg"))


@dataclass(frozen=True)
class View:
    """What a page is given: the choice, the words, the publication, and the day it is read on."""

    page: str
    state: ViewState
    words: Words
    published: Published
    known: Known
    today: date
    on_trial: bool = False
    """Whether this is a file on trial, and not what is published."""
    imagined: bool = False
    """Whether this is a scenario, and not what is published."""

    @property
    def safe(self) -> bool:
        """Whether names are hidden, and what people wrote is left out."""
        return self.published.safe

    def given(self, **more: Value) -> dict[str, Value]:
        """Every parameter a question may name."""
        fields = {name: getattr(self.state, name) for name in FIELDS}
        lang = self.known.wording(self.state.lang)
        given = {**NOT_CHOSEN, **fields, "lang": lang, "today": self.today, **more}
        if self.state.common == "yes":
            given["within"] = self._common(given)
        return given

    def _common(self, given: dict[str, Value]) -> tuple[str, ...]:
        """The criteria that every shown country has answered; a code that nothing bears when there is none."""
        return tuple(row["criterion"] for row in rows(self.published, "common", given)) or ("",)

    def area_word(self) -> str:
        """What the framework in view calls its areas: `principle` or `area`."""
        (row,) = rows(self.published, "area_word", self.given())
        return str(row["area_word"])

    def query(self) -> dict[str, str]:
        """The URL parameters of this view, for links to other pages."""
        return to_query(self.state)


def front_door() -> None:
    """Run the chosen page inside the frame. The whole of `app.py`."""
    started = perf_counter()
    page = _navigate()
    _frame.drawn = True
    try:
        page.run()
    finally:
        _frame.drawn = False
        spent("total", perf_counter() - started)
        finish(page.url_path)


def open_view(page: str) -> View:
    """The first call of every page: the frame (also when the page was reached without `app.py`) and the view.

    Stops the run with a sentence when there is nothing that can be shown.
    """
    if not getattr(_frame, "drawn", False):
        _navigate()
        _enter_by_the_front_door()
    words = read_words(_language(), more_words())
    query = tour.led_from(page, st.query_params.to_dict())
    real = _published(words, query)
    in_force = safe.shown(real, words, query)
    query = safe.told_by_alias(query, words)
    # A room sees what its presenter sees in another window, and what is kept for a tour is open to all: no trial.
    led = tour.leads(query, known_codes(in_force))
    private = None if led else trial.on_trial(words, date.today())
    private = None if private is None else safe.shown(private, words, query)
    published = private if private is not None and trial.shows_trial() else in_force
    # One private publication at a time: a scenario waits for a file on trial, as both wait for a tour.
    waits = led or private is not None
    dream = None if waits else imagined.imagined_now(words, in_force, known_codes(in_force), query, real)
    dreaming = dream is not None and imagines()
    published = dream.published if dream is not None and dreaming else published
    known = known_codes(published)
    problems = _arrive(known, page, query)
    words = read_words(_language(), more_words())
    state = filter_bar.draw(published, known, words, page)
    words = read_words(state.lang, more_words())
    _write_query(state, page)
    view = View(page, state, words, published, known, date.today(), published is private, dreaming)
    if private is not None:
        trial.mark(words, private, in_force, view.given())
    if led:
        reader().keep(real)
        tour.draw(view)
        trial.tell_waiting(words)
    if dream is not None:
        imagined.mark(words, dream, in_force, view.given())
    elif waits and state.imagined:
        imagined.tell_waiting(words)
    _above(view, problems)
    return view


def _enter_by_the_front_door() -> None:
    """Run once more, now through `app.py`: Streamlit names widgets by the script they are drawn from.

    Left as it is, the first click of the first visitor after a restart would be lost: it would come back under a name
    that the next run does not know. Asked once a session, so that nothing can go round and round.
    """
    if "entered" not in st.session_state:
        st.session_state["entered"] = True
        st.rerun()


def _navigate() -> "st.Page":
    words = read_words(_language(), more_words())
    sections: dict[str, Sequence[object]] = {
        words(f"section.{section}"): [
            st.Page(
                Path("pages") / f"{name}.py",
                title=words(f"page.{name}"),
                url_path=None if PAGES[name].default else name,
                default=PAGES[name].default,
                visibility="visible" if PAGES[name].shown else "hidden",
            )
            for name in names
        ]
        for section, names in SECTIONS.items()
    }
    # Hidden: our own links in the sidebar carry the view along, so that a new tab and one step Back keep it.
    page = st.navigation(sections, position="hidden")  # type: ignore[arg-type]
    # Pages have no Material icon: Streamlit would fetch it from outside, as the favicon.
    st.set_page_config(
        page_title=f"{page.title} · {words('shell.title')}",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state="collapsed" if tour.runs() else "auto",
    )
    return page


def _language() -> str:
    known = languages(more_words())
    wanted = st.session_state.get("lang") or st.query_params.get("lang")
    return wanted if wanted in known else known[0]


def _published(words: Words, query: dict[str, str]) -> Published:
    """What a tour began with, while one is led and it is kept; else what is in force."""
    frozen = reader().kept(shown_next("publication", query))
    if frozen is not None and tour.leads(query, known_codes(frozen)):
        return frozen
    try:
        published = reader().current()
        if published is None:
            make_first_publication(words)
            published = reader().current()
    except StoreError as error:
        st.error(sentence(error.problem, words))
        st.stop()
    if published is None:
        st.info(words("shell.nothing_published"))
        st.stop()
    return published


def known_codes(published: Published) -> Known:
    """The codes a view state may hold in this publication, and the languages there are words for.

    Gathered once per publication: with thousands of operations it would cost more than the page.
    """
    spoken = languages(more_words())
    key = ("known codes", spoken)
    known = published.answers.get(key)
    if not isinstance(known, Known):
        with published.cursor() as cursor:
            of_tables = known_in(cursor, spoken)
        own_number = {"publication": {"": (str(published.move.number),)}}
        known = published.answers[key] = replace(of_tables, codes={**of_tables.codes, **own_number})
    return known


def _arrive(known: Known, page: str, query: dict[str, str]) -> tuple[Problem, ...]:
    """Take the state from a query that came from outside: a link, Back, Forward or a hand edit."""
    written = st.session_state.get("written_query")
    problems: tuple[Problem, ...] = ()
    if query and query != written:
        state, problems = from_query(query, known)
    elif written is None:
        state = settled(ViewState(), known)
    else:
        state = held_state(known)
    state = exercise.with_read(state, page, known)
    hold(state, anew=st.session_state.get("written_frame") != _frame_of(state, page))
    return problems


def _write_query(state: ViewState, page: str) -> None:
    query = to_query(state)
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    st.session_state["written_query"] = query
    st.session_state["written_frame"] = _frame_of(state, page)


def _frame_of(state: ViewState, page: str) -> tuple[str, ...]:
    """What the labels and options of the bar depend on: with another of these its widgets are others."""
    return page, state.lang, state.framework, state.round


def _above(view: View, problems: tuple[Problem, ...]) -> None:
    """What stands over every page: what a link got wrong, and that illustrative data is illustrative."""
    for problem in problems:
        said = replace(problem, file=view.words("shell.link"), value=plain(problem.value or ""))
        st.warning(sentence(said, view.words))
    (row,) = rows(view.published, "illustrative", view.given())
    banner = f":material/science: **{view.words('shell.illustrative')}**  " if row["illustrative"] else ""
    st.caption(banner + chosen_in_words(view))


def chosen_in_words(view: View) -> str:
    """The choice of the filter bar in words: what everything on the page is about."""
    words, state = view.words, view.state
    titles = {(row["filter"], row["code"]): row["title"] for row in rows(view.published, "options", view.given())}

    def named(name: str) -> str:
        everything = f"area_word.all_{view.area_word()}" if name == "principle" else f"filter.{name}_all"
        return ", ".join(titles.get((name, code), code) for code in getattr(state, name)) or words(everything)

    one = [titles.get((name, getattr(state, name)), getattr(state, name)) for name in ("framework", "round")]
    narrowed = [named(name) for name in ("risk_area", "right") if getattr(state, name)]
    common = [words("choose.common")] if state.common == "yes" else []
    return " · ".join([*one, named("country"), named("principle"), *narrowed, *common])


def with_state(state: ViewState, **changes: object) -> dict[str, str]:
    """The URL parameters of the same view with some fields changed."""
    return to_query(replace(state, **changes))  # type: ignore[arg-type]


__all__ = ["View", "chosen_in_words", "front_door", "open_view", "with_state"]
