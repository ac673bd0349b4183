"""Starts new actions on a selected or suggested subject, pre-filled, or on every answer that a scenario improves."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from dashboard.model.plan import EDITED, Action, Scenario
from dashboard.model.records import Draft
from dashboard.queries import ask, plan_actions
from dashboard.queries.whatif_effects import WhatifAnswersRow
from dashboard.ui.editing.field import set_widget
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import PageChoice, Shape, operation_lists
from dashboard.ui.elements.gap_links import actions_on, begun, met
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import escape, one_line, short
from dashboard.ui.frame.exercise import runs
from dashboard.ui.plan.actions import EDITOR, NEW, ActionSubject, OpenAction, name_of_new
from dashboard.ui.session_state import PLAN_EMPTY, WHATIF_BEGUN
from dashboard.ui.versions.page_version import changed_answers, real
from dashboard.ui.view import View

WIDTH = 90
"""Characters of a criterion shown in the list of all."""
DAYS = 90
"""Days until a new action is due, unless changed."""


@dataclass(frozen=True)
class On:
    """What a new action addresses: the operation, and the row of its criterion or impact."""

    operation: str
    subject: ActionSubject


def choose_on(view: View) -> On | None:
    """Return what a new action addresses; None if no criterion or impact is selected, or there is no operation."""
    criterion = _criterion_choice(view)
    found = ask.rows(view.published, plan_actions.PLAN_OPERATIONS, view.parameters())
    titles = {row["operation"]: row["operation_title"] for row in found}
    if not found or not (view.state.criterion or view.state.impact):
        choices.draw(view.words, criterion)
        return None
    operation, lists = operation_lists(view, list(titles))
    choices.draw(view.words, criterion, *lists)
    (subject,) = ask.rows(view.published, plan_actions.PLAN_SUBJECT, view.parameters(operation=operation))
    return On(operation, {**subject, "operation_title": titles[operation]})


def _criterion_choice(view: View) -> PageChoice:
    texts = {
        row["criterion"]: row["text"] for row in ask.rows(view.published, plan_actions.PLAN_CRITERIA, view.parameters())
    }
    nothing = "plan.on_impact" if view.state.impact else "plan.no_criterion"
    labels = {code: in_option(short(text, WIDTH), code) for code, text in texts.items()}
    options = {NEW: view.words(nothing)} | labels
    return PageChoice("criterion", view.words("column.criterion"), options, NEW, Shape.LIST, labelled=True)


def guidance_for(view: View, subject: plan_actions.PlanSubjectRow) -> list[plan_actions.PlanGuidanceRow]:
    """Return guidance for an action's subject, the best match first."""
    on = {"criterion": "", "impact": "", subject["what"]: subject["code"]}
    return ask.rows(view.published, plan_actions.PLAN_GUIDANCE, view.parameters(**on))


def second_wanted(view: View, on: On) -> bool:
    """Show the actions on the same in the operation; return whether another is to be made all the same.

    True at once if there is none still to do, or if a new one has been started.
    """
    words, operation = view.words, on.operation
    found = actions_on(view, on.subject["code"], operation)
    if not found:
        return True
    live = found[0]["live"]
    place = escape(on.subject["operation_title"])
    closed = [] if live else [words.count("plan.there_closed", len(found), operation=place)]
    st.info("  \n".join([*closed, *(met(view, row) for row in found)]))
    if not live or name_of_new(begun_action(view, on.subject, None, operation)) in EDITOR.drafts():
        return True
    return st.checkbox(words("plan.plan_second"), key=f"plan_second {on.subject['code']} {operation}")


def new_action(view: View, on: On | None) -> OpenAction | None:
    """Return the form of a new action, pre-filled from guidance; without a subject, show how to start one."""
    if on is None:
        st.caption(view.words("plan.how_to_begin"))
        return None
    return _begun(view, on.subject, on.operation)


