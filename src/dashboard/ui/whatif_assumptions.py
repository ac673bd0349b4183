"""The forms that add an assumption to a scenario, and the cards of ready-made scenarios.

An assumption is added for one criterion, a whole area, or every action due by a date. Ready-made scenarios are derived
from the published data, so that the page never opens empty.
"""

from datetime import date, timedelta
from typing import TypedDict

import streamlit as st

from dashboard.model.known_codes import WAYS
from dashboard.model.plan import EVERYWHERE, MOST_ASSUMPTIONS, PLANNED, Assumption, Scenario, scenario_name
from dashboard.queries.ask import rows
from dashboard.queries.plan_actions import PLAN_CRITERIA
from dashboard.queries.question import Question
from dashboard.queries.whatif_ready import WHATIF_READY, WhatifReadyRow
from dashboard.ui.elements.choices import PageChoice, choose_one
from dashboard.ui.elements.marks import coded, in_option
from dashboard.ui.escape import escape, escape_label, escaped_rows, short
from dashboard.ui.session_state import WHATIF_AREA, WHATIF_CRITERION, WHATIF_DAY, WHATIF_STATUS, WHATIF_WHERE, Key
from dashboard.ui.versions import session_scenarios as held
from dashboard.ui.view import View

OF = {"area": WHATIF_AREA, "criterion": WHATIF_CRITERION}
"""The session key of an assumption's area or criterion, by its kind."""
AHEAD = timedelta(days=365)
"""How far ahead actions are included by default."""


class WhatifChoicesRow(TypedDict):
    """A row of `whatif_choices`."""

    choice: str
    code: str
    title: str
    area_code: str | None
    scale_no: int | None
    own: bool


WHATIF_CHOICES = Question("whatif_choices", WhatifChoicesRow)


def add_assumption(view: View, scenario: Scenario | None) -> None:
    """Draw the form of one assumption. Without a scenario, it starts one."""
    words, area = view.words, view.area_word().one
    with st.container(border=True):
        ways = {way: words(f"whatif.way_{way}", area=area) for way in WAYS["whatif"]}
        way = choose_one(view, PageChoice("show_as", words("whatif.way"), ways, next(iter(ways))))
        if scenario is not None and len(scenario.assumptions) >= MOST_ASSUMPTIONS:
            st.caption(words("whatif.full", most=MOST_ASSUMPTIONS))
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _choose(view, way)
            # Reads the choices on click: somebody who clicks at once means what is shown by then.
            st.button(words("whatif.assume"), key="whatif_add", type="primary", on_click=_add, args=(view, way))


def _choose(view: View, way: str) -> None:
    """Draw the lists for this kind of assumption."""
    words = view.words
    choices: dict[str, dict[str, str]] = {"where": {EVERYWHERE: words("whatif.everywhere")}, "area": {}, "status": {}}
    statuses: dict[int, dict[str, str]] = {}
    for row in escaped_rows(view.published, WHATIF_CHOICES, view.parameters()):
        if row["scale_no"] is None:
            choices[row["choice"]][row["code"]] = " ".join(part for part in (row["area_code"], row["title"]) if part)
            continue
        statuses.setdefault(row["scale_no"], {})[row["code"]] = row["title"]
        if row["own"]:
            choices["status"][row["code"]] = row["title"]
    # A user viewing one country most likely means that one.
    here = view.state.country[0] if len(view.state.country) == 1 else EVERYWHERE
    _one(WHATIF_WHERE, words("whatif.where"), choices["where"], 190, here)
    if way == "planned":
        WHATIF_DAY.setdefault(view.today + AHEAD)
        st.date_input(
            words("whatif.until"), key=WHATIF_DAY.name, format="YYYY-MM-DD", persist_state="session", width=200
        )
        return
    scale_of: dict[str, int] = {}
    if way == "criterion":
        found = escaped_rows(view.published, PLAN_CRITERIA, view.parameters())
        choices["criterion"] = {row["criterion"]: in_option(row["text"], row["criterion"]) for row in found}
        scale_of = {row["criterion"]: row["scale_no"] for row in found}
    label = words("column.criterion") if way == "criterion" else view.area_word().label
    _one(OF[way], label, choices[way], 350)
    chosen = scale_of.get(OF[way].get() or "")
    _one(WHATIF_STATUS, words("whatif.becomes"), choices["status"] if chosen is None else statuses[chosen], 170)


def _one(key: Key[str | None], label: str, titles: dict[str, str], width: int, first: str = "") -> None:
    """Let the user choose a code: by default the previous choice, else `first`, else the first one available."""
    if key.get() not in titles:
        key.set(first if first in titles else next(iter(titles), None))
    st.selectbox(
        label,
        list(titles),
        key=key.name,
        persist_state="session",
        format_func=lambda code: escape_label(titles.get(code, code)),
        width=width,
    )


def _chosen(way: str) -> Assumption | None:
    """Return the current choices; None if one is missing."""
    where, day = WHATIF_WHERE.get(), WHATIF_DAY.get()
    if way == "planned":
        return Assumption(where, PLANNED, day.isoformat()) if where and day else None
    what, becomes = OF[way].get(), WHATIF_STATUS.get()
    return Assumption(where, what, becomes) if where and what and becomes else None


def _add(view: View, way: str) -> None:
    """Add the chosen assumption, replacing an earlier one on the same subject."""
    assumption = _chosen(way)
    if assumption is None:
        return
    scenario = held.current() or Scenario(held.first_name(view.words), view.state.round)
    others = tuple(one for one in scenario.assumptions if (one.where, one.what) != (assumption.where, assumption.what))
    held.show(Scenario(scenario.name, scenario.round, (*others, assumption)))


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
            _card(view, name, assumed[:MOST_ASSUMPTIONS])
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
        scenario_name(words(f"whatif.ready_{name}_name", place=first["place_title"])),
        view.state.round,
        tuple(Assumption(row["place"], row["what"], row["becomes"]) for row in assumed),
    )
    label = words("whatif.try")
    st.button(label, key=f"whatif_ready {name}", icon=SIGNS[name], on_click=held.show, args=(scenario,))


def _line(view: View, row: WhatifReadyRow) -> str:
    """Return a criterion as named on a card."""
    text = short(row["text"] or "", WIDTH)
    return coded(escape(text), escape(row["what"]))
