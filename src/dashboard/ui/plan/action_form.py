"""Edits one action, new or existing; in an exercise, a group agrees it in the same form.

Where nothing can be saved, what a group agrees is kept in the session.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.model.answer import of_action
from dashboard.model.permissions import Deed
from dashboard.model.plan import AgreedAction
from dashboard.model.words import Claim
from dashboard.queries import ask
from dashboard.queries.plan_actions import PLAN_ACTION, PLAN_SUBJECT, PlanGuidanceRow, PlanSubjectRow
from dashboard.store.locking import Outcome
from dashboard.store.publishing.save_rows import Saved
from dashboard.ui.editing.editor import may_write
from dashboard.ui.editing.row_form import draw_fields, edit, version
from dashboard.ui.elements.answer_text import evidence_hint
from dashboard.ui.elements.choices import setting_shown
from dashboard.ui.elements.gap_links import actions_on, address_of, begin_address, list_address
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, one_line, short
from dashboard.ui.evidence_panels import edit_evidence
from dashboard.ui.frame.exercise import SIDES, WANTED, agreed_gaps, agreed_kept, impacts, runs, weighed
from dashboard.ui.html import draw_table
from dashboard.ui.plan.actions import EDITOR, NEW, ActionSubject, OpenAction, renew, stored_action
from dashboard.ui.plan.new_actions import (
    On,
    choose_on,
    guidance_for,
    new_action,
    second_wanted,
    suggested,
    tell_suggestion,
)
from dashboard.ui.session_state import PLAN_AGREE_ON
from dashboard.ui.view import View

LIVE = ("open", "in_progress", "blocked")
"""The statuses of an action that is still to be done."""
NEEDED = ("text", "owner_role", "due_on")
"""Fields that an agreed action must have."""
FIRST_GAPS = 8
"""Gaps of the setting offered here; the list of criteria below the choice has all of them."""
TITLE_WIDTH = 90
NOTHING = {"action": NEW, "impact": "", "criterion": ""}
"""Fields of the view that say what a new action addresses."""


def begin_agreeing(view: View) -> None:
    """In an exercise, draw above the form what the group found, to be acted on, and what it has agreed."""
    setting = setting_shown(view) if runs(view) else None
    if setting is None:
        return
    options = {NEW: view.words("exercise.act_on_none"), **_found(view, setting["setting"])}
    held = view.state.criterion or view.state.impact
    PLAN_AGREE_ON.set(held if held in options else NEW)
    st.selectbox(
        view.words("exercise.act_on", of=WANTED),
        list(options),
        key=PLAN_AGREE_ON.name,
        format_func=lambda code: one_line(options.get(code, code)),
        on_change=_begin,
        args=({row["impact"] for question, _, _ in SIDES for row in impacts(view, question, setting["setting"])},),
    )
    _agreed(view)


def _agreed(view: View) -> None:
    """Show what is saved, and what is only kept here and can be removed."""
    for action in view.state.agreed:
        (row,) = ask.rows(view.published, PLAN_ACTION, view.parameters(action=action))
        done = f":material/check: {escape(row['text'])} · {escape(row['operation_title'])}"
        st.markdown(coded(done, action))
    for key, one in agreed_kept().items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/check: {escape(one.action.text)} · {escape(one.operation_title)}", width="stretch")
            st.button(
                view.words("exercise.take_out"),
                key=f"plan_take_out {key}",
                on_click=_take_out,
                args=(key,),
                type="tertiary",
            )


def _take_out(key: str) -> None:
    agreed_kept().pop(key, None)


def _found(view: View, setting: str) -> dict[str, str]:
    """Return what can be acted on, by code: what matters most, then the gaps."""
    found = {
        row["impact"]: f"{mark} {short(row['text'], TITLE_WIDTH)}"
        for question, grade, mark in SIDES
        for row in weighed(view, question, grade, setting)
    }
    for row in agreed_gaps(view, setting)[:FIRST_GAPS]:
        found[row["criterion"]] = f"{short(row['text'], TITLE_WIDTH)} {row['criterion']}"
    return found


def _begin(on_impacts: set[str]) -> None:
    code = PLAN_AGREE_ON.now()
    impact = code if code in on_impacts else ""
    st.session_state.update({"action": NEW, "impact": impact, "criterion": NEW if impact else code})


def note_saved(view: View, actions: Sequence[str]) -> None:
    """In an exercise, count saved actions as agreed, include them in the figures, and allow the next to be started."""
    if runs(view):
        st.session_state["agreed"] = [*view.state.agreed, *actions]
        st.session_state["publication"] = ""
        st.session_state.update(NOTHING)


def agree(view: View, opened: OpenAction) -> None:
    """In an exercise where nothing can be saved, draw the form of a new action and keep it in this session."""
    if not runs(view) or view.masked:
        return
    words = view.words
    draw_fields(view, opened, opened.titles)
    st.caption(words("exercise.kept_here"))
    if not st.button(words("exercise.agree"), key=f"plan_agree {opened.key}", type="primary"):
        return
    typed = opened.draft.typed
    wanting = [EDITOR.called(words, name) for name in NEEDED if not getattr(typed, name).strip()]
    if wanting:
        st.error(words("exercise.wanting", fields=words.listed(wanting)))
        return
    subject = opened.subject
    agreed_kept()[opened.key] = AgreedAction(typed, subject["code"], subject["text"], subject["operation_title"])
    EDITOR.drop(opened.key)
    st.session_state.update(NOTHING)
    st.rerun()


MOST_GUIDANCE = 4
GAP_WIDTH = 100
"""Characters of a gap shown in the sentence above the form."""
GONE: PlanSubjectRow = {
    "code": "", "what": "impact", "text": "", "critical": False, "severe": False, "evidence_hint": None, "statuses": [],
    "status_titles": [], "leads": None,
}  # fmt: skip
"""What is known of a criterion or impact that a later publication removed: only its name."""


def write(view: View, operation: str) -> None:
    """Show the form of the selected action, or of a new one on the selected or most urgent subject."""
    begin_agreeing(view)
    allowed = may_write(view, Deed.ACT)
    left, right = st.columns([3, 2], gap="large")
    with right:
        about = st.container()
        on = None if view.state.action else choose_on(view)
        suggestion = None if view.state.action or on else suggested(view, operation)
    with left:
        # Before the form: on a phone, the right-hand column comes last.
        named = st.container()
        if suggestion is not None and allowed:
            tell_suggestion(view)
        opened = _opened(view, on or suggestion)
        if opened is not None and allowed:
            _written(view, opened)
        elif opened is not None and opened.stored is not None:
            _read_only(view, opened)
        elif opened is not None:
            agree(view, opened)
        if opened is not None:
            named.caption(f"{escape(opened.subject['operation_title'])} · {escape(opened.subject['code'])}")
    headline(view.words, _met(view, on) if on and opened is None else _finding(opened, suggestion is not None))
    with about:
        if opened is not None:
            _about(view, opened)
        not_saved_yet(view, opened.key if opened else "")


def _opened(view: View, on: On | None) -> OpenAction | None:
    """Return the form of the selected action, or of a new one; None if there is one on the same already."""
    if view.state.action:
        return _there(view, view.state.action)
    return new_action(view, on) if on is None or second_wanted(view, on) else None


def _met(view: View, on: On) -> Claim:
    """Say that there are actions on the same already, which are met before another is made."""
    n = len(actions_on(view, on.subject["code"], on.operation))
    return Claim.count("plan.there_already", n, operation=escape(on.subject["operation_title"]))


def _finding(opened: OpenAction | None, suggested: bool) -> Claim:
    """Say what is being edited: an action with its status and date, or the subject of a new or suggested one."""
    if opened is None:
        return Claim.of("plan.write_none")
    subject, operation = opened.subject, escape(opened.subject["operation_title"])
    if opened.stored is None and suggested:
        text = short(subject["text"], GAP_WIDTH)
        return Claim.of(f"plan.write_suggested_{subject['what']}", text=escape(text), operation=operation)
    if opened.stored is None:
        return Claim.of("plan.write_new", operation=operation, on=escape(subject["code"]))
    status = Claim.of(f"action_status.{opened.stored.status}")
    day = date.fromisoformat(opened.stored.due_on)
    return Claim.of("plan.write_there", action=escape(opened.key), operation=operation, status=status, day=day)


def _there(view: View, id_: str) -> OpenAction:
    """Return a stored action in its form."""
    stored, title = stored_action(view, id_)
    given = view.parameters(criterion=stored.criterion, impact=stored.impact, operation=stored.operation)
    found = ask.rows(view.published, PLAN_SUBJECT, given)
    subject = found[0] if found else GONE | {"code": stored.criterion or stored.impact}
    return OpenAction(EDITOR, id_, stored, stored, {**subject, "operation_title": title})


def _written(view: View, opened: OpenAction) -> None:
    """Draw the form and its buttons, and below them what the action rests on."""
    if opened.stored is not None and opened.stored.status not in LIVE:
        st.caption(view.words("plan.is_closed", status=view.words(f"action_status.{opened.stored.status}")))
    writer = edit(view, opened, opened.titles, done=lambda outcome: _saved(view, outcome))
    if opened.stored is not None:
        edit_evidence(view, of_action(opened.key), writer)


def _saved(view: View, outcome: Outcome) -> None:
    """Leave the saved action open, under its own address."""
    if isinstance(outcome, Saved):
        st.session_state["action"] = outcome.codes[0]
        note_saved(view, outcome.codes)


def _about(view: View, opened: OpenAction) -> None:
    """Show what the action addresses, in which operation, and the guidance for it."""
    words, subject = view.words, opened.subject
    with st.container(border=True):
        st.markdown(escape(subject["text"]))
        marks = [words(f"plan.{name}") for name, so in _marked(subject).items() if so]
        st.caption(" · ".join([escape(subject["operation_title"]), *marks, escape(subject["code"])]))
        for line in evidence_hint(view, escape(subject["evidence_hint"] or "")):
            st.caption(line)
    guidance = guidance_for(view, subject)
    if guidance:
        st.markdown(f"**{words('plan.guidance')}**")
        # As a text link, it opens in a new tab and the form stays as it is.
        st.markdown("\n".join(f"- {_link(view, row)}" for row in guidance[:MOST_GUIDANCE]))


def _marked(subject: ActionSubject) -> dict[str, bool]:
    return {"critical": subject["critical"], "severe": subject["severe"]}


def _link(view: View, row: PlanGuidanceRow) -> str:
    return f"[{escape(row['title'])}]({address_of(view, 'guidance', row['guidance'])})"


def not_saved_yet(view: View, but: str = "") -> None:
    """Show what was entered in this session and is not yet saved, except in one form."""
    renew(view.known.of("action", ""))
    waiting = {key: draft for key, draft in EDITOR.drafts().items() if key != but}
    if not waiting:
        return
    st.markdown(f"**{view.words('plan.waiting')}**")
    for draft in waiting.values():
        on = draft.typed
        new = begin_address(view, on.criterion, on.impact, on.operation)
        there = list_address(view, action=on.action) if draft.was else new
        st.markdown(f"[{escape(on.text) or view.words('edit.empty')}]({there})")


def _read_only(view: View, opened: OpenAction) -> None:
    words, said = view.words, version(view, EDITOR, opened.start, opened.titles)
    shown = [field.called(words) for field in EDITOR.fields]
    draw_table([{words("column.what"): name, words("plan.now"): said[name]} for name in shown])
