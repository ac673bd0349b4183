"""How is one action edited? A new one on the selected criterion or impact, or an existing one."""

from datetime import date

import streamlit as st

from dashboard.model.answers.evidence import of_action
from dashboard.model.claim import Claim
from dashboard.model.people.permissions import Deed
from dashboard.queries import ask
from dashboard.queries.plan.questions import PLAN_SUBJECT, PlanGuidanceRow, PlanSubjectRow
from dashboard.store.locking import Outcome
from dashboard.store.publishing.actions import Saved
from dashboard.ui.editing.form import edit, version
from dashboard.ui.editing.writer import may_write
from dashboard.ui.elements.action_link import begin_address, list_address
from dashboard.ui.elements.advice import address_of
from dashboard.ui.elements.answer import evidence_hint
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, short
from dashboard.ui.evidence.form import edit_evidence
from dashboard.ui.html import draw_table
from dashboard.ui.plan import agreeing
from dashboard.ui.plan.draft import EDITOR, OpenAction, Subject, renew, stored_action
from dashboard.ui.plan.new import choose_on, guidance_for, new_action, suggested, tell_suggestion
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
        opened = _there(view, view.state.action) if view.state.action else new_action(view, on or suggestion)
        if opened is not None and allowed:
            _written(view, opened)
        elif opened is not None and opened.stored is not None:
            _read_only(view, opened)
        elif opened is not None:
            agreeing.agree(view, opened)
        if opened is not None:
            named.caption(f"{escape(opened.subject['operation_title'])} · {escape(opened.subject['code'])}")
    headline(view.words, _finding(opened, suggestion is not None))
    with about:
        if opened is not None:
            _about(view, opened)
        not_saved_yet(view, opened.key if opened else "")


def _finding(opened: OpenAction | None, suggested: bool) -> Claim:
    """Say what is being edited: an action with its status and date, or the subject of a new or suggested one."""
    if opened is None:
        return Claim.of("plan.write_none")
    subject, operation = opened.subject, escape(opened.subject["operation_title"])
    if opened.stored is None and suggested:
        text = short(subject["text"], WIDTH)
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
    writer = edit(view, opened, opened.titles, done=lambda outcome: _saved(view, outcome))
    if opened.stored is not None:
        edit_evidence(view, of_action(opened.key), writer)


def _saved(view: View, outcome: Outcome) -> None:
    """Leave the saved action open, under its own address."""
    if isinstance(outcome, Saved):
        st.session_state["action"] = outcome.actions[0]
        agreeing.note_saved(view, outcome.actions)


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


def _marked(subject: Subject) -> dict[str, bool]:
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
