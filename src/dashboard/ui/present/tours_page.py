"""The page of tours: which there are, for whom, how long, whether each still works, and the presenter's window.

A view becomes a step of a tour by its address, entered here; the step is shown below, to copy. The presenter's window
shows the note for the step, what comes next, and the steps in order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from dashboard.exports.yaml_text import step_yaml
from dashboard.model.pages import FRONT, IN_TOURS, PAGES, TOURS
from dashboard.model.problem import Problem, nearest, sentence
from dashboard.model.view_state import FIELDS, ViewState, from_query, normalised, to_query
from dashboard.model.words import Claim
from dashboard.queries.every_page import TOURS as TOUR_LIST
from dashboard.queries.every_page import ToursRow
from dashboard.queries.risks_settings import SETTINGS
from dashboard.store.cache import once
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.publishing.load_checks import is_misfit, told, unsound_tours
from dashboard.store.reader import Published
from dashboard.ui.elements.choices import PageChoice, Shape, choose_one
from dashboard.ui.elements.folds import folded
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escape_label, escape_problem, escaped_rows
from dashboard.ui.frame.tour import KEYS, Stop, asked_to_start_again, jump, start, stops_of
from dashboard.ui.session_state import TOUR_ADDRESS
from dashboard.ui.view import View


def show_own_step(view: View) -> None:
    """Show how to make a step, folded away; a step that contains aliases would lead nowhere tomorrow."""
    words = view.words
    if view.masked:
        return
    place = folded(words("workshop.own"), "own_step")
    if place is None:
        return
    with place:
        st.caption(words("workshop.own_help"))
        address = st.text_input(words("workshop.address"), key=TOUR_ADDRESS.name)
        if not address:
            return
        page, query = _asked(address)
        if why := _no_page(view, page):
            st.warning(f"{words('workshop.no_step')} {why}")
            return
        if wrong := list(_left_out(view, query)):
            st.warning("  \n".join([words("workshop.left_out"), *wrong]))
        state, _ = from_query(query, view.known)
        title, text = words(f"page.{page}"), words("workshop.own_text")
        st.code(step_yaml(page, to_query(state), title, text), language="yaml", wrap_lines=True)


def _asked(address: str) -> tuple[str, dict[str, str]]:
    """Return the page that an address names, and its query. On a server below a path, that path is the first page."""
    parts = urlsplit(address.strip())
    below = urlsplit(st.context.url or "").path.rpartition("/")[0]
    page = parts.path.rstrip("/").removeprefix(below).rpartition("/")[2] or FRONT
    return page, dict(parse_qsl(parts.query))


def _no_page(view: View, page: str) -> str:
    """Return why no step can open a page; empty if one can."""
    if page not in PAGES:
        return view.words("workshop.no_page", page=escape(page))
    return (
        ""
        if page in IN_TOURS and page != TOURS
        else view.words("workshop.not_in_tours", page=view.words(f"page.{page}"))
    )


def _left_out(view: View, query: Mapping[str, str]) -> Iterator[str]:
    """Yield one sentence for each part of an address that a step cannot hold: unknown filters and codes."""
    words = view.words
    for name in query:
        if name not in FIELDS:
            hint = nearest(name, FIELDS)
            more = f" {words('problem.hint', hint=hint)}" if hint else ""
            yield words("workshop.no_filter", name=escape(name)) + more
    for problem in from_query(query, view.known)[1]:
        yield sentence(replace(escape_problem(problem), file=words("shell.link")), words)


def show_tours(view: View) -> None:
    """Show tours, exercises, what no longer works in them, and what to do before the room fills."""
    words = view.words
    unsound, hidden = _unsound(view.published)
    tours = [row for row in escaped_rows(view.published, TOUR_LIST, view.parameters()) if row["tour"] not in hidden]
    headline(words, _finding(tours))
    # What no longer works is said before an audience finds out.
    for problem in unsound:
        say = st.caption if problem.kind.startswith("tours_of_sample") else st.warning
        say(escape(sentence(problem, words)))
    exercises = view.known.of("exercise", "")
    for tour in tours:
        if tour["tour"] not in exercises:
            _offer(view, tour)
    if exercises:
        st.markdown(f"**{words('exercise.title')}**")
        setting = _choose_setting(view)
        for tour in tours:
            if tour["tour"] in exercises:
                _offer(view, tour, setting=(setting,) if setting else ())
    # The bar of a running tour has the same button.
    if not view.state.tour and asked_to_start_again(view):
        jump(view, TOURS, to_query(normalised(ViewState(lang=view.state.lang), view.known)))
    st.markdown(f"**{words('workshop.prepare')}**")
    st.markdown(words("workshop.how"))
    show_own_step(view)


def _finding(tours: list[ToursRow]) -> Claim:
    """Say how many tours there are, and how long the shortest takes."""
    if not tours:
        return Claim.of("workshop.none")
    return Claim.count("workshop.finding", len(tours), minutes=min(tour["minutes"] for tour in tours))


def _offer(view: View, tour: ToursRow, **chosen: tuple[str, ...]) -> None:
    """Show one tour: what it is, the button that starts it, and its steps in order."""
    words = view.words
    with st.container(border=True):
        said, begin = st.columns([5, 1], vertical_alignment="center")
        with said:
            st.markdown(f"**{tour['title']}**")
            about = words("workshop.about", audience=tour["audience"], minutes=tour["minutes"], steps=tour["n_steps"])
            st.caption(about)
        if begin.button(words("workshop.start"), key=f"tour_start_{tour['tour']}", type="primary", width="stretch"):
            start(view, tour["tour"], **chosen)
        with st.expander(words("workshop.steps")):
            stops = stops_of(view, tour["tour"])
            st.markdown("\n".join(f"{stop.number}. {stop.title} — {words(f'page.{stop.page}')}" for stop in stops))


def _choose_setting(view: View) -> str:
    """Let the user choose the setting a group works on, before it starts; empty if there is none."""
    found = {row["setting"]: row for row in escaped_rows(view.published, SETTINGS, view.parameters())}
    if not found:
        return ""
    here = [code for code, row in found.items() if row["n_operations"]]
    titles = {code: escape_label(row["setting_title"]) for code, row in found.items()}
    label, first = view.words("exercise.choose"), next(iter(here or found))
    return choose_one(view, PageChoice("setting", label, titles, first, Shape.LIST, labelled=True))


@once
def _unsound(published: Published) -> tuple[tuple[Problem, ...], frozenset[str]]:
    """Return what no longer works, and which tours are not offered for it."""
    known = known_codes(published)
    with published.cursor() as cursor:
        found = unsound_tours(cursor, stored_library(cursor), known)
    return told(found), frozenset(tour.tour for tour, problems in found.items() if is_misfit(tour, problems))


def step_and_next(view: View, stop: Stop, stops: list[Stop]) -> None:
    """Show the note in large type, and what the room will see next."""
    words = view.words
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(f"##### {stop.note or words('tour.no_note')}", anchors=False)
        st.caption(words("presenter.says"))
        st.markdown(stop.text)
    with right:
        st.caption(words("presenter.next"))
        after = stops[stop.number : stop.number + 1]
        st.markdown(f"**{after[0].title}**  \n{after[0].text}" if after else words("presenter.last"))


def turn(view: View, stop: Stop, stops: list[Stop]) -> None:
    """Draw the buttons to the previous and next step, in this window only."""
    with st.container(horizontal=True):
        for name, to in (("previous", stop.number - 1), ("next", stop.number + 1)):
            st.button(
                view.words(f"tour.{name}"),
                key=f"tour_{name}",
                shortcut=KEYS[name],
                disabled=not 1 <= to <= len(stops),
                on_click=_turned,
                args=(to,),
            )


def _turned(to: int) -> None:
    st.session_state["tour_step"] = str(to)
