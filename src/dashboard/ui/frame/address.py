"""Reads and writes the browser's address, and says above a page which parts of a choice are not shown, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from time import perf_counter

import streamlit as st

from dashboard.model.filters import FILTERS
from dashboard.model.known_codes import Known
from dashboard.model.masking import REST
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import LINK, ViewState, from_query, normalised, to_query
from dashboard.model.words import Words
from dashboard.queries.every_page import OPERATIONS, OPTIONS
from dashboard.ui import page_content
from dashboard.ui.elements.sentences import subject_name
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.frame import exercise
from dashboard.ui.frame.filter_bar import IN_BAR
from dashboard.ui.session import as_held, hold
from dashboard.ui.session_state import LEFT_OUT, WRITTEN_FRAME, WRITTEN_LEFT, WRITTEN_QUERY
from dashboard.ui.view import View

BAR = "bar"
"""The origin of a choice that did not come from an address."""
ON_PAGES = (
    *("common", "by", "focus", "operation", "criterion", "against", "pair", "subject", "earlier", "since"),
    *("sort", "show_as", "shade", "indicator", "of_setting", "of_country", "part"),
)
"""The fields that choices of pages write to the address (`elements/choices.py`)."""
LATE_SECONDS = 2.0
"""Seconds during which a link drawn before the last choice may still be clicked, until the browser has redrawn."""


def asked() -> dict[str, str]:
    """Return the query of the browser's address. A repeated key holds all its values."""
    return {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}


def as_chosen(page: str, query: dict[str, str]) -> dict[str, str]:
    """Return the query; for one made from an address that has since been replaced, return what was meant.

    A link to another page that was clicked before it was redrawn has the view before the last choice, and would
    silently undo it. Going Back from a choice stays on the same page, so it is never mistaken for such a click. A
    choice in the filter bar or on a page changes one field of the address; whatever else was chosen stays.
    """
    written, left = WRITTEN_QUERY.get(), WRITTEN_LEFT.get(())
    if not written or not query or query == written:
        return query
    late = [of for of, at in left if perf_counter() - at < LATE_SECONDS]
    if page != WRITTEN_FRAME.now()[0]:
        return dict(written) if query in late else query
    came_back = any(query == of for of, _ in left)
    for of in (written, *(() if came_back else late[-1:])):
        held = to_query(as_held())
        # Otherwise it is a link that says what is shown anyway, such as the way back from what was just opened.
        if (name := _chosen_in_browser(query, of)) and held.get(name) != query.get(name):
            return {name: value for name, value in {**held, name: query.get(name, "")}.items() if value}
    return query


def read_url(known: Known, page: str, query: dict[str, str]) -> tuple[ViewState, tuple[Problem, ...]]:
    """Return the state, and the parts of the choice that it cannot hold.

    A choice comes from the address (the filter bar, a link, Back, Forward or an edited address) or from a widget.
    """
    written = WRITTEN_QUERY.get()
    problems: tuple[Problem, ...] = ()
    if query and query != written:
        state, problems = from_query(query, known)
        if written and _chosen_in_browser(query, written) in IN_BAR:
            problems = tuple(replace(problem, file=BAR) for problem in problems)
    else:
        state = normalised(ViewState() if written is None else as_held(), known)
    state = exercise.with_read(state, page, known)
    hold(state, anew=WRITTEN_FRAME.get() != _frame_of(state, page))
    return state, problems


def _chosen_in_browser(query: dict[str, str], before: dict[str, str]) -> str:
    """Return the only field in which two addresses differ, if the filter bar or a choice of a page sets it."""
    changed = [name for name in {**before, **query} if query.get(name) != before.get(name)]
    return changed[0] if len(changed) == 1 and changed[0] in (*IN_BAR, *ON_PAGES) else ""


