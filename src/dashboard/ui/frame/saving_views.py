"""How is a view saved for everybody or for one browser, removed, and downloaded?"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.exports.tour_step import steps_yaml
from dashboard.model.pages import IN_TOURS, TOURS
from dashboard.model.people.permissions import Deed
from dashboard.model.present.browser_views import LONGEST_TITLE, MOST, Change
from dashboard.model.present.tour import MOST_CHARACTERS, Step
from dashboard.model.problem import Problem, sentence
from dashboard.model.view.view_query import to_query
from dashboard.model.view.view_state import ViewState
from dashboard.model.words import Words
from dashboard.store.location import store_folder
from dashboard.store.reading.reader import Published
from dashboard.store.reading.views import remove_view, save_view, stored_views
from dashboard.ui import browser_views
from dashboard.ui.editing.writer import refused_here, visitor
from dashboard.ui.elements.download import give
from dashboard.ui.escape import escape_problem, one_line
from dashboard.ui.frame.saved_views import draw_list

BROWSER, STORE = "browser", "store"


def offer(published: Published, state: ViewState, words: Words, page: str) -> None:
    """Draw the list, the form that saves the view if a step could open it, and the actions on saved views."""
    draw_list(published, words)
    if published.masked or published.partial:
        return
    kept = _kept()
    if kept:
        name = f"{words('views.file')}.yaml"
        give(words("views.as_yaml"), lambda: steps_yaml(kept.values()), name, "views_yaml", "tertiary")
    if page in IN_TOURS and page != TOURS and not (state.imagined or state.tour):
        _save(state, words, page)
    _remove(kept, words)


def _may_write() -> bool:
    return refused_here(Deed.SAVE_VIEW) is None


def _kept() -> dict[tuple[str, str], Step]:
    """Return every saved view, by owner and name."""
    of_store = {(STORE, name): step for name, step in stored_views(store_folder())[0].items()}
    return of_store | {(BROWSER, step.title): step for step in browser_views.kept()[0]}


def _save(state: ViewState, words: Words, page: str) -> None:
    with st.form("views_form", border=False, clear_on_submit=True):
        st.markdown(f"**{words('views.save')}**", help=words("views.help", most=MOST))
        title = st.text_input(words("views.name"), max_chars=LONGEST_TITLE, key="views_name").strip()
        text = st.text_input(words("views.sentence"), max_chars=MOST_CHARACTERS, key="views_sentence").strip()
        whose = _asked_whose(words)
        if not st.form_submit_button(words("views.do_save")):
            return
    if not (title and text):
        st.warning(words("views.not_whole"))
        return
    view = Step.of_view(page, to_query(state), title, text)
    if whose == BROWSER:
        _keep(Change(save=view), words)
    else:
        _done(save_view(store_folder(), view, visitor(Deed.SAVE_VIEW)), words)


def _asked_whose(words: Words) -> str:
    """Ask who may see it; if others can reach the server, there is no choice, and that is said."""
    if not _may_write():
        st.caption(words("views.browser_alone"))
        return BROWSER
    who = {code: words(f"views.who_{code}") for code in (BROWSER, STORE)}
    return st.radio(words("views.who"), list(who), format_func=lambda code: who.get(code, code), key="views_who")


def _remove(kept: Mapping[tuple[str, str], Step], words: Words) -> None:
    titles = {
        "/".join(place): one_line(step.title) + (f" {words('views.of_browser')}" if place[0] == BROWSER else "")
        for place, step in kept.items()
        if place[0] == BROWSER or _may_write()
    }
    if not titles:
        return
    label, key = words("views.remove"), "views_old"
    more: dict[str, Any] = {"index": None, "placeholder": label, "label_visibility": "collapsed"}
    chosen = st.selectbox(label, list(titles), format_func=lambda one: titles.get(one, one), key=key, **more)
    if not (chosen and st.button(words("views.do_remove"), key="views_remove", icon=":material/delete:")):
        return
    whose, _, name = chosen.partition("/")
    if whose == BROWSER:
        _keep(Change(remove=name), words)
    else:
        _done(remove_view(store_folder(), name, visitor(Deed.SAVE_VIEW)), words)


def _keep(change: Change, words: Words) -> None:
    if browser_views.keep(change):
        st.rerun()
    st.warning(words("views.full", most=MOST))


def _done(problem: Problem | None, words: Words) -> None:
    if problem is None:
        st.rerun()
    st.warning(sentence(escape_problem(problem), words))
