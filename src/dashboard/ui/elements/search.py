"""The one search: a box, what holds the words in it, and each thing found as a link that keeps the choice."""

from collections.abc import Collection
from functools import lru_cache
from textwrap import shorten

import streamlit as st

from dashboard.model.pages import PAGES
from dashboard.model.words import Words
from dashboard.queries.elements.search_index import MOST_WORDS, Found, Item, index_of
from dashboard.ui.elements.advice import OPENS, in_framework, opened
from dashboard.ui.elements.folds import the_rest
from dashboard.ui.escape import escape
from dashboard.ui.glossary import terms
from dashboard.ui.view import View, with_state

KINDS = (
    "page",
    "country",
    "operation",
    "setting",
    "function",
    "case",
    "guidance",
    "criterion",
    "risk",
    "action",
    "term",
)
"""The kinds of things that can be found, in the order they are shown in."""
LIBRARY = ("guidance", "case", "criterion")
"""The kinds that are read."""
CODED = ("criterion", "action")
"""The kinds that people know by their codes too."""
MOST = 40
"""So many things of a kind are sent at most."""
WIDTH = 100
"""So many letters of a title stand in a line."""


def search_box(view: View, key: str, label: str, example: str, live: bool = False) -> str:
    """A box to search in, its label and example by their words; gives what is typed, `live` without Enter."""
    typed = st.text_input(
        view.words(label),
        key=key,
        placeholder=view.words(example),
        label_visibility="collapsed",
        icon=":material/search:",
        live=live,
    )
    return (typed or "").strip()


def find(view: View, text: str, kinds: Collection[str] = KINDS) -> Found:
    """What holds the words of a text: of the publication in view, where names are hidden of its masked copy."""
    lang = view.known.wording(view.state.lang)
    # Of a masked action nothing is left to be found but its number, and no action is opened while names are hidden.
    kept = tuple(kind for kind in kinds if kind != "action" or not view.masked)
    return index_of(view.published.real, lang, _of_words(view.words)).find(text, kept)


@lru_cache(maxsize=8)
def _of_words(words: Words) -> tuple[Item, ...]:
    """Pages, their views and terms: they stand in the words, and in no publication."""
    found = []
    for name, page in PAGES.items():
        if not page.shown:
            continue
        title, menu = words(f"page.{name}"), words(f"page.{page.menu}" if page.menu in PAGES else f"menu.{page.menu}")
        found.append(Item("page", name, title, (), (title,), (menu,)))
        for part in page.parts:
            view = words(f"part.{part}")
            found.append(
                Item("page", part, words("search.view", page=title, view=view), (name,), (view,), (title, menu))
            )
    found += [Item("term", term.code, term.title, (), (term.title,), (term.text,)) for term in terms(words)]
    return tuple(found)


def by_kind(found: Found) -> dict[str, list[Item]]:
    """The things found by their kind, in the order of kinds, the best of each first."""
    kinds: dict[str, list[Item]] = {kind: [] for kind in KINDS}
    for item in found.items:
        kinds[item.what].append(item)
    return {kind: items for kind, items in kinds.items() if items}


def told(view: View, found: Found) -> str:
    """What has to be known of what was found: that there is nothing, words that were read as others, words left out."""
    words = view.words
    if not found.items:
        return " ".join([words("search.nothing"), *([words("search.cut", most=MOST_WORDS)] if found.is_cut else [])])
    near = [
        words("search.near", sought=escape(sought), near=words.listed(map(escape, slips)))
        for sought, slips in found.near.items()
    ]
    if found.n_matched < found.n_sought:
        near.append(words("search.not_all", n=found.n_matched, of=found.n_sought))
    if found.is_cut:
        near.append(words("search.cut", most=MOST_WORDS))
    return " ".join(near)


def show_found(view: View, found: Found, first: int) -> None:
    """The things found by kind, each kind with its count: the first few, and the rest on demand."""
    for kind, items in by_kind(found).items():
        with st.container(gap="xsmall", key=f"found_{kind}"):
            st.markdown(f"**{view.words.count(f'search.n_{kind}', len(items))}**")
            for item in items[:first]:
                _link(view, item)
            if more := the_rest(view, len(items) - first, f"found_{kind}"):
                with more:
                    for item in items[first:MOST]:
                        _link(view, item)
                    if (left := len(items) - MOST) > 0:
                        st.caption(view.words.count("search.left", left))


def _link(view: View, item: Item) -> None:
    """The way to a thing; a term is explained where it is found."""
    if item.what == "term":
        st.markdown(f"*{escape(item.title)}*: {escape(' '.join(item.said))}")
        return
    title = f"{item.id} · {item.title}" if item.what in CODED else item.title
    page, query = place_of(view, item)
    st.page_link(f"pages/{page}.py", label=escape(shorten(title, WIDTH, placeholder="…")), query_params=query)


def place_of(view: View, item: Item) -> tuple[str, dict[str, str]]:
    """The page that opens a thing, and its URL parameters: those of the view as far as they fit the thing."""
    state = view.state
    match item.what:
        case "page":
            (page,) = item.of or (item.id,)
            return page, with_state(state, part=item.id if item.of else "")
        case "country":
            return "country", with_state(_asked(view, item).state, country=(item.id,), operation="", part="")
        case "operation":
            asked = _asked(view, item).state
            country = asked.country if set(item.of) <= set(asked.country) else ()
            return "country", with_state(asked, operation=item.id, country=country or item.of, part="")
        case "criterion":
            return "frameworks", with_state(in_framework(view, *item.of).state, criterion=item.id)
        case "risk":
            setting, risk_area = item.of
            return "risks", with_state(state, part="by_setting", setting=(setting,), risk_area=(risk_area,))
        case "setting":
            return "risks", with_state(state, part="by_setting", setting=(item.id,))
        case "function":
            return "plan", with_state(state, part="todo", function=(item.id,))
        case "action":
            return "plan", with_state(state, part="write", action=item.id)
    return OPENS[item.what][0], opened(view, item.what, item.id)


def _asked(view: View, item: Item) -> View:
    """The view in a framework that is asked of a country or an operation: its own, where that is."""
    asked = [one for one in view.known.frameworks() if item.id in view.known.of(item.what, one)]
    return view if view.state.framework in asked else in_framework(view, asked[0])
