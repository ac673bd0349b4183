"""Which choices belong to a page rather than to the filter bar? The common set, what figures are by, and the like."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from dashboard.model.pages import PAGES
from dashboard.model.standard.area_word import area_word
from dashboard.model.view.known import FACETS
from dashboard.model.view.view_state import MANY
from dashboard.queries.ask import rows
from dashboard.queries.elements.rows import OperationsRow
from dashboard.queries.risks.rows import SettingsRow
from dashboard.ui import choices
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.escape import escape_row, one_line
from dashboard.ui.session import part_open, parts_here
from dashboard.ui.view import View


def choose_part(view: View) -> str:
    """Let the user choose the part of the page; by default the first."""
    parts = parts_here(PAGES[view.page])
    titles = {part: view.words(f"part.{part}") for part in parts}
    choices.draw(view.words, Choice("part", view.words("part.label"), titles, parts[0]))
    return part_open(PAGES[view.page], view.state.part)


def way_choice(view: View, *ways: str) -> Choice:
    """Return the choice of how the part is shown; by default the first way."""
    titles = {way: view.words(f"show_as.{way}") for way in ways}
    return Choice("show_as", view.words("show_as.label"), titles, ways[0])


def common_choice(view: View, default: bool = False) -> Choice:
    """Return the choice of what all have answered; `default` applies until somebody chooses."""
    return choices.switch("common", view.words("choose.common"), default, "common_set")


def choose_operation(view: View) -> OperationsRow | None:
    """Let the user choose the page's operation within the country filter; by default the first."""
    found = {row["operation"]: row for row in rows(view.published, "operations", view.parameters())}
    if not found:
        return None
    chosen = choose_one(
        view,
        "operation",
        list(found),
        next(iter(found)),
        label=view.words("choose.operation"),
        format_func=lambda code: _named(view, found[code]) if code in found else code,
        label_visibility="collapsed",
    )
    return escape_row(found[chosen])


def settings_kept(view: View) -> list[SettingsRow]:
    """Return the settings that their filter keeps, with plain titles."""
    found = rows(view.published, "settings", view.parameters())
    return [row for row in found if not view.state.setting or row["setting"] in view.state.setting]


def setting_shown(view: View) -> SettingsRow | None:
    """Return the page's setting within the filter of settings: the chosen one, else the first; None without any."""
    found = {row["setting"]: row for row in settings_kept(view)}
    return found.get(view.state.of_setting) or (found[first_setting(found.values())] if found else None)


def first_setting(found: Iterable[SettingsRow]) -> str:
    """Return the first setting that is present in a selected operation; the first one if none is."""
    return next(row["setting"] for row in sorted(found, key=lambda row: not row["n_operations"]))


def operation_choice(view: View, key: str) -> tuple[OperationsRow | None, Choice | None]:
    """Return the page's operation, as `choose_operation`, and its choice if there are several to choose from.

    `key` is the sentence of the words that says what is shown of an operation.
    """
    found = {row["operation"]: row for row in rows(view.published, "operations", view.parameters())}
    if not found:
        return None, None
    first = next(iter(found))
    titles = {code: view.words(key, operation=one_line(row["operation_title"])) for code, row in found.items()}
    listed = Choice("operation", view.words("choose.operation"), titles, first, Shape.LIST)
    return escape_row(found.get(view.state.operation, found[first])), listed if len(found) > 1 else None


def _named(view: View, row: OperationsRow) -> str:
    """Return the name of an operation, with that of its group of operations if it has one."""
    title, group = one_line(row["operation_title"]), one_line(row["group_title"] or "")
    return view.words("choose.of_group", operation=title, group=group) if group else title


def shown(field: str) -> str:
    """Return the widget key for a field of the view that has a page-specific default."""
    return f"{field}_shown"


def choose_one(
    view: View, field: str, options: list[str], default: str, *, draw: Callable[..., Any] = st.selectbox, **more: Any
) -> str:
    """Let the user choose one code of a field of the view, using the widget `draw`, and return it.

    `default` applies if none of the options is chosen. The field stays empty until then: a page's own default is in no
    link, and going to another page and back adds no second address. If the field holds several codes, the first that is
    an option counts.
    """
    held = getattr(view.state, field)
    codes = [code for code in (held if field in MANY else (held,)) if code in options]
    st.session_state[shown(field)] = codes[0] if codes else default
    chosen: str = draw(options=options, key=shown(field), on_change=take_shown, args=(field,), **more)
    return chosen


def take_shown(field: str) -> None:
    """Copy the widget's value to the field of the view, replacing any other codes there."""
    chosen = st.session_state[shown(field)]
    codes = [code for code in (chosen,) if code] if isinstance(chosen, str) else chosen
    st.session_state[field] = codes if field in MANY else chosen


def look_at(facet: str, code: str) -> None:
    """Put one principle, risk area or right in focus; an empty code ends the focus."""
    st.session_state["by"] = facet
    st.session_state["focus"] = code


def looked_at_choice(view: View, facet: str, titles: Mapping[str, str], label: str) -> tuple[str, Choice]:
    """Return which of some plain `titles` is in focus, the first or a chosen one, and the list to choose it from."""
    wanted = view.state.focus if view.state.by == facet else ""
    first = next(iter(titles))
    listed = Choice("focus", label, titles, first, Shape.LIST, along=f"by={facet}")
    return wanted if wanted in titles else first, listed


def facet_choice(view: View) -> Choice:
    """Return the choice between principle, risk area and right."""
    (row,) = rows(view.published, "area_word", view.parameters())
    named = {"principle": area_word(row["area_word"], view.words).by(view.words)}
    titles = {facet: named.get(facet) or view.words(f"compare.by_{facet}") for facet in FACETS}
    return Choice("by", view.words("compare.by"), titles, FACETS[0])
