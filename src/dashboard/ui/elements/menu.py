"""The menu that a click on a mark opens, the same on every chart: its explanation, a filter and a comparison."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import streamlit as st

from dashboard.model.filters import FILTERS, LIBRARY
from dashboard.model.known_codes import AT, FACETS
from dashboard.model.view_state import MANY, MOST, normalised
from dashboard.queries.compare.subjects import SUBJECTS
from dashboard.queries.every_page import OPTIONS
from dashboard.ui.elements.number import show_number
from dashboard.ui.elements.rated_impacts import show_impact
from dashboard.ui.elements.sentences import subject_name
from dashboard.ui.escape import escaped_rows
from dashboard.ui.session_state import MENU_OPEN, NUMBER
from dashboard.ui.view import View

Fields = Mapping[str, str | tuple[str, ...]]
SEPARATOR = " · "
"""Separates names, which may contain commas."""
ALONG = ("framework", "round", "kind")
"""Fields of a mark that accompany it wherever it leads; otherwise a different figure would be shown there."""
COMPARES = "compare"
"""The page on which a mark is already being compared."""
OF_SUBJECTS = ("country", "round")
"""Fields chosen there as subjects, whatever the filter bar says."""


@dataclass(frozen=True)
class Comparison:
    """The text of the link to Side by side, and the fields of the view that it changes."""

    label: str
    fields: Mapping[str, object]


@dataclass(frozen=True)
class Offers:
    """The actions for a mark called `title`: the fields to filter to it, if it is not already, and a comparison."""

    title: str
    filters: Fields
    filter_to: str
    comparison: Comparison | None

    def __bool__(self) -> bool:
        return bool(self.filters or self.comparison)


def offers_of(view: View, mark: Fields) -> Offers:
    """Return a filter and a comparison, each only if it changes something."""
    compares = view.page == COMPARES
    going = [name for name in ALONG if mark.get(name) and not (compares and name in OF_SUBJECTS)]
    along = {name: mark[name] for name in going if mark[name] != getattr(view.state, name)}
    there = {name: str(along[name]) for name in ("framework", "round") if name in along}
    options = escaped_rows(view.published, OPTIONS, view.parameters(**there))
    titles = {(row["filter"], row["code"]): row["title"] for row in options}
    # The kind of a case has its title only in the words.
    titles |= {(name, code): view.words(key) for name, code, key in _of_library(view, mark)}
    named = {name: title for name in (*FILTERS, *LIBRARY) if (title := _titles(titles, name, mark.get(name)))}
    said = [titles[name, code] for name, code in there.items() if (name, code) in titles]
    said += [view.kind_word(str(along["kind"]), str(along.get("framework", "")))] if "kind" in along else []
    of_filter = [name for name in named if not (compares and name in OF_SUBJECTS)]
    filters: dict[str, Any] = {name: _many(mark[name]) for name in of_filter} | (along if of_filter else {})
    changes = any(getattr(view.state, name) != codes for name, codes in filters.items())
    comparison = None if compares else _comparison(view, mark, named, along)
    title, to = (SEPARATOR.join([*said, *(named[name] for name in some)]) for some in (named, of_filter))
    return Offers(title, filters if changes else {}, to, comparison)


def show_offers(view: View, offers: Offers) -> None:
    """Draw a button that filters to the mark and a link that compares it; nothing if neither applies."""
    if not offers:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="offers"):
        if offers.filters and st.button(
            view.words("offer.filter", what=offers.filter_to),
            icon=":material/filter_alt:",
            on_click=_filter_to,
            args=(offers.filters,),
            key="offer_filter",
        ):
            st.rerun()
        if offers.comparison:
            st.page_link(
                "pages/compare.py",
                label=offers.comparison.label,
                icon=":material/compare_arrows:",
                query_params=view.query(**offers.comparison.fields),
            )


def _many(codes: str | tuple[str, ...]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else codes


def _titles(titles: Mapping[tuple[str, str], str], name: str, codes: str | tuple[str, ...] | None) -> str:
    """Return the titles of some codes of a filter; empty if one of them cannot be chosen."""
    found = [titles.get((name, code), "") for code in _many(codes or ())]
    return ", ".join(found) if all(found) else ""


def _of_library(view: View, mark: Fields) -> list[tuple[str, str, str]]:
    codes = [(name, code) for name in LIBRARY for code in _many(mark.get(name, ()))]
    return [(name, code, key) for name, code in codes if view.words.has(key := f"{name}.{code}")]


def _filter_to(filters: Fields) -> None:
    for name, codes in filters.items():
        st.session_state[name] = list(codes) if name in MANY else codes


def _comparison(view: View, mark: Fields, named: Mapping[str, str], along: Fields) -> Comparison | None:
    """Return the comparison of the mark's country with a subject already chosen, or as the first, on its principle.

    If the mark's round is not the selected one, its operation is compared with itself. Without a country, the subjects
    stay as they are.
    """
    facet = next((name for name in FACETS if name in named and len(_many(mark[name])) == 1), None)
    fields: dict[str, object] = {name: code for name, code in along.items() if name != "round" or "framework" in along}
    fields |= {"by": facet, "focus": _many(mark[facet])[0]} if facet else {}
    if "country" not in named:
        return Comparison(view.words("offer.compare_on", what=named[facet]), fields) if facet else None
    found = escaped_rows(view.published, SUBJECTS, view.parameters())
    here = [row for row in found if row["country"] in _many(mark["country"]) and row["in_round"]]
    own = tuple(row["subject"] for row in here if mark.get("operation") in (None, row["subject"]))
    if not own:
        return None
    waiting = view.state.subject
    first: tuple[str, ...] = waiting if len(waiting) == 1 and waiting[0] not in own else ()
    if then := along.get("round") if "framework" not in along else None:
        first = tuple(f"{code}{AT}{then}" for code in own)
    other = view.words.listed(map(subject_name(view), first)) or view.words("compare.group")
    label = view.words("offer.compare_with" if first else "offer.compare", country=named["country"], other=other)
    return Comparison(label, fields | {"subject": (*first, *own)[:MOST]})


TITLES = {NUMBER: "number.title", "impact": "column.impact", "action": "column.action"}
"""Titles of menus that explain one kind of thing; any other menu is titled by what its mark stands for."""
Explanation = Callable[[View], None]
"""Draws what explains a mark; the state of the view is the mark's own."""


