"""Which choices belong to a page rather than to the filter bar? Respect or support, the common set, and the like."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.model.pages import PAGES
from dashboard.model.view.known import FACETS
from dashboard.model.view.view_state import MANY
from dashboard.queries.ask import rows
from dashboard.queries.elements.rows import OperationsRow
from dashboard.ui.escape import escape_label, escape_row, one_line
from dashboard.ui.glossary import meaning
from dashboard.ui.session import parts_here
from dashboard.ui.session_keys import COMMON_SWITCH
from dashboard.ui.view import View


def choose_part(view: View) -> str:
    """Let the user choose the part of the page; by default the first."""
    parts = parts_here(PAGES[view.page])
    return choose_one(
        view,
        "part",
        parts,
        parts[0],
        draw=st.segmented_control,
        label=view.words("part.label"),
        format_func=lambda part: view.words(f"part.{part}"),
        label_visibility="collapsed",
        required=True,
        wrap=True,
    )


def choose_kind(view: View) -> None:
    """Let the user choose respect or support: two figures that are never mixed. One kind alone needs no choice."""
    if len(view.kinds) < 2:
        return
    st.radio(
        view.words("choose.kind"),
        view.kinds,
        key="kind",
        horizontal=True,
        persist_state="session",
        format_func=lambda kind: view.words(f"kind.{kind}"),
        label_visibility="collapsed",
        help=meaning(view.words, "respect", "support"),
    )


def choose_common(view: View, default: bool = False) -> bool:
    """Let the user restrict the comparison to what all have answered; `default` applies until somebody chooses."""
    chosen = view.state.common == "yes" or (default and not view.state.common)
    COMMON_SWITCH.set(chosen)
    help_ = meaning(view.words, "common_set")
    st.toggle(view.words("choose.common"), key=COMMON_SWITCH.name, on_change=_switched, help=help_)
    return chosen


def _switched() -> None:
    st.session_state["common"] = "yes" if COMMON_SWITCH.now() else "no"


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


def choose_looked_at(view: View, facet: str, titles: dict[str, str], label: str) -> str:
    """Let the user choose which of some plain `titles` is in focus: the first, or one chosen here or on a chart."""
    key = shown(f"{facet}_looked_at")
    wanted = view.state.focus if view.state.by == facet else ""
    st.session_state[key] = wanted if wanted in titles else next(iter(titles))
    chosen: str = st.selectbox(
        label,
        list(titles),
        key=key,
        on_change=lambda: look_at(facet, st.session_state[key]),
        format_func=lambda code: escape_label(titles.get(code, code)),
    )
    return chosen


def choose_facet(view: View) -> None:
    """Let the user choose between principle, risk area and right."""
    named = {"principle": view.area_word().by(view.words)}
    st.radio(
        view.words("compare.by"),
        FACETS,
        key="by",
        horizontal=True,
        persist_state="session",
        on_change=_unfocused,
        format_func=lambda facet: named.get(facet) or view.words(f"compare.by_{facet}"),
        label_visibility="collapsed",
    )


def _unfocused() -> None:
    st.session_state["focus"] = ""
