"""The search: a box, what matches its words, and each result as a link that keeps the filters."""

from collections.abc import Collection
from functools import lru_cache

import streamlit as st

from dashboard.model.known_codes import SHOWN_AS, opened_by
from dashboard.model.pages import OWN_PART, PAGES
from dashboard.model.words import Words
from dashboard.queries.elements.search import MOST_WORDS, Item, SearchResult, index_of
from dashboard.ui.elements.folds import the_rest
from dashboard.ui.elements.gap_links import OPENS, in_framework, listed, opened
from dashboard.ui.escape import escape, short
from dashboard.ui.glossary import terms
from dashboard.ui.view import View

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
    "law",
    "action",
    "term",
)
"""The kinds of results, in the order they are shown."""
LIBRARY = ("guidance", "case", "criterion")
"""The kinds that are texts to read."""
CODED = ("criterion", "action")
"""The kinds that people also know by their codes."""
MOST = 40
"""Most results of a kind sent to the browser."""
WIDTH = 100
"""Characters of a title shown on a line."""


def search_box(view: View, key: str, label: str, example: str, live: bool = False) -> str:
    """Draw a search box with label and example, and return its text; `live` does not wait for Enter."""
    typed = st.text_input(
        view.words(label),
        key=key,
        placeholder=view.words(example),
        label_visibility="collapsed",
        icon=":material/search:",
        live=live,
    )
    return (typed or "").strip()


def find(view: View, text: str, kinds: Collection[str] = KINDS) -> SearchResult:
    """Return what matches a text in the current publication, or in its masked copy while names are hidden."""
    lang = view.known.wording(view.words.language)
    # A masked action has nothing to search but its number, and cannot be opened while names are hidden.
    kept = tuple(kind for kind in kinds if kind != "action" or not view.masked)
    return index_of(view.published.real, lang, _of_words(view.words)).find(text, kept)


@lru_cache(maxsize=8)
def _of_words(words: Words) -> tuple[Item, ...]:
    """Return matching pages, views and terms, which come from the words rather than a publication."""
    found = []
    for name, page in PAGES.items():
        if not page.shown:
            continue
        title, menu = words(f"page.{name}"), words(f"page.{page.menu}" if page.menu in PAGES else f"menu.{page.menu}")
        found.append(Item("page", name, title, (), (title,), (menu,)))
        # What one person has to do is for them alone, and these words are kept for everybody.
        for part in (part for part in page.parts if part != OWN_PART):
            found.append(_view_of(words, name, part, words(f"part.{part}"), menu))
        found += [_view_of(words, name, way, words(f"show_as.{way}"), menu) for way in SHOWN_AS.get(name, ())[1:]]
    found += [Item("term", term.code, term.title, (), (term.title,), (term.text,)) for term in terms(words)]
    return tuple(found)


def _view_of(words: Words, page: str, code: str, view: str, menu: str) -> Item:
    title = words(f"page.{page}")
    return Item("page", code, words("search.view", page=title, view=view), (page,), (view,), (title, menu))


def by_kind(found: SearchResult) -> dict[str, list[Item]]:
    """Group results by kind, kinds in their fixed order, best match first."""
    kinds: dict[str, list[Item]] = {kind: [] for kind in KINDS}
    for item in found.items:
        kinds[item.what].append(item)
    return {kind: items for kind, items in kinds.items() if items}


def told(view: View, found: SearchResult) -> str:
    """Return the notes on a search: no results, words read as others, words ignored."""
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


def show_found(view: View, found: SearchResult, first: int) -> None:
    """Show the results by kind with their counts: the first few, the rest on demand."""
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
    """Draw the link to a result; a term is explained in place."""
    if item.what == "term":
        st.markdown(f"*{escape(item.title)}*: {escape(' '.join(item.said))}")
        return
    title = f"{item.id} · {item.title}" if item.what in CODED else item.title
    page, query = place_of(view, item)
    st.page_link(f"pages/{page}.py", label=escape(short(title, WIDTH)), query_params=query)


def place_of(view: View, item: Item) -> tuple[str, dict[str, str]]:
    """Return the page that opens a result, and its URL parameters: the current filters as far as they fit it."""
    match item.what:
        case "page":
            (page,) = item.of or (item.id,)
            return page, view.query(**{"part": "", "show_as": "", **opened_by(item.id if item.of else "")})
        case "country":
            return "country", _asked(view, item).query(country=(item.id,), operation="", part="")
        case "law":
            return "country", view.query(country=item.of, operation="", part="facts")
        case "operation":
            asked = _asked(view, item)
            country = asked.state.country if set(item.of) <= set(asked.state.country) else ()
            return "country", asked.query(operation=item.id, country=country or item.of, part="")
        case "criterion":
            return "frameworks", in_framework(view, *item.of).query(criterion=item.id)
        case "risk":
            setting, risk_area = item.of
            return "risks", view.query(part="settings", setting=(setting,), risk_area=(risk_area,))
        case "setting":
            return "risks", view.query(part="settings", setting=(item.id,))
        case "function":
            return "plan", listed(view, function=(item.id,))
        case "action":
            return "plan", listed(view, action=item.id)
    return OPENS[item.what][0], opened(view, item.what, item.id)


def _asked(view: View, item: Item) -> View:
    """Return the view in a framework that a country or an operation answers, if possible the current one."""
    asked = [one for one in view.known.frameworks() if item.id in view.known.of(item.what, one)]
    return view if view.state.framework in asked else in_framework(view, asked[0])