def show_opened(view: View, explained: Mapping[str, Explanation] = MappingProxyType({})) -> None:
    """Open the menu of the mark just clicked: the available actions, and the explanation.

    The last line of every page that has figures; `explained` holds explanations specific to this page. A mark without
    actions or explanation opens nothing.
    """
    mark = MENU_OPEN.pop()
    if mark is None:
        return
    offers = offers_of(view, mark.fields)
    explain = {NUMBER: _number, "impact": show_impact, **explained}.get(mark.explained_by)
    if explain is None and not offers:
        return
    changes: dict[str, Any] = {
        name: (code,) if name in MANY and isinstance(code, str) else code for name, code in mark.fields.items()
    }
    # Normalised, because the figure may belong to another framework, which has other principles.
    asked = replace(view, state=normalised(replace(view.state, **changes), view.known))
    title = view.words(TITLES[mark.explained_by]) if mark.explained_by in TITLES else offers.title

    @st.dialog(title or view.words("offer.title"), width="large" if explain else "small")
    def dialog() -> None:
        show_offers(view, offers)
        if explain:
            explain(asked)

    dialog()


def _number(view: View) -> None:
    show_number(view)
    st.page_link(
        "pages/number.py",
        label=view.words("number.as_page"),
        icon=":material/open_in_new:",
        query_params=view.query(),
    )
