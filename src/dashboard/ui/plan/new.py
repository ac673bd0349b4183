"""What does a new action address, for which operation, and which guidance pre-fills it?"""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.action import EDITED, Action
from dashboard.queries import ask
from dashboard.queries.plan.rows import PlanGuidanceRow, PlanSubjectRow
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.escape import one_line
from dashboard.ui.plan.actions import NEW
from dashboard.ui.plan.draft import keep, name_of_new
from dashboard.ui.plan.first_text import begun_action
from dashboard.ui.plan.form import Sheet, Subject
from dashboard.ui.view import View


@dataclass(frozen=True)
class On:
    """What a new action addresses: the operation, and the row of its criterion or impact."""

    operation: str
    subject: Subject


def choose_on(view: View) -> On | None:
    """Return what a new action addresses; None if no criterion or impact is selected, or there is no operation."""
    words = view.words
    _choose_criterion(view)
    found = ask.rows(view.published, "plan_operations", view.parameters())
    if not found or not (view.state.criterion or view.state.impact):
        return None
    titles = {row["operation"]: row["operation_title"] for row in found}
    operation = choose_one(
        view,
        "operation",
        list(titles),
        next(iter(titles)),
        label=words("choose.operation"),
        help=words("plan.operation_help"),
        format_func=lambda code: one_line(titles.get(code, code)),
    )
    (subject,) = ask.rows(view.published, "plan_subject", view.parameters(operation=operation))
    return On(operation, {**subject, "operation_title": titles[operation]})


def _choose_criterion(view: View) -> None:
    texts = {row["criterion"]: row["text"] for row in ask.rows(view.published, "plan_criteria", view.parameters())}
    nothing = "plan.on_impact" if view.state.impact else "plan.no_criterion"
    choose_one(
        view,
        "criterion",
        [NEW, *texts],
        NEW,
        label=view.words("column.criterion"),
        format_func=lambda code: f"{code} {one_line(texts[code])}" if code in texts else view.words(nothing),
    )


def guidance_for(view: View, subject: PlanSubjectRow) -> list[PlanGuidanceRow]:
    """Return guidance for an action's subject, the best match first."""
    on = {"criterion": "", "impact": "", subject["what"]: subject["code"]}
    return ask.rows(view.published, "plan_guidance", view.parameters(**on))


def new_sheet(view: View, on: On | None) -> Sheet | None:
    """Return the form of a new action, pre-filled from guidance; without a subject, show how to start one."""
    if on is None:
        st.caption(view.words("plan.how_to_begin"))
        return None
    return _begun(view, on.subject, on.operation)


def _begun(view: View, subject: Subject, operation: str) -> Sheet:
    guidance = {row["guidance"]: row for row in guidance_for(view, subject)}
    begins = {code: begun_action(view, subject, row, operation) for code, row in guidance.items()}
    bare = begun_action(view, subject, None, operation)
    key = name_of_new(bare)
    if not begins:
        st.caption(view.words("plan.no_guidance"))
        return Sheet(key, None, bare, subject)
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
        args=(Sheet(key, None, begins[held], subject), begins, widget),
        help=view.words("plan.begin_with_help"),
    )
    return Sheet(key, None, begins[chosen], subject)


def _begin_otherwise(before: Sheet, begins: dict[str, Action], widget: str) -> None:
    """Replace the text of the former guidance by that of another, but nothing that somebody typed."""
    after, typed = begins[st.session_state[widget]], before.draft.typed
    untouched = {n: getattr(after, n) for n in EDITED if getattr(typed, n) == getattr(before.start, n)}
    keep(before.key, Draft(None, replace(typed, **untouched)), after)
