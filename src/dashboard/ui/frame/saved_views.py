"""Saved views, in this store or in this browser: the list of them, and how one is saved, removed and downloaded.

See docs/decisions/0016-view-and-address.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.exports.yaml_text import steps_yaml
from dashboard.model.known_codes import Known
from dashboard.model.pages import IN_TOURS, TOURS, url_path
from dashboard.model.permissions import Deed
from dashboard.model.problem import Problem, sentence
from dashboard.model.tour import LONGEST_TITLE, MOST_CHARACTERS, MOST_SAVED_VIEWS, Step, ViewChange
from dashboard.model.view_state import ViewState, to_query
from dashboard.model.words import Words
from dashboard.store.cache import once
from dashboard.store.disk import store_folder
from dashboard.store.named_files import remove_view, save_view, stored_views
from dashboard.store.published_codes import cards_in, known_codes
from dashboard.store.publishing.load_checks import faults
from dashboard.store.reader import Published
from dashboard.ui import session
from dashboard.ui.editing.editor import refused_here, visitor
from dashboard.ui.elements.show import give
from dashboard.ui.escape import escape, escape_problem, one_line


@dataclass(frozen=True)
class Standing:
    """What is wrong with a saved view: codes unknown here, and whether its filters match nothing."""

    unknown: tuple[str, ...]
    is_empty: bool


def told(published: Published, words: Words) -> str:
    """Return the list as text: a link and a sentence for each, with its problems; empty if there are none.

    Those of the store come first. Text that people wrote is left out while names are hidden.
    """
    found, problems = stored_views(store_folder())
    own, lost = session.kept()
    if published.masked:
        return words("safe.left_out_here") if found or problems or own or lost else ""
    if published.partial:
        # Their titles may name anybody; what this browser keeps is its own.
        found, problems = {}, ()
    lines = [
        *_lines(published, tuple(found.values()), words),
        *_lines(published, own, words, words("views.of_browser")),
    ]
    first = {problem.file: problem for problem in reversed(problems)}
    lines += [_unreadable(first[file], words) for file in sorted(first)]
    lines += [words.count("views.lost", lost)] if lost else []
    return "\n".join(f"- {line}" for line in lines)


def draw_list(published: Published, words: Words) -> None:
    """Draw the list under its heading; nothing if no view is saved."""
    if said := told(published, words):
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{words('views.title')}**\n\n{said}")


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


def _lines(published: Published, steps: tuple[Step, ...], words: Words, whose: str = "") -> list[str]:
    standings = _standings(published, steps)
    return [_line(step, standing, words, whose) for step, standing in zip(steps, standings, strict=True)]


def _line(step: Step, standing: Standing, words: Words, whose: str) -> str:
    lang = {} if words.language == session.own_language() else {"lang": words.language}
    address = f"./{url_path(step.page)}?{urlencode({**step.query(), **lang})}"
    said = f"[{escape(one_line(step.title))}]({address}): {escape(one_line(step.text))}"
    said += f" *{whose}*" if whose else ""
    if standing.unknown:
        codes = words.listed(escape(code) for code in standing.unknown)
        return f"{said}  \n{words.count('views.unknown', len(standing.unknown), codes=codes)}"
    return f"{said}  \n{words('views.empty')}" if standing.is_empty else said


def _unreadable(problem: Problem, words: Words) -> str:
    return escape(words("views.unreadable", file=problem.file, value=problem.value or problem.column))


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
    return of_store | {(BROWSER, step.title): step for step in session.kept()[0]}


def _save(state: ViewState, words: Words, page: str) -> None:
    with st.form("views_form", border=False, clear_on_submit=True):
        st.markdown(f"**{words('views.save')}**", help=words("views.help", most=MOST_SAVED_VIEWS))
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
        _keep(ViewChange(save=view), words)
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
        _keep(ViewChange(remove=name), words)
    else:
        _done(remove_view(store_folder(), name, visitor(Deed.SAVE_VIEW)), words)


def _keep(change: ViewChange, words: Words) -> None:
    if session.keep(change):
        st.rerun()
    st.warning(words("views.full", most=MOST_SAVED_VIEWS))


def _done(problem: Problem | None, words: Words) -> None:
    if problem is None:
        st.rerun()
    st.warning(sentence(escape_problem(problem), words))
