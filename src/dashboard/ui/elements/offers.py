"""What is offered for a mark of a chart beside its number: filter to it, compare it. The same for every chart."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard.model.view.filters import FILTERS
from dashboard.model.view.known import AT, FACETS
from dashboard.model.view.view_state import MOST
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View, with_state


@dataclass(frozen=True)
class Comparison:
    """What the link to Side by side says, and the fields of the view that it changes."""

    label: str
    fields: Mapping[str, object]


def show_offers(view: View, figure: Mapping[str, object]) -> None:
    """A button that filters to the mark, and a link that compares it; each only where it changes something."""
    options = escaped_rows(view.published, "options", view.parameters())
    titles = {(row["filter"], row["code"]): row["title"] for row in options}
    chosen = {name: str(figure[name]) for name in FILTERS if (name, figure.get(name)) in titles}
    named = {name: titles[name, code] for name, code in chosen.items()}
    filters = any(getattr(view.state, name) != (code,) for name, code in chosen.items())
    comparison = _comparison(view, chosen, named)
    if not filters and not comparison:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="offers"):
        if filters and st.button(
            view.words("offer.filter", what=", ".join(named.values())),
            icon=":material/filter_alt:",
            on_click=_filter_to,
            args=(chosen,),
            key="offer_filter",
        ):
            st.rerun()
        if comparison:
            st.page_link(
                "pages/compare.py",
                label=comparison.label,
                icon=":material/compare_arrows:",
                query_params=with_state(view.state, **comparison.fields),
            )


def _filter_to(chosen: Mapping[str, str]) -> None:
    for name, code in chosen.items():
        st.session_state[name] = [code]


def _comparison(view: View, chosen: Mapping[str, str], named: Mapping[str, str]) -> Comparison | None:
    """Its country beside the one that waits there for a second, or as the first; its principle is looked at closely.

    Without a country what is compared stays as it is.
    """
    facet = next((name for name in FACETS if name in chosen), None)
    looked_at: dict[str, object] = {"by": facet, "focus": chosen[facet]} if facet else {}
    if "country" not in chosen:
        return Comparison(view.words("offer.compare_on", what=named[facet]), looked_at) if facet else None
    found = escaped_rows(view.published, "subjects", view.parameters())
    own = tuple(row["subject"] for row in found if row["country"] == chosen["country"] and row["in_round"])
    if not own:
        return None
    titles = {row["subject"]: row["title"] for row in found}
    waiting = view.state.subject if len(view.state.subject) == 1 and view.state.subject[0] not in own else ()
    other = "".join(titles.get(one.partition(AT)[0], "") for one in waiting) or view.words("compare.group")
    key = "offer.compare_with" if waiting else "offer.compare"
    label = view.words(key, country=named["country"], other=other)
    return Comparison(label, looked_at | {"subject": (*waiting, *own)[:MOST]})
