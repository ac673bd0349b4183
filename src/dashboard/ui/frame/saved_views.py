"""Views that somebody has saved in this store: the list, whether each still shows something, and saving one more.

A view that only one browser should keep is a bookmark of that browser: an address holds all of a view.
See docs/decisions/0033-a-saved-view-is-a-step.md.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.pages import IN_TOURS, TOURS, url_path
from dashboard.model.present.tour import MOST_CHARACTERS, Step
from dashboard.model.problem import Problem, sentence
from dashboard.model.view.known import Known
from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import ViewState
from dashboard.model.words import Words
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer, refusal
from dashboard.store.publishing.tours import faults
from dashboard.store.reading.cache import once
from dashboard.store.reading.choice import cards_in
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.store.reading.views import remove_view, save_view, stored_views
from dashboard.ui.escape import escape, escape_problem, one_line
from dashboard.ui.session import listens_on

LONGEST_TITLE = 80


@dataclass(frozen=True)
class Standing:
    """Of a saved view: which of its codes mean nothing here, and whether its filters leave nothing."""

    unknown: tuple[str, ...]
    is_empty: bool


def told(published: Published, words: Words) -> str:
    """The list in one text: a link and a sentence for each, and what is wrong with it; empty where there is none.

    What people wrote is left out while names are hidden.
    """
    found, problems = stored_views(store_folder())
    if published.masked:
        return words("safe.left_out_here") if found or problems else ""
    steps = tuple(found.values())
    lines = [_line(step, standing, words) for step, standing in zip(steps, _standings(published, steps), strict=True)]
    first = {problem.file: problem for problem in reversed(problems)}
    lines += [_unreadable(first[file], words) for file in sorted(first)]
    return "\n".join(f"- {line}" for line in lines)


def draw_list(published: Published, words: Words) -> None:
    """The list under its heading; nothing where nothing is saved."""
    if said := told(published, words):
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{words('views.title')}**\n\n{said}")


def offer(published: Published, state: ViewState, words: Words, page: str) -> None:
    """The list, and the form that saves the view, where this server may write and a step could open it."""
    draw_list(published, words)
    if published.masked or refusal(_writer()) is not None:
        return
    if page in IN_TOURS and page != TOURS and not (state.imagined or state.tour):
        _save(state, words, page)
    _remove(words)


def _writer() -> Writer:
    return Writer("visitor", "", listens_on())


@once
def _standings(published: Published, steps: tuple[Step, ...]) -> tuple[Standing, ...]:
    if not steps:
        return ()
    known: Known = known_codes(published)
    with published.cursor() as cursor:
        cards = cards_in(cursor)
        all_faults = [faults(cursor, step, known, cards) for step in steps]
    return tuple(
        Standing(tuple(problem.value or "" for problem in wrong), not wrong and not left) for wrong, left in all_faults
    )


def _line(step: Step, standing: Standing, words: Words) -> str:
    lang = {} if words.language == "en" else {"lang": words.language}
    address = f"./{url_path(step.page)}?{urlencode({**step.query(), **lang})}"
    said = f"[{escape(one_line(step.title))}]({address}): {escape(one_line(step.text))}"
    if standing.unknown:
        codes = words.listed(escape(code) for code in standing.unknown)
        return f"{said}  \n{words.count('views.unknown', len(standing.unknown), codes=codes)}"
    return f"{said}  \n{words('views.empty')}" if standing.is_empty else said


def _unreadable(problem: Problem, words: Words) -> str:
    return escape(words("views.unreadable", file=problem.file, value=problem.value or problem.column))


def _save(state: ViewState, words: Words, page: str) -> None:
    with st.form("views_form", border=False, clear_on_submit=True):
        st.markdown(f"**{words('views.save')}**", help=words("views.who"))
        title = st.text_input(words("views.name"), max_chars=LONGEST_TITLE, key="views_name").strip()
        text = st.text_input(words("views.sentence"), max_chars=MOST_CHARACTERS, key="views_sentence").strip()
        if not st.form_submit_button(words("views.do_save")):
            return
    if not (title and text):
        st.warning(words("views.not_whole"))
        return
    _done(save_view(store_folder(), Step.of_view(page, to_query(state), title, text), _writer()), words)


def _remove(words: Words) -> None:
    titles = {name: one_line(step.title) for name, step in stored_views(store_folder())[0].items()}
    if not titles:
        return
    name = st.selectbox(
        words("views.remove"),
        list(titles),
        index=None,
        placeholder=words("views.remove"),
        format_func=lambda one: titles.get(one, one),
        key="views_old",
        label_visibility="collapsed",
    )
    if name and st.button(words("views.do_remove"), key="views_remove", icon=":material/delete:"):
        _done(remove_view(store_folder(), name, _writer()), words)


def _done(problem: Problem | None, words: Words) -> None:
    if problem is None:
        st.rerun()
    st.warning(sentence(escape_problem(problem), words))
