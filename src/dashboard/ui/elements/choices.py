"""The choices that belong to a page rather than to the filter bar, drawn as native controls in one element.

`filters.js` marks what the address holds, and writes a choice to it, as for the filter bar. Streamlit's own
controls would each be drawn anew in every run (benchmarks/RESULTS.md).
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import streamlit as st
from markupsafe import Markup

from dashboard.model.known_codes import FACETS, SWITCH
from dashboard.model.pages import PAGES
from dashboard.model.view_state import MANY
from dashboard.model.words import Words, area_word
from dashboard.queries.ask import rows
from dashboard.queries.every_page import AREA_WORD, OPERATIONS, OperationsRow
from dashboard.queries.risks_settings import SETTINGS, SettingsRow
from dashboard.ui.escape import escape_row, one_line
from dashboard.ui.glossary import meaning
from dashboard.ui.html import draw_html, explained, part, render
from dashboard.ui.session import part_open, parts_here
from dashboard.ui.view import View


class Shape(Enum):
    """What a choice looks like."""

    LIST = "list"
    SEGMENTS = "segments"
    SWITCH = "switch"


@dataclass(frozen=True)
class PageChoice:
    """One choice of a page: a field of the view that holds one code, and the plain titles of what can be chosen.

    `default` is what the page shows while the address does not say. `terms` are explained beside it. `along` is a
    second field that a list writes with it, as `by=right`: what its codes are. The label of a list is seen if it is
    `labelled`. `holds` are further codes that an option is shown for, by its own: a country's first operation, and its
    others.
    """

    field: str
    label: str
    options: Mapping[str, str]
    default: str
    shape: Shape = Shape.SEGMENTS
    terms: tuple[str, ...] = ()
    along: str = ""
    labelled: bool = False
    holds: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)

    def html(self) -> str:
        """Return the control."""
        return part("control", self, of="choice.html")


def switch(field: str, label: str, on: bool = False, *terms: str) -> PageChoice:
    """Return a choice between yes and no; `on` is what applies while the address does not say."""
    return PageChoice(field, label, {}, SWITCH[0] if on else SWITCH[1], Shape.SWITCH, terms)


def draw(words: Words, *choices: PageChoice | None, title: str = "") -> None:
    """Draw the choices in one line that wraps, followed by what is explained about them; None is left out.

    `title` is the heading of what they apply to, if that is only a part of the page.
    """
    kept = [one for one in choices if one]
    if kept or title:
        draw_html(render("choices.html", choices=kept, title=title, explained=_explained(words, kept)))


def _explained(words: Words, choices: list[PageChoice]) -> Markup:
    told = (f"**{words(f'term.{code}.title')}:** {meaning(words, code)}" for one in choices for code in one.terms)
    return explained(words, told)


FEW = 30
"""So many operations are one list; of more, the country is chosen first."""


def choose_part(view: View, *before: PageChoice) -> str:
    """Let the user choose the part of the page, after other choices; by default the first part."""
    parts = parts_here(PAGES[view.page])
    titles = {part: view.words(f"part.{part}") for part in parts}
    draw(view.words, *before, PageChoice("part", view.words("part.label"), titles, parts[0]))
    return part_open(PAGES[view.page], view.state.part)


def choose_one(view: View, one: PageChoice) -> str:
    """Let the user choose one code, and return it."""
    draw(view.words, one)
    return held(view, one)


def held(view: View, one: PageChoice) -> str:
    """Return what a choice shows: what the address holds if that is among its options, else what the page shows."""
    codes = getattr(view.state, one.field)
    code = ",".join(codes) if one.field in MANY else codes
    return code if code in one.options else one.default


def way_choice(view: View, *ways: str) -> PageChoice:
    """Return the choice of how the part is shown; by default the first way."""
    titles = {way: view.words(f"show_as.{way}") for way in ways}
    return PageChoice("show_as", view.words("show_as.label"), titles, ways[0])


def common_choice(view: View, default: bool = False) -> PageChoice:
    """Return the choice of what all have answered; `default` applies until somebody chooses."""
    return switch("common", view.words("choose.common"), default, "common_set")


def settings_kept(view: View) -> list[SettingsRow]:
    """Return the settings that their filter keeps, with plain titles."""
    found = rows(view.published, SETTINGS, view.parameters())
    return [row for row in found if not view.state.setting or row["setting"] in view.state.setting]


def setting_shown(view: View) -> SettingsRow | None:
    """Return the page's setting within the filter of settings: the chosen one, else the first; None without any."""
    found = {row["setting"]: row for row in settings_kept(view)}
    return found.get(view.state.of_setting) or (found[first_setting(found.values())] if found else None)


