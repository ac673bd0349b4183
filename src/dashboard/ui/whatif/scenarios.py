"""Which scenarios does this session have? The current one, its assumptions, and in a sentence what it changes."""

from typing import TypedDict

import streamlit as st

from dashboard.model.claim import Claim
from dashboard.model.plan.scenario import EVERYWHERE, LONGEST, PLANNED, Assumption, Scenario, scenario_of
from dashboard.queries.question import Question
from dashboard.ui.carried import left_out_here
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.session_keys import LEFT_OUT, WHATIF_CHOSEN, WHATIF_NAME
from dashboard.ui.versions import scenario as held
from dashboard.ui.versions.figures_moved import difference, means_moved
from dashboard.ui.versions.shown_scenario import assumed, changed_answers, real
from dashboard.ui.view import View
from dashboard.ui.whatif.compare import PUBLISHED, Sides


class WhatifAssumedRow(TypedDict):
    """A row of `whatif_assumed`."""

    position: int
    place: str
    what: str
    becomes: str
    place_title: str | None
    area_code: str | None
    area_title: str | None
    criterion: str | None
    criterion_text: str | None
    status_title: str | None


WHATIF_ASSUMED = Question("whatif_assumed", WhatifAssumedRow)


def opened(view: View) -> Scenario | None:
    """Keep the current scenario in the session, naming it if it came from a link without a name."""
    scenario = scenario_of(view.state.imagined)
    if scenario is None:
        return None
    kept = held.remember(scenario if scenario.name else held.named_anew(scenario, view.words))
    if kept != scenario:
        held.show(kept)
        LEFT_OUT.set(left_out_here())
        st.rerun()
    return kept


def finding(view: View, scenario: Scenario | None, sides: Sides) -> Claim:
    """Say what the scenario changes; without one, how to start."""
    if scenario is None:
        return Claim.of("whatif.begin")
    name = escape(scenario.name)
    if not scenario.assumptions:
        return Claim.of("whatif.empty", name=name)
    was, now = sides[PUBLISHED], sides[scenario.name]
    if moved := means_moved(view, was, now):
        return Claim.of("whatif.finding", name=name, moved=moved)
    return Claim.of("whatif.finding_others" if difference(view, was, now) else "whatif.finding_same", name=name)


def choose_scenario(view: View, scenario: Scenario | None) -> None:
    """Let the user switch, create, copy, rename and delete scenarios."""
    words = view.words
    names = [PUBLISHED, *held.scenarios()]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        WHATIF_CHOSEN.set(scenario.name if scenario else PUBLISHED)
        st.selectbox(
            words("whatif.scenario"),
            names,
            key=WHATIF_CHOSEN.name,
            format_func=lambda name: name or words("whatif.side_real"),
            on_change=_chosen,
            width=280,
        )
        if scenario is not None:
            _name(view, scenario)
        st.button(words("whatif.new"), key="whatif_new", icon=":material/add:", on_click=_new, args=(view,))
        if scenario is not None:
            st.button(words("whatif.copy"), key="whatif_copy", on_click=_copy, args=(view, scenario))
            st.button(words("whatif.forget"), key="whatif_forget", on_click=held.forget, args=(scenario,))


def _name(view: View, scenario: Scenario) -> None:
    WHATIF_NAME.set(scenario.name)
    st.text_input(
        view.words("whatif.name"),
        key=WHATIF_NAME.name,
        max_chars=LONGEST,
        on_change=_renamed,
        args=(scenario,),
        width=240,
    )


def show_assumptions(view: View, scenario: Scenario) -> None:
    """Show every assumption in words, with the number of answers it changes, and a button to remove it."""
    words = view.words
    if not scenario.assumptions:
        return
    counted = changed_answers(real(view), scenario)["position"].value_counts().to_pylist()
    n_changed = {row["values"]: row["counts"] for row in counted}
    told = escaped_rows(real(view), WHATIF_ASSUMED, view.parameters(**assumed(scenario)))
    st.markdown(f"**{words('whatif.assumptions', round=escape(scenario.round))}**")
    for row, assumption in zip(told, scenario.assumptions, strict=True):
        said, remove = st.columns([8, 1], vertical_alignment="center")
        n = n_changed.get(row["position"], 0)
        said.markdown(f"{assumption_text(view, row)}  :gray[:small[{words.count('whatif.changes', n)}]]")
        remove.button(
            words("whatif.remove"),
            key=f"whatif_remove {row['position']}",
            icon=":material/close:",
            type="tertiary",
            on_click=_without,
            args=(assumption,),
        )


def assumption_text(view: View, row: WhatifAssumedRow) -> str:
    """Return one assumption in words: where, what, and the new status."""
    words = view.words
    place = words("whatif.everywhere") if row["place"] == EVERYWHERE else row["place_title"] or row["place"]
    if row["what"] == PLANNED:
        return words("whatif.assumes_planned", where=place, day=row["becomes"])
    if row["criterion"]:
        what = in_option(row["criterion_text"] or "", row["criterion"])
    else:
        what = words("whatif.whole", area=f"{row['area_code'] or ''} {row['area_title'] or row['what']}".strip())
    return words("whatif.assumes_status", where=place, what=what, status=row["status_title"] or row["becomes"])


def _chosen() -> None:
    scenario = held.scenarios().get(WHATIF_CHOSEN.now())
    if scenario is None:
        held.end()
    else:
        held.show(scenario)


def _renamed(scenario: Scenario) -> None:
    held.rename(scenario, WHATIF_NAME.now())


def _new(view: View) -> None:
    held.show(Scenario(held.first_name(view.words), view.state.round))


def _copy(view: View, scenario: Scenario) -> None:
    held.show(Scenario(held.first_name(view.words), scenario.round, scenario.assumptions))


def _without(assumption: Assumption) -> None:
    scenario = held.current()
    if scenario is not None:
        left = tuple(one for one in scenario.assumptions if one != assumption)
        held.show(Scenario(scenario.name, scenario.round, left))