def write_url(state: ViewState, page: str) -> None:
    """Write this view to the browser's address, and remember briefly the one its links still hold."""
    query, before = to_query(state), WRITTEN_QUERY.get({})
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    if page != WRITTEN_FRAME.get(("",))[0]:
        WRITTEN_LEFT.pop()
    elif before != query:
        WRITTEN_LEFT.set((*WRITTEN_LEFT.get(())[-9:], (before, perf_counter())))
    WRITTEN_QUERY.set(query)
    WRITTEN_FRAME.set(_frame_of(state, page))


def _frame_of(state: ViewState, page: str) -> tuple[str, ...]:
    """Return what the labels and options of choices on pages depend on; a change in any of it makes other widgets."""
    return page, state.lang, state.framework, state.round


LINES = "  \n"
"""Between sentences of one box: with a box for each, a page would begin below the fold."""
Titles = Mapping[tuple[str, str], str]


def draw_notices(view: View, problems: tuple[Problem, ...]) -> None:
    """Show what was left out of a link or the filter bar, and what is kept though this framework or round lacks it."""
    titles = _of_every_framework(view) if problems else {}
    if left := (*LEFT_OUT.pop(()), *(_titled(problem, titles, view) for problem in problems)):
        page_content.left_out(left)
        st.warning(LINES.join(_sentence(problem, view.words) for problem in left))
    if lacking := LINES.join(_without_figures(view)):
        st.info(lacking)


def _titled(problem: Problem, titles: Titles, view: View) -> Problem:
    """Return the problem with the label of its field, if it has one, and the title of its code."""
    words, column, value = view.words, problem.column or "", problem.value or ""
    label = f"filter.{column}"
    field = view.area_word().label if column == "principle" else words(label) if words.has(label) else None
    title = subject_name(view)(value) if problem.kind == "too_many" else titles.get((column, value)) or escape(value)
    return replace(problem, column=field, value=title)


def _sentence(problem: Problem, words: Words) -> str:
    """Return which field of the link or the bar it was, if it has a name, and what became of it."""
    field = problem.column
    where = words("shell.in_link", what=field) if problem.file == LINK and field else field or words("shell.link")
    return sentence(replace(problem, file=where, column=None), words)


def _of_every_framework(view: View) -> Titles:
    """Return the title of every code in the bar, by filter; a code shared by frameworks has the same title in each."""
    return {
        (row["filter"], row["code"]): row["title"]
        for framework in view.known.frameworks()
        for row in escaped_rows(view.published, OPTIONS, view.parameters(framework=framework))
    }


def _without_figures(view: View) -> Iterator[str]:
    """Yield a sentence for each filter in which some or all of the chosen codes have no data."""
    if not any(getattr(view.state, name) for name in FILTERS):
        return
    here = {name: escape(view.option_title(name, getattr(view.state, name), "")) for name in ("framework", "round")}
    for name in FILTERS:
        codes = getattr(view.state, name)
        # In the order of the filter, not of the choice.
        chosen = [row for (of, code), row in view.options.items() if of == name and code in codes] if codes else []
        lacking = [escape(row["title"]) for row in chosen if not row["n"]]
        if lacking:
            rest = "all" if len(lacking) == len(chosen) else "some"
            named = view.words.some("countries", lacking) if name == "country" else view.words.listed(lacking)
            yield view.words(f"filter.lacks_{chosen[0]['of']}_{rest}", titles=named, **here)


MOST_NAMED = 3
"""If more operations are seen, they are counted instead of named."""


def draw_sight(view: View) -> None:
    """Say it, if the person does not see everything. While names are hidden, aliases say enough."""
    if not view.partial or view.masked:
        return
    words = view.words
    found = escaped_rows(view.published, OPERATIONS, view.unfiltered())
    named = words.listed(row["operation_title"] for row in found)
    operations = named if len(found) <= MOST_NAMED else words.count("sight.n", len(found))
    key = "means" if REST in view.known.anywhere("country") else "own"
    st.caption(f":material/visibility: {words(f'sight.{key}', operations=operations)}")
