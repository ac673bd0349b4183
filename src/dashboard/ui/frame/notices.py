"""Says above a page which operations a person sees, and which parts of a choice are not shown, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import streamlit as st

from dashboard.model.filters import FILTERS
from dashboard.model.masking import REST
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import LINK
from dashboard.model.words import Words
from dashboard.queries.every_page import OPERATIONS, OPTIONS
from dashboard.ui import page_content
from dashboard.ui.elements.sentences import subject_name
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.session_state import LEFT_OUT
from dashboard.ui.view import View

LINES = "  \n"
"""Between sentences of one box: with a box for each, a page would begin below the fold."""
Titles = Mapping[tuple[str, str], str]


def draw(view: View, problems: tuple[Problem, ...]) -> None:
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