def _begun(view: View, subject: ActionSubject, operation: str) -> OpenAction:
    guidance = {row["guidance"]: row for row in guidance_for(view, subject)}
    begins = {code: begun_action(view, subject, row, operation) for code, row in guidance.items()}
    bare = begun_action(view, subject, None, operation)
    key = name_of_new(bare)
    if not begins:
        st.caption(view.words("plan.no_guidance"))
        return OpenAction(EDITOR, key, None, bare, subject)
    widget = f"plan_guidance {key}"
    held = st.session_state.get(widget)
    held = held if held in begins else next(iter(begins))
    set_widget(widget, held)
    chosen = st.selectbox(
        view.words("plan.begin_with"),
        list(begins),
        key=widget,
        format_func=lambda code: one_line(guidance[code]["title"]) if code in guidance else code,
        on_change=_begin_otherwise,
        args=(OpenAction(EDITOR, key, None, begins[held], subject), begins, widget),
        help=view.words("plan.begin_with_help"),
    )
    return OpenAction(EDITOR, key, None, begins[chosen], subject)


def _begin_otherwise(before: OpenAction, begins: dict[str, Action], widget: str) -> None:
    """Replace the text of the former guidance by that of another, but nothing that somebody typed."""
    after, typed = begins[st.session_state[widget]], before.draft.typed
    untouched = {n: getattr(after, n) for n in EDITED if getattr(typed, n) == getattr(before.start, n)}
    EDITOR.keep(before.key, Draft(None, replace(typed, **untouched)), after)


def begun_action(
    view: View, subject: plan_actions.PlanSubjectRow, guidance: plan_actions.PlanGuidanceRow | None, operation: str
) -> Action:
    """Return a new action with the guidance's first step and lead function, else led by the subject's own function."""
    on_criterion = subject["what"] == "criterion"
    return Action(
        operation=operation,
        text=guidance["first_step"] if guidance else "",
        owner_role=(guidance and guidance["leads"]) or subject["leads"] or "",
        due_on=(view.today + timedelta(days=DAYS)).isoformat(),
        round=view.state.round,
        criterion=subject["code"] if on_criterion else "",
        impact="" if on_criterion else subject["code"],
        priority="high" if subject["critical"] or subject["severe"] else "medium",
        expected_status=next(iter(subject["statuses"]), ""),
    )


def suggested(view: View, operation: str) -> On | None:
    """Return the most severe rating without an action, else the most important missing criterion; None if all have one.

    Also None in an exercise, where a group starts from its findings, and once the user has started empty.
    """
    if runs(view):
        return None
    if PLAN_EMPTY.get(False):
        st.button(view.words("plan.suggest"), key="plan_suggest", on_click=PLAN_EMPTY.set, args=(False,))
        return None
    given = view.parameters(operation=operation)
    for severe in ask.rows(view.published, plan_actions.PLAN_UNPLANNED, given)[:1]:
        return _on(view, severe, impact=severe["impact"], criterion="")
    for lacking in ask.rows(view.published, plan_actions.PLAN_LACKING, given)[:1]:
        return _on(view, lacking, impact="", criterion=lacking["criterion"])
    return None


def _on(view: View, row: plan_actions.PlanUnplannedRow | plan_actions.PlanLackingRow, **on: str) -> On:
    (subject,) = ask.rows(view.published, plan_actions.PLAN_SUBJECT, view.parameters(operation=row["operation"], **on))
    return On(row["operation"], {**subject, "operation_title": row["operation_title"]})


def tell_suggestion(view: View) -> None:
    """Say that the form holds a suggestion, and offer to start empty."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words("plan.suggestion"), width="stretch")
        st.button(
            words("plan.start_empty"), key="plan_start_empty", on_click=PLAN_EMPTY.set, args=(True,), type="tertiary"
        )


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
    (subject,) = ask.rows(view.published, plan_actions.PLAN_SUBJECT, given)
    guidance = guidance_for(view, subject)
    action = begun_action(view, subject, guidance[0] if guidance else None, row["operation"])
    return replace(action, round=scenario.round, expected_status=row["status"])
