"""Which views are saved, in this store or in this browser, and does each still show something?

See docs/decisions/0033-a-saved-view-is-a-step.md.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.pages import url_path
from dashboard.model.present.tour import Step
from dashboard.model.problem import Problem
from dashboard.model.view.known import Known
from dashboard.model.words import Words
from dashboard.store.location import store_folder
from dashboard.store.publishing.tours import faults
from dashboard.store.reading.cache import once
from dashboard.store.reading.choice import cards_in
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.store.reading.views import stored_views
from dashboard.ui import browser_views
from dashboard.ui.escape import escape, one_line


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
    own, lost = browser_views.kept()
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
    lang = {} if words.language == "en" else {"lang": words.language}
    address = f"./{url_path(step.page)}?{urlencode({**step.query(), **lang})}"
    said = f"[{escape(one_line(step.title))}]({address}): {escape(one_line(step.text))}"
    said += f" *{whose}*" if whose else ""
    if standing.unknown:
        codes = words.listed(escape(code) for code in standing.unknown)
        return f"{said}  \n{words.count('views.unknown', len(standing.unknown), codes=codes)}"
    return f"{said}  \n{words('views.empty')}" if standing.is_empty else said


def _unreadable(problem: Problem, words: Words) -> str:
    return escape(words("views.unreadable", file=problem.file, value=problem.value or problem.column))
