"""What can be filtered on every page? The one filter bar, below the navigation."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.loading.files.words_file import read_words
from dashboard.model.standard.area_word import area_word
from dashboard.model.view.filters import FILTERS
from dashboard.model.view.known import COUNTINGS, Known
from dashboard.model.view.view_state import COLLECTED, MANY, ViewState
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.frame.rows import OptionsRow
from dashboard.store.reading.cache import once
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape, one_line
from dashboard.ui.frame import help, navigation, search, share
from dashboard.ui.session import held_state
from dashboard.ui.session_keys import CHIPS

WIDTH = 380
"""Width of a list in pixels; a narrower screen reduces it."""
LETTERS = 20
"""Characters of a choice that fit on its button; the list it opens shows the full text."""
BETWEEN = "="
"""Separates the filter and the chosen code in the value of a chip."""


@dataclass(frozen=True)
class _Field:
    """One button of the filter bar: the field of the view, its name, and the available codes with their titles.

    `options` are the plain texts of the codes in the list. `everything` is the text for no choice; empty if exactly one
    code is always chosen.
    """

    name: str
    label: str
    titles: dict[str, str]
    options: dict[str, str]
    everything: str = ""
    help: str | None = None

    def draw(self) -> None:
        """Draw the list that the button opens."""
        more: dict[str, Any] = {"key": self.name, "persist_state": "session", "help": self.help}
        if self.everything:
            st.multiselect(
                self.label,
                list(self.titles),
                placeholder=self.everything,
                format_func=self._option,
                select_all=False,
                width=WIDTH,
                **more,
            )
        else:
            # The options of this widget are read as Markdown.
            st.radio(self.label, list(self.titles), format_func=lambda code: escape(self._option(code)), **more)

    def _option(self, code: str) -> str:
        return self.options.get(code, code)

    def says(self, state: ViewState) -> str:
        """Return the button's label: the choice, in bold if it narrows; otherwise the filter's name."""
        held = getattr(state, self.name)
        codes = held if self.everything else (held,)
        if not codes:
            return self.label
        said = escape(on_button(self.titles.get(codes[0], codes[0]))) + (f" +{len(codes) - 1}" if codes[1:] else "")
        return f"**{said}**" if self.everything or held != getattr(ViewState(), self.name) else said


def draw(published: Published, known: Known, state: ViewState, words: Words, page: str) -> ViewState:
    """Draw navigation and filter bar for the session's state, and return the chosen state, normalised."""
    if navigation.is_plain(state, page):
        navigation.draw_plain(state, words)
        return held_state(known)
    # A tour has its own bar, which the audience should see first.
    narrow = is_phone() or bool(state.tour)
    navigation.draw(state, words, page, narrow)
    fields = _fields(published, state.framework, state.round, known.wording(state.lang), words)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters"):
        if narrow:
            chosen = sum(bool(getattr(state, name)) for name in FILTERS)
            label = words("filter.some", n=chosen) if chosen else words("filter.none")
            with st.popover(label, icon=":material/tune:", key="filters_menu"):
                for field in fields:
                    field.draw()
        else:
            for field in fields:
                with st.popover(field.says(state), key=f"filter_{field.name}"):
                    field.draw()
        st.button(words("filter.reset"), key="reset", on_click=_reset, icon=":material/restart_alt:", type="tertiary")
        search.draw(words)
        share.draw(published, state, words, page)
        help.draw(words)
    _chips(fields, state, words)
    return held_state(known)


def on_button(title: str) -> str:
    """Return as much of a title as fits on a button."""
    return title if len(title) <= LETTERS else title[: LETTERS - 1].rstrip() + "…"


def is_phone() -> bool:
    """Whether the browser reports being a phone; in a narrow window of another device the row wraps."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


@once
def _fields(published: Published, framework: str, round_: str, lang: str, words: Words) -> list[_Field]:
    """Return everything that can be chosen in the bar, in order."""
    known = known_codes(published)
    given = {"framework": framework, "round": round_, "lang": lang}
    by_filter: dict[str, dict[str, OptionsRow]] = {}
    for row in rows(published, "options", given):
        by_filter.setdefault(row["filter"], {})[row["code"]] = row
    framework_words = rows(published, "area_word", given)[0]
    area, held = area_word(framework_words["area_word"], words), framework_words["held_in_part"]

    def of(name: str, label: str = "", everything: str = "", help_: str | None = None) -> _Field:
        found = by_filter.get(name, {})
        titles = {code: one_line(row["title"]) for code, row in found.items()}
        options = {
            code: words.count(f"filter.of_{row['of']}", int(row["n"]), title=titles[code])
            for code, row in found.items()
        }
        return _Field(name, label or words(f"filter.{name}"), titles, options, everything, help_)

    def plain(name: str, label: str, titles: dict[str, str], help_: str | None = None) -> _Field:
        return _Field(name, words(label), titles, titles, help=help_)

    many = [
        of(name, escape(area.label), area.everything(words))
        if name == "principle"
        else of(name, everything=words(f"filter.{name}_all"))
        for name in FILTERS
    ]
    counted = [code for code in COUNTINGS if code != "inherited" or known.of("inherits", framework)]
    countings = plain(
        "counting", "counting.label", {code: words(f"counting.{code}") for code in counted}, words("counting.help")
    )
    spoken = {code: read_words(code)("language.name") for code in known.languages}
    languages = [plain("lang", "filter.language", spoken)] if len(spoken) > 1 else []
    named = by_filter.get("framework", {}).get(framework)
    said = words("standard.held_in_part", title=named["title"], held=held) if named and held else None
    standard = of("framework", help_=said)
    return [standard, of("round"), *many, countings, *languages]


def _chips(fields: list[_Field], state: ViewState, words: Words) -> None:
    """Draw every chosen value as a chip that a click removes; no line if nothing is chosen."""
    titles = {
        f"{field.name}{BETWEEN}{code}": field.titles.get(code, code)
        for field in fields
        if field.everything
        for code in getattr(state, field.name)
    }
    if not titles:
        return
    CHIPS.set(None)
    st.pills(
        words("filter.chosen"),
        list(titles),
        key=CHIPS.name,
        on_change=_take_away,
        # Pills are read as Markdown.
        format_func=lambda chip: f"{escape(titles.get(chip, chip))} ✕",
        label_visibility="collapsed",
    )


def _take_away() -> None:
    name, _, code = (CHIPS.now() or "").partition(BETWEEN)
    if name:
        st.session_state[name] = [held for held in st.session_state[name] if held != code]


def _reset() -> None:
    plain = ViewState()
    # What a group collected and the assumptions of a scenario are not filters.
    names = [name for name in MANY if name not in (*COLLECTED, "imagined")]
    for name in (
        *names,
        "common",
        "counting",
        "kind",
        "by",
        "focus",
        "earlier",
        "since",
        "against",
        "pair",
        "shade",
        "sort",
        "indicator",
    ):
        value = getattr(plain, name)
        st.session_state[name] = list(value) if name in MANY else value