def first_setting(found: Iterable[SettingsRow]) -> str:
    """Return the first setting that is present in a selected operation; the first one if none is."""
    return next(row["setting"] for row in sorted(found, key=lambda row: not row["n_operations"]))


def operation_choice(view: View, label: str = "") -> tuple[OperationsRow | None, list[PageChoice]]:
    """Return the page's operation within the country filter, by default the first, and the lists to choose it from."""
    found = {row["operation"]: row for row in rows(view.published, OPERATIONS, view.parameters())}
    if not found:
        return None, []
    code, lists = operation_lists(view, list(found), label)
    return escape_row(found[code]), lists


def one_or_all(view: View) -> tuple[str, list[PageChoice]]:
    """Return the operation chosen within the country filter, empty for all of them, and the lists to choose it from."""
    found = rows(view.published, OPERATIONS, view.parameters())
    return operation_lists(view, [row["operation"] for row in found], every=view.words("choose.all_operations"))


def operation_lists(view: View, codes: Sequence[str], label: str = "", every: str = "") -> tuple[str, list[PageChoice]]:
    """Return the operation chosen among some, by default the first, and the lists to choose it from.

    Of many, the country is chosen first. `label` is what is seen before the lists; `every` is what all together are
    called, if no operation need be chosen.
    """
    words, found = view.words, {row["operation"]: row for row in rows(view.published, OPERATIONS, view.unfiltered())}
    usual = "" if every else codes[0]
    code = view.state.operation if view.state.operation in codes else usual
    all_of = {"": every} if every else {}

    def listed(named: str, titles: Mapping[str, str], of: Mapping[str, list[str]] | None = None) -> PageChoice:
        seen = label or words(named)
        return PageChoice(
            "operation", seen, {**all_of, **titles}, usual, Shape.LIST, labelled=bool(label), holds=of or {}
        )

    if len(codes) <= FEW:
        return code, _if_several(listed("choose.operation", _titles(view, codes, found)))
    of = _by_country(codes, found)
    own = next((each for each in of.values() if code in each), [])
    titles = {one: one_line(found[one]["country_title"]) if one in found else one for one in of}
    countries = listed("choose.country", titles, {one: each[1:] for one, each in of.items()})
    within = PageChoice("operation", words("choose.operation"), _titles(view, own, found), usual, Shape.LIST)
    return code, _if_several(countries, within)


def _titles(view: View, codes: Sequence[str], found: Mapping[str, OperationsRow]) -> dict[str, str]:
    """Return the names of operations, with that of the group of operations that one belongs to."""
    titles = {code: one_line(found[code]["operation_title"]) if code in found else code for code in codes}
    groups = {code: one_line(found[code]["group_title"] or "") if code in found else "" for code in codes}
    return {
        code: view.words("choose.of_group", operation=title, group=groups[code]) if groups[code] else title
        for code, title in titles.items()
    }


def _by_country(codes: Sequence[str], found: Mapping[str, OperationsRow]) -> dict[str, list[str]]:
    """Return the operations of each country by the first of them."""
    own: dict[str, list[str]] = {}
    for code in codes:
        own.setdefault(found[code]["country"] if code in found else code, []).append(code)
    return {each[0]: each for each in own.values()}


def _if_several(*lists: PageChoice) -> list[PageChoice]:
    return [one for one in lists if len(one.options) > 1]


def look_at(facet: str, code: str) -> None:
    """Put one principle, risk area or right in focus; an empty code ends the focus."""
    st.session_state["by"] = facet
    st.session_state["focus"] = code


def looked_at_choice(view: View, facet: str, titles: Mapping[str, str], label: str) -> tuple[str, PageChoice]:
    """Return which of some plain `titles` is in focus, the first or a chosen one, and the list to choose it from."""
    wanted = view.state.focus if view.state.by == facet else ""
    first = next(iter(titles))
    listed = PageChoice("focus", label, titles, first, Shape.LIST, along=f"by={facet}")
    return wanted if wanted in titles else first, listed


def facet_choice(view: View) -> PageChoice:
    """Return the choice between principle, risk area and right."""
    (row,) = rows(view.published, AREA_WORD, view.parameters())
    named = {"principle": area_word(row["area_word"], view.words).by(view.words)}
    titles = {facet: named.get(facet) or view.words(f"compare.by_{facet}") for facet in FACETS}
    return PageChoice("by", view.words("compare.by"), titles, FACETS[0])
