"""Which scenarios are ready-made, one click away? Derived from the published data: the page never opens empty."""

from datetime import date

import streamlit as st

from dashboard.model.plan.scenario import MOST, Assumption, Scenario, named
from dashboard.queries.ask import rows
from dashboard.queries.whatif.whatif_ready import WHATIF_READY, WhatifReadyRow
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape, short
from dashboard.ui.versions import scenario as held
from dashboard.ui.view import View

SIGNS = {"gaps": ":material/trending_up:", "critical": ":material/priority_high:", "planned": ":material/checklist:"}
FIRST, WIDTH = 3, 70
"""Criteria named on a card, and characters shown of each."""


def offer_ready(view: View) -> None:
    """Show one card each: its assumptions, and the button that shows it on every page."""
    found: dict[str, list[WhatifReadyRow]] = {}
    for row in rows(view.published, WHATIF_READY, view.parameters()):
        found.setdefault(row["ready"], []).append(row)
    if not found:
        return
    st.markdown(f"**{view.words('whatif.ready')}**")
    for column, (name, assumed) in zip(st.columns(len(SIGNS)), found.items(), strict=False):
        with column.container(border=True, height="stretch"):
            _card(view, name, assumed[:MOST])
    st.markdown(f"**{view.words('whatif.own')}**")


def _card(view: View, name: str, assumed: list[WhatifReadyRow]) -> None:
    words, first = view.words, assumed[0]
    day = date.fromisoformat(first["becomes"]) if name == "planned" else None
    told = {"place": escape(first["place_title"]), "kind": view.kind_word()}
    titled = "gaps_alone" if name == "gaps" and len(view.kinds) == 1 else name
    st.markdown(f"**{words.count(f'whatif.ready_{titled}', len(assumed), **told)}**")
    lines = [f"- {_line(view, row)}" for row in assumed[:FIRST] if row["text"]]
    more = [f"- {words.count('whatif.ready_more', len(assumed) - FIRST)}"] if assumed[FIRST:] else []
    st.caption(words(f"whatif.ready_{name}_help", day=day))
    if lines:
        st.markdown("\n".join([*lines, *more]))
    scenario = Scenario(
        named(words(f"whatif.ready_{name}_name", place=first["place_title"])),
        view.state.round,
        tuple(Assumption(row["place"], row["what"], row["becomes"]) for row in assumed),
    )
    label = words("whatif.try")
    st.button(label, key=f"whatif_ready {name}", icon=SIGNS[name], on_click=held.show, args=(scenario,))


def _line(view: View, row: WhatifReadyRow) -> str:
    """Return a criterion as named on a card."""
    text = short(row["text"] or "", WIDTH)
    return coded(escape(text), escape(row["what"]))
