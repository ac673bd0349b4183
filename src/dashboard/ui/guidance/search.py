"""What does the search over guidance, cases and criteria find, and what is near where it finds nothing?"""

from textwrap import shorten

import streamlit as st

from dashboard.queries.elements.rows import SearchRow
from dashboard.ui.elements.advice import in_framework, read_link
from dashboard.ui.elements.folds import the_rest
from dashboard.ui.elements.search_box import search_box
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.view import View, with_state

SEARCH = "search_library"
ICON = {"guidance": ":material/menu_book:", "case": ":material/history_edu:", "criterion": ":material/checklist:"}
FIRST, MOST = 8, 40
"""So many results are shown at once, and so many on demand."""
WIDTH = 110
"""So many letters of a title stand in a line."""


def search(view: View) -> tuple[str, ...]:
    """The words sought in guidance, cases and criteria together."""
    return search_box(view, SEARCH, "search.label", "search.example")


def results(view: View, sought: tuple[str, ...]) -> None:
    """What holds the words, best first, each with its kind and the words that matched; else the words that are near."""
    words = view.words
    found = escaped_rows(view.published, "search", view.parameters(search=sought))
    if not found:
        near = [row["word"] for row in escaped_rows(view.published, "nearest_words", view.parameters(search=sought))]
        headline(words("search.nothing", near=", ".join(near)))
        return
    headline(_summary(view, sought, found))
    for row in found[:FIRST]:
        _result(view, row)
    if more := the_rest(view, len(found) - FIRST, "found"):
        with more:
            for row in found[FIRST:MOST]:
                _result(view, row)
            if (left := len(found) - MOST) > 0:
                st.caption(words.count("search.left", left))


def _summary(view: View, sought: tuple[str, ...], found: list[SearchRow]) -> str:
    """What was sought, how many of each kind were found, and whether they hold all that is sought."""
    words = view.words
    kinds = [
        words.count(f"search.n_{what}", n) for what in ("guidance", "case", "criterion") if (n := _of(found, what))
    ]
    text = words("search.found", sought=escape(" ".join(sought)), kinds=", ".join(kinds))
    first = found[0]
    return (
        text
        if first["n_matched"] == first["n_sought"]
        else f"{text} {words('search.not_all', n=first['n_matched'], of=first['n_sought'])}"
    )


def _of(found: list[SearchRow], what: str) -> int:
    return sum(row["what"] == what for row in found)


def _result(view: View, row: SearchRow) -> None:
    words = view.words
    with st.container(gap=None):
        _title(view, row)
        matched = words("search.matched", kind=words(f"search.{row['what']}"), words=", ".join(row["words"]))
        id_ = f" · {row['id']}" if row["what"] == "criterion" else ""
        st.markdown(f":gray[:small[{matched}{id_}]]")


def _title(view: View, row: SearchRow) -> None:
    """The way to a result: guidance and cases on pages of their own, a criterion in its framework."""
    title, icon = shorten(row["title"], WIDTH, placeholder="…"), ICON[row["what"]]
    if row["framework"] is None:
        read_link(view, row["what"], row["id"], title, icon)
    else:
        query = with_state(in_framework(view, row["framework"]).state, criterion=row["id"])
        st.page_link("pages/frameworks.py", label=title, icon=icon, query_params=query)
