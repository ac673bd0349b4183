"""One action as a form: every field that can be edited, kept as it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.action import CLASSES, PRIORITIES, STATUSES, Action
from dashboard.queries.plan.questions import PlanSubjectRow
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.escape import one_line
from dashboard.ui.plan.draft import drafts, keep
from dashboard.ui.view import View

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class Subject(PlanSubjectRow):
    """The criterion or impact that an action addresses, and its operation."""

    operation_title: str


@dataclass(frozen=True)
class Sheet:
    """An open action: as stored (None for a new one), and as its form starts. `key` is that of its draft."""

    key: str
    stored: Action | None
    start: Action
    subject: Subject

    @property
    def draft(self) -> Draft[Action]:
        """The draft, or the initial values if there is none."""
        return drafts().get(self.key) or Draft(self.stored, self.start)


def form(view: View, sheet: Sheet) -> None:
    """Draw the fields. Each is kept on leaving it: neither another page nor a failed save loses anything."""
    words = view.words
    st.text_area(words("column.action_text"), height=92, **_field(sheet, "text"))
    left, right = st.columns([3, 2])
    left.text_input(words("column.owner_role"), placeholder=words("plan.owner_example"), **_field(sheet, "owner_role"))
    with right:
        _due(view, sheet)
    status, priority, expected = st.columns(3)
    with status:
        _one_of(view, sheet, "status", STATUSES, "action_status.")
    with priority:
        _one_of(view, sheet, "priority", PRIORITIES, "plan.priority_")
    with expected:
        _expected(view, sheet)
    st.text_input(words("column.reason"), help=words("plan.reason_help"), **_field(sheet, "reason"))
    cause, effort, cost = st.columns([2, 1, 1])
    cause.text_input(words("column.cause"), placeholder=words("plan.cause_example"), **_field(sheet, "cause"))
    with effort:
        _one_of(view, sheet, "effort", ("", *CLASSES), "plan.priority_")
    with cost:
        _one_of(view, sheet, "cost", ("", *CLASSES), "plan.priority_")


def _field(sheet: Sheet, name: str) -> dict[str, Any]:
    """Return the widget arguments for one field, holding what was typed."""
    widget = f"plan_{name} {sheet.key}"
    value: object = getattr(sheet.draft.typed, name)
    if name == "due_on":
        value = date.fromisoformat(str(value)) if value else None
    set_widget(widget, value)
    return {"key": widget, "on_change": _typed, "args": (sheet, name, widget)}


def _typed(sheet: Sheet, name: str, widget: str) -> None:
    value = st.session_state[widget]
    text = value.isoformat() if isinstance(value, date) else value or ""
    draft = sheet.draft
    keep(sheet.key, replace(draft, typed=replace(draft.typed, **{name: text})), sheet.start)


def _due(view: View, sheet: Sheet) -> None:
    field = _field(sheet, "due_on")
    held = st.session_state[field["key"]]
    span = (min(FIRST_DAY, held), max(LAST_DAY, held)) if held else (FIRST_DAY, LAST_DAY)
    st.date_input(view.words("column.due_on"), min_value=span[0], max_value=span[1], format="YYYY-MM-DD", **field)


def _one_of(view: View, sheet: Sheet, name: str, codes: Sequence[str], section: str) -> None:
    st.selectbox(
        view.words(f"column.{name}"),
        codes,
        format_func=lambda code: view.words(section + code) if code else view.words("plan.not_said"),
        **_field(sheet, name),
    )


def _expected(view: View, sheet: Sheet) -> None:
    """Let the user choose the status expected of the criterion; an impact has none."""
    titles = dict(zip(sheet.subject["statuses"], sheet.subject["status_titles"], strict=True))
    if titles:
        held = sheet.draft.typed.expected_status
        titles.setdefault(held, held)
        st.selectbox(
            view.words("column.expected_status"),
            list(titles),
            format_func=lambda code: one_line(titles.get(code, code)),
            **_field(sheet, "expected_status"),
        )
