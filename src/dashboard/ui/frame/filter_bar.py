"""The filter bar, below the navigation: native lists of what a page obeys, the same whatever is chosen in them.

`filters.js` fills a list when it is first opened, marks what the address holds, and writes a choice to it.
"""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.loading.yaml_file import read_words
from dashboard.model.filters import ALL_FILTERS, FILTERS
from dashboard.model.known_codes import COUNTINGS, Known
from dashboard.model.pages import EVERY, MORE, PAGES
from dashboard.model.view_state import COLLECTED, MANY, ViewState
from dashboard.model.words import Words, area_word
from dashboard.queries.ask import rows
from dashboard.queries.every_page import AREA_WORD, OPTIONS, OptionsRow
from dashboard.store.cache import once
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published
from dashboard.ui.escape import one_line
from dashboard.ui.frame import navigation
from dashboard.ui.glossary import meaning
from dashboard.ui.html import draw_html, render
from dashboard.ui.session import is_phone, part_open


@dataclass(frozen=True)
class Option:
    """One code in a list: its title, what the list says of it, and its place in an address that holds several."""

    code: str
    title: str
    told: str
    place: int = 0


@dataclass(frozen=True)
class FilterList:
    """One button of the filter bar: the field of the view, its name, and what can be chosen.

    All texts are plain. `everything` is what no choice is called, in a field that holds several codes.
    If `folded`, it stands in the bar only while something is chosen in it, or *More filters* is open.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    everything: str = ""
    help: str = ""
    folded: bool = False
    unasked: str = ""
    """The code that an address without this field means."""

    @property
    def many(self) -> bool:
        """Whether several codes can be chosen."""
        return self.name in MANY

    @property
    def lines(self) -> tuple[Option, ...]:
        """What the list shows, with a line for no choice where there may be several."""
        return (Option("", "", self.everything), *self.options) if self.many else self.options


def filters_html(lists: list[FilterList], words: Words, narrow: bool, cleared: tuple[str, ...]) -> str:
    """Return the buttons of the bar in order and *Reset*, which empties the fields `cleared`; `narrow` is one button.

    One Streamlit element, and the same in every run: the browser has nothing to draw anew.
    """
    return render("filters.html", lists=lists, words=words, narrow=narrow, cleared=cleared)


IN_BAR = frozenset((*EVERY, "lang"))
"""The fields of the view that the bar sets."""
CLEARED = (
    # What a group collected and the assumptions of a scenario are not filters.
    *(name for name in MANY if name not in (*COLLECTED, "imagined")),
    *("common", "counting", "kind", "by", "focus", "earlier", "since"),
    *("against", "pair", "of_setting", "of_country", "shade", "sort", "indicator"),
)
"""The fields that *Reset* empties."""


def draw(published: Published, known: Known, state: ViewState, words: Words, page: str) -> None:
    """Draw navigation and filter bar. What is chosen stands in the address, and `filters.js` marks it."""
    if navigation.is_plain(state, page):
        navigation.draw_plain(state, words)
        return
    # A tour has its own bar, which the audience should see first.
    narrow = is_phone() or bool(state.tour)
    navigation.draw_menus(words, page, narrow)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters"):
        spoken, here = known.wording(words.language), PAGES[page]
        obeyed = here.filters(part_open(here, state.part))
        lists = _bar(published, state.framework, state.round, spoken, words, narrow, obeyed, here.about)
        draw_html(lists, hug=True)
        navigation.draw_search(words)
        navigation.draw_share(published, state, words, page)
        navigation.draw_help(words)


@once
def _bar(
    published: Published,
    framework: str,
    round_: str,
    lang: str,
    words: Words,
    narrow: bool,
    obeyed: tuple[str, ...],
    about: tuple[str, ...],
) -> str:
    lists = [
        replace(one, folded=one.name in MORE and one.name not in about)
        for one in _lists(published, framework, round_, lang, words)
        if one.name in (*obeyed, "lang")
    ]
    return filters_html(lists, words, narrow, CLEARED if obeyed else ())


def _unasked(name: str, words: Words) -> str:
    """Return what an address without this field means."""
    return words.language if name == "lang" else getattr(ViewState(), name) or ""


def _lists(published: Published, framework: str, round_: str, lang: str, words: Words) -> list[FilterList]:
    """Return everything that can be chosen in the bar, in order."""
    known = known_codes(published)
    given = {"framework": framework, "round": round_, "lang": lang}
    by_filter: dict[str, list[OptionsRow]] = {}
    for row in rows(published, OPTIONS, given):
        by_filter.setdefault(row["filter"], []).append(row)
    framework_words = rows(published, AREA_WORD, given)[0]
    area, held = area_word(framework_words["area_word"], words), framework_words["held_in_part"]
    places = {
        one.name: {code: place for place, code in enumerate(known.may_filter(one, framework))} for one in ALL_FILTERS
    }

    def of(name: str, label: str = "", everything: str = "", told: str = "") -> FilterList:
        options = tuple(
            Option(row["code"], title, words.count(f"filter.of_{row['of']}", int(row["n"]), title=title), place)
            for row in by_filter.get(name, ())
            for title in [one_line(row["title"])]
            for place in [places.get(name, {}).get(row["code"], 0)]
        )
        return FilterList(
            name, label or words(f"filter.{name}"), options, everything, told, unasked=_unasked(name, words)
        )

    def plain(name: str, label: str, titles: dict[str, str], told: str = "") -> FilterList:
        options = tuple(Option(code, title, title) for code, title in titles.items())
        return FilterList(name, words(label), options, help=told, unasked=_unasked(name, words))

    many = [
        of(name, one_line(area.label), one_line(area.everything(words)))
        if name == "principle"
        else of(name, everything=words(f"filter.{name}_all"))
        for name in FILTERS
    ]
    counted = [code for code in COUNTINGS if code != "inherited" or known.of("inherits", framework)]
    countings = plain(
        "counting", "counting.label", {code: words(f"counting.{code}") for code in counted}, words("counting.help")
    )
    both = known.kinds(framework)
    titles = {kind: words(f"kind.{kind}") for kind in both}
    terms = "  \n".join(f"**{words(f'term.{kind}.title')}:** {meaning(words, kind)}" for kind in both)
    # One kind alone leaves nothing to choose.
    kinds = [plain("kind", "filter.kind", titles, terms)] if both[1:] else []
    spoken = {code: read_words(code)("language.name") for code in known.languages}
    languages = [plain("lang", "filter.language", spoken)] if len(spoken) > 1 else []
    named = next((row for row in by_filter["framework"] if row["code"] == framework), None)
    said = words("standard.held_in_part", title=named["title"], held=held) if named and held else ""
    return [of("framework", told=said), of("round"), *kinds, *many, countings, *languages]
