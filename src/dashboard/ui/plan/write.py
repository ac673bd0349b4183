"""How is one action edited? A new one on the selected criterion or impact, or an existing one."""

from datetime import date

import streamlit as st

from dashboard.model.answers.evidence import of_action
from dashboard.model.claim import Claim
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.model.plan.action import EDITED, Action, action_of
from dashboard.queries import ask
from dashboard.queries.plan.questions import PLAN_ACTION, PLAN_SUBJECT, PlanGuidanceRow, PlanSubjectRow
from dashboard.store.permission import Writer
from dashboard.ui.editing.writer import ask_who, may_write
from dashboard.ui.elements.action_link import begin_address, list_address
from dashboard.ui.elements.advice import address_of
from dashboard.ui.elements.answer import evidence_hint
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, short
from dashboard.ui.evidence.form import edit_evidence
from dashboard.ui.html import draw_table
from dashboard.ui.plan import agreeing
from dashboard.ui.plan.actions import label, value
from dashboard.ui.plan.draft import conflicts, drafts, drop, renew, save, show_conflict
from dashboard.ui.plan.form import Sheet, Subject, form
from dashboard.ui.plan.new import choose_on, guidance_for, new_sheet, suggested, tell_suggestion
from dashboard.ui.view import View

MOST_GUIDANCE = 4
WIDTH = 100
"""Characters of a gap shown in the sentence above the form."""
GONE: PlanSubjectRow = {
    "code": "", "what": "impact", "text": "", "critical": False, "severe": False, "evidence_hint": None, "statuses": [],
    "status_titles": [], "leads": None,
}  # fmt: skip
"""What is known of a criterion or impact that a later publication removed: only its name."""


def write(view: View, operation: str) -> None:
    """Show the form of the selected action, or of a new one on the selected or most urgent subject."""
    agreeing.begin(view)
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
        sheet = _there(view, view.state.action) if view.state.action else new_sheet(view, on or suggestion)
        if sheet is not None and allowed:
            _written(view, sheet)
        elif sheet is not None and sheet.stored is not None:
            _read_only(view, sheet)
        elif sheet is not None:
            agreeing.agree(view, sheet)
        if sheet is not None:
            named.caption(f"{escape(sheet.subject['operation_title'])} · {escape(sheet.subject['code'])}")
    headline(view.words, _finding(sheet, suggestion is not None))
    with about:
        if sheet is not None:
            _about(view, sheet)
        not_saved_yet(view, sheet.key if sheet else "")


def _finding(sheet: Sheet | None, suggested: bool) -> Claim:
    """Say what is being edited: an action with its status and date, or the subject of a new or suggested one."""
    if sheet is None:
        return Claim.of("plan.write_none")
    subject, operation = sheet.subject, escape(sheet.subject["operation_title"])
    if sheet.stored is None and suggested:
        text = short(subject["text"], WIDTH)
        return Claim.of(f"plan.write_suggested_{subject['what']}", text=escape(text), operation=operation)
    if sheet.stored is None:
        return Claim.of("plan.write_new", operation=operation, on=escape(subject["code"]))
    status = Claim.of(f"action_status.{sheet.stored.status}")
    day = date.fromisoformat(sheet.stored.due_on)
    return Claim.of("plan.write_there", action=escape(sheet.key), operation=operation, status=status, day=day)


def _there(view: View, action: str) -> Sheet:
    """Return a stored action with its texts unescaped."""
    (row,) = ask.rows(view.published, PLAN_ACTION, view.parameters(action=action))
    stored = action_of(row)
    given = view.parameters(criterion=stored.criterion, impact=stored.impact, operation=stored.operation)
    found = ask.rows(view.published, PLAN_SUBJECT, given)
    subject = found[0] if found else GONE | {"code": stored.criterion or stored.impact}
    return Sheet(action, stored, stored, {**subject, "operation_title": row["operation_title"]})


def _written(view: View, sheet: Sheet) -> None:
    """Draw the form and its buttons; after a conflict, both versions first."""
    draft = sheet.draft
    clash = conflicts(draft, sheet.stored)
    place = st.container()
    form(view, sheet)
    writer = ask_who(view, Deed.ACT)
    told = st.container()
    if clash and sheet.stored is not None:
        now = sheet.stored
        with place:
            show_conflict(view, sheet.key, draft, now, lambda: _save(view, sheet, Draft(now, draft.typed), writer))
        return
    with told, st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(view.words("plan.save"), key=f"plan_save {sheet.key}", type="primary")
        if sheet.key in drafts():
            st.button(view.words("plan.discard"), key=f"plan_discard {sheet.key}", on_click=drop, args=(sheet.key,))
    if pressed and draft.typed == sheet.stored:
        told.caption(view.words("plan.nothing_changed"))
    elif pressed:
        _save(view, sheet, draft, writer)
    if sheet.stored is not None:
        edit_evidence(view, of_action(sheet.key), writer)


def _save(view: View, sheet: Sheet, draft: Draft[Action], writer: Writer) -> None:
    saved = save(view, {sheet.key: draft}, writer)
    if saved is None:
        return
    if saved.revision is not None:
        drop(sheet.key)
        st.session_state["action"] = saved.actions[0]
        agreeing.note_saved(view, saved.actions)
    else:
        # The form's contents are mine, typed or not: if nothing were kept, the next run would show only theirs.
        drafts()[sheet.key] = draft
    st.rerun()


def _about(view: View, sheet: Sheet) -> None:
    """Show what the action addresses, in which operation, and the guidance for it."""
    words, subject = view.words, sheet.subject
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


def _marked(subject: Subject) -> dict[str, bool]:
    return {"critical": subject["critical"], "severe": subject["severe"]}


def _link(view: View, row: PlanGuidanceRow) -> str:
    return f"[{escape(row['title'])}]({address_of(view, 'guidance', row['guidance'])})"


def not_saved_yet(view: View, but: str = "") -> None:
    """Show what was entered in this session and is not yet saved, except in one form."""
    renew(view.known.of("action", ""))
    waiting = {key: draft for key, draft in drafts().items() if key != but}
    if not waiting:
        return
    st.markdown(f"**{view.words('plan.waiting')}**")
    for draft in waiting.values():
        on = draft.typed
        new = begin_address(view, on.criterion, on.impact, on.operation)
        there = list_address(view, action=on.action) if draft.was else new
        st.markdown(f"[{escape(on.text) or view.words('plan.empty')}]({there})")


def _read_only(view: View, sheet: Sheet) -> None:
    words = view.words
    lines = [
        {words("column.what"): label(view, name), words("plan.now"): value(view, name, sheet.start)} for name in EDITED
    ]
    draw_table(lines)
