"""How does a scenario become an action plan? Every answer it improves becomes the draft of an action."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.action import Action
from dashboard.model.plan.scenario import Scenario
from dashboard.queries import ask
from dashboard.queries.plan.questions import PLAN_SUBJECT
from dashboard.queries.whatif.whatif_answers import WhatifAnswersRow
from dashboard.ui.elements.action_link import begun
from dashboard.ui.plan.draft import EDITOR, name_of_new
from dashboard.ui.plan.new import begun_action, guidance_for
from dashboard.ui.session_keys import WHATIF_BEGUN
from dashboard.ui.versions.shown_scenario import changed_answers, real
from dashboard.ui.view import View

MOST = 20
"""Drafts created at once; nobody works through more in one sitting."""


def offer_actions(view: View, scenario: Scenario) -> None:
    """Draw the button that creates the drafts, what it leaves out, and the link to those created."""
    words = view.words
    if view.masked:  # A draft would name an operation by its alias, and remain after names are shown again.
        st.caption(words("safe.refused"))
        return
    changed = changed_answers(real(view), scenario)
    changed = changed.filter(changed["lifts"])
    wanted = changed.filter(pc.invert(pc.or_(changed["planned"], changed["has_action"])))
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(wanted):
            label = words.count("whatif.draft", min(len(wanted), MOST))
            if st.button(label, key="whatif_draft", icon=":material/add_task:"):
                _begin(view, scenario, wanted)
        if len(wanted) > MOST:
            st.caption(words("whatif.draft_most", n=len(wanted), most=MOST))
        if len(changed) > len(wanted):
            st.caption(words.count("whatif.has_action", len(changed) - len(wanted)))
    n, first = WHATIF_BEGUN.pop((0, ("", "")))
    if n:
        criterion, operation = first
        st.success(words.count("whatif.drafted", n))
        there = begun(view, criterion=criterion, operation=operation)
        st.page_link("pages/plan.py", label=words("whatif.to_plan"), query_params=there, icon=":material/checklist:")


def _begin(view: View, scenario: Scenario, wanted: pa.Table) -> None:
    """Create a draft for each, as the form would; one that already exists stays as it is."""
    # Most important first: a draft left out now can be created after the others are saved.
    critical = [wanted.filter(of) for of in (wanted["critical"], pc.invert(wanted["critical"]))]
    rows: list[WhatifAnswersRow] = pa.concat_tables(critical)[:MOST].to_pylist()
    for row in rows:
        action = _action(view, scenario, row)
        key = name_of_new(action)
        if key not in EDITOR.drafts():
            EDITOR.settle(key, Draft(None, action))
    WHATIF_BEGUN.set((len(rows), (rows[0]["criterion"], rows[0]["operation"])))
    st.rerun()


def _action(view: View, scenario: Scenario, row: WhatifAnswersRow) -> Action:
    given = view.parameters(criterion=row["criterion"], impact="", operation=row["operation"], round=scenario.round)
    (subject,) = ask.rows(view.published, PLAN_SUBJECT, given)
    guidance = guidance_for(view, subject)
    action = begun_action(view, subject, guidance[0] if guidance else None, row["operation"])
    return replace(action, round=scenario.round, expected_status=row["status"])
