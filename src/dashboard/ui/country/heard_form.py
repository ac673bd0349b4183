"""One record of how children were heard, as a form for a new or an existing record, saved as one publication."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard.model.answers.participation import (
    ACTIVITIES,
    AGES,
    CHANGED,
    COUNTS,
    RECORD_EDITED,
    SAFE_WORDS,
    SAFETY,
    WITHHELD,
    Participation,
)
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.participation import RecordChange, save_record
from dashboard.ui.editing.row_form import RowForm
from dashboard.ui.editing.saving import Saver
from dashboard.ui.editing.writer import ask_who
from dashboard.ui.escape import escape, one_line
from dashboard.ui.session_keys import HEARD_ASKED, HEARD_DRAFTS, HEARD_NOTE, HEARD_RECORD
from dashboard.ui.view import View

GROUPS = ("girls", "boys", "children_with_disabilities", "out_of_school")
OURS = ("consent", "safeguarding_lead", "trained_partner", "fed_back", "note")
"""Columns whose labels are specific to this form."""
WORDS = {"activity": "heard.activity", "changed": "heard.changed", **dict.fromkeys(SAFETY, "heard.safe")}
"""Columns whose codes have titles, and the section of the words that holds them."""


def _label(view: View, name: str) -> str:
    """Return the form's label for a column."""
    if name in GROUPS:
        return view.words(f"heard.group.{name}")
    return view.words(f"heard.{name}" if name in OURS else f"column.{name}") if name in RECORD_EDITED else name


def _publish(draft: Draft[Participation], name: str, writer: Writer, today: date) -> Outcome:
    return save_record(store_folder(), RecordChange(draft.was, draft.typed), name, writer, today)


FORM: RowForm[Participation] = RowForm(
    "heard", "heard", HEARD_RECORD, HEARD_DRAFTS, Saver(HEARD_NOTE, HEARD_ASKED, _label), _publish
)


def write_record(view: View, operation: str, stored: Sequence[Participation]) -> None:
    """Draw the choice of record, its form and its buttons; after a conflict, both versions first."""
    named = {record.record: record for record in stored}
    chosen = FORM.choose(view, named, lambda record: _name(view, record))
    now = named.get(chosen)
    # The draft of a new record stays with this operation and round.
    code = chosen or f"{operation} {view.state.round}"
    draft = FORM.draft(code, now, Participation("", operation, view.state.round))

    def version(record: Participation) -> dict[str, str]:
        return {_label(view, name): escape(_in_words(view, name, getattr(record, name))) for name in RECORD_EDITED}

    if FORM.is_in_conflict(view, code, draft, now, version):
        return
    st.info(view.words("heard.no_names"), icon=":material/shield_person:")
    _fields(view, code, draft)
    writer = ask_who(view, Deed.HEARD)
    draft = FORM.draft(code, now, draft.typed)
    emptied = draft.was and Participation(draft.was.record)
    whole = bool(draft.typed.activity and draft.typed.held_on)
    FORM.draw_saving(view, code, draft, writer, _name(view, draft.typed), emptied, whole)


def _name(view: View, record: Participation) -> str:
    """Return how a record is referred to, in words."""
    activity = view.words(f"heard.activity.{record.activity}") if record.activity else view.words("heard.new")
    return one_line(" · ".join(part for part in (activity, record.held_on) if part))


def _fields(view: View, code: str, draft: Draft[Participation]) -> None:
    """Draw the fields in chronological order: what, whom, how safely, with what outcome."""
    words = view.words
    activity, held_on, ages = st.columns([3, 2, 4])
    _one_of(view, activity, code, draft, "activity", ACTIVITIES)
    day = _field(code, draft, "held_on")
    held_on.date_input(_label(view, "held_on"), max_value=view.today, format="YYYY-MM-DD", **day)
    said = _field(code, draft, "age_groups")
    ages.multiselect(_label(view, "age_groups"), AGES, format_func=lambda age: words(f"age_group.{age}"), **said)
    for place, name in zip(st.columns(len(COUNTS)), COUNTS, strict=True):
        hidden = words("heard.withheld") if getattr(draft.typed, name) == WITHHELD else None
        place.number_input(_label(view, name), 0, step=1, placeholder=hidden, **_field(code, draft, name))
    st.caption(words("heard.counts_help"))
    for place, name in zip(st.columns(len(SAFETY)), SAFETY, strict=True):
        _one_of(view, place, code, draft, name, SAFE_WORDS)
    changed, what = st.columns([2, 7])
    _one_of(view, changed, code, draft, "changed", CHANGED)
    what.text_input(_label(view, "what_changed"), **_field(code, draft, "what_changed"))
    evidence, note = st.columns(2)
    example = words("heard.evidence_example")
    evidence.text_input(_label(view, "evidence_ref"), placeholder=example, **_field(code, draft, "evidence_ref"))
    note.text_input(_label(view, "note"), **_field(code, draft, "note"))


def _one_of(view: View, place: Any, code: str, draft: Draft[Participation], name: str, options: Sequence[str]) -> None:
    place.selectbox(
        _label(view, name),
        ["", *options],
        format_func=lambda option: view.words(f"{WORDS[name]}.{option or 'not_stated'}"),
        **_field(code, draft, name),
    )


def _field(code: str, draft: Draft[Participation], name: str) -> dict[str, Any]:
    """Return the widget arguments for one value."""
    text = getattr(draft.typed, name)
    value: object = text
    if name == "held_on":
        value = date.fromisoformat(text) if text else None
    elif name == "age_groups":
        value = [age for age in text.split(";") if age]
    elif name in COUNTS:
        value = int(text) if text.isdigit() else None
    return FORM.field(code, draft, name, value, partial(_typed, name))


def _typed(name: str, value: object) -> Mapping[str, str]:
    return {name: ";".join(value) if isinstance(value, list) else "" if value is None else str(value)}


def _in_words(view: View, name: str, text: str) -> str:
    """Return a value as the form shows it."""
    if name in WORDS:
        return view.words(f"{WORDS[name]}.{text or 'not_stated'}")
    if name == "age_groups":
        return view.words.listed(view.words(f"age_group.{age}") for age in AGES if age in text.split(";"))
    return view.words("heard.withheld") if text == WITHHELD else text
