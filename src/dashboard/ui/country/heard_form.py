"""One record of how children were heard as a form: a new one, or one that is there. It is saved as one step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
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
from dashboard.store.permission import Writer
from dashboard.ui.country.heard_save import drop, label, save
from dashboard.ui.editing.conflict import Clash, show_versions
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.editing.writer import ask_who
from dashboard.ui.escape import escape, one_line
from dashboard.ui.session_keys import HEARD_DRAFTS, HEARD_RECORD
from dashboard.ui.view import View

NEW = ""


def write_record(view: View, operation: str, stored: Sequence[Participation]) -> None:
    """The choice of a record, its form, and what saves it; where somebody else was sooner, both versions first."""
    words = view.words
    named = {record.record: record for record in stored}
    if HEARD_RECORD.get(NEW) not in named:
        HEARD_RECORD.set(NEW)
    chosen = st.selectbox(
        words("heard.choose"),
        [NEW, *named],
        key=HEARD_RECORD.name,
        format_func=lambda code: _name(view, named[code]) if code in named else words("heard.new"),
    )
    now = named.get(chosen)
    # What is typed of a new one is of this operation and round, and stays with them.
    code = chosen or f"{operation} {view.state.round}"
    draft = HEARD_DRAFTS.setdefault({}).get(code)
    draft = draft or Draft(now, now or Participation("", operation, view.state.round))
    if draft.was is not None and now is not None and draft.was != now:
        _show_conflict(view, code, draft, now)
        return
    st.info(words("heard.no_names"), icon=":material/shield_person:")
    _fields(view, code, draft)
    writer = ask_who(view)
    _saving(view, code, HEARD_DRAFTS.now().get(code) or draft, writer)


def _name(view: View, record: Participation) -> str:
    """What a record is known by, in words."""
    activity = view.words(f"heard.activity.{record.activity}") if record.activity else view.words("heard.new")
    return one_line(" · ".join(part for part in (activity, record.held_on) if part))


def _fields(view: View, code: str, draft: Draft[Participation]) -> None:
    """The fields, in the order in which it happens: what, whom, how safely, what came of it."""
    words = view.words
    activity, held_on, ages = st.columns([3, 2, 4])
    _one_of(view, activity, code, draft, "activity", ACTIVITIES)
    day = _field(code, draft, "held_on")
    held_on.date_input(label(view, "held_on"), max_value=view.today, format="YYYY-MM-DD", **day)
    said = _field(code, draft, "age_groups")
    ages.multiselect(label(view, "age_groups"), AGES, format_func=lambda age: words(f"age_group.{age}"), **said)
    for place, name in zip(st.columns(len(COUNTS)), COUNTS, strict=True):
        hidden = words("heard.withheld") if getattr(draft.typed, name) == WITHHELD else None
        place.number_input(label(view, name), 0, step=1, placeholder=hidden, **_field(code, draft, name))
    st.caption(words("heard.counts_help"))
    for place, name in zip(st.columns(len(SAFETY)), SAFETY, strict=True):
        _one_of(view, place, code, draft, name, SAFE_WORDS)
    changed, what = st.columns([2, 7])
    _one_of(view, changed, code, draft, "changed", CHANGED)
    what.text_input(label(view, "what_changed"), **_field(code, draft, "what_changed"))
    evidence, note = st.columns(2)
    example = words("heard.evidence_example")
    evidence.text_input(label(view, "evidence_ref"), placeholder=example, **_field(code, draft, "evidence_ref"))
    note.text_input(label(view, "note"), **_field(code, draft, "note"))


WORDS = {"activity": "heard.activity", "changed": "heard.changed", **dict.fromkeys(SAFETY, "heard.safe")}


def _one_of(view: View, place: Any, code: str, draft: Draft[Participation], name: str, options: Sequence[str]) -> None:
    place.selectbox(
        label(view, name),
        ["", *options],
        format_func=lambda option: view.words(f"{WORDS[name]}.{option or 'not_stated'}"),
        **_field(code, draft, name),
    )


def _field(code: str, draft: Draft[Participation], name: str) -> dict[str, Any]:
    """What a widget of one value needs; it holds what is typed."""
    widget, text = f"heard_{name} {code}", getattr(draft.typed, name)
    value: object = text
    if name == "held_on":
        value = date.fromisoformat(text) if text else None
    elif name == "age_groups":
        value = [age for age in text.split(";") if age]
    elif name in COUNTS:
        value = int(text) if text.isdigit() else None
    set_widget(widget, value)
    return {"key": widget, "on_change": _typed, "args": (code, draft, name, widget)}


def _typed(code: str, draft: Draft[Participation], name: str, widget: str) -> None:
    value = st.session_state[widget]
    text = ";".join(value) if isinstance(value, list) else "" if value is None else str(value)
    held = HEARD_DRAFTS.now().get(code) or draft
    HEARD_DRAFTS.now()[code] = replace(held, typed=replace(held.typed, **{name: text}))


def _saving(view: View, code: str, draft: Draft[Participation], writer: Writer) -> None:
    words, was = view.words, draft.was
    told = st.container()
    with told, st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(words("plan.save"), key=f"heard_save {code}", type="primary")
        if code in HEARD_DRAFTS.now():
            st.button(words("plan.discard"), key=f"heard_discard {code}", on_click=drop, args=(code,))
        taken_back = was is not None and st.button(words("heard.take_back"), key=f"heard_back {code}")
    name = _name(view, draft.typed)
    if taken_back and was is not None:
        save(view, code, Draft(was, Participation(was.record)), name, writer)
    elif pressed and draft.typed == was:
        told.caption(words("plan.nothing_changed"))
    elif pressed and not (draft.typed.activity and draft.typed.held_on):
        told.caption(words("heard.needs"))
    elif pressed:
        save(view, code, draft, name, writer)


def _in_words(view: View, name: str, text: str) -> str:
    """A value as the form shows it."""
    if name in WORDS:
        return view.words(f"{WORDS[name]}.{text or 'not_stated'}")
    if name == "age_groups":
        return view.words.listed(view.words(f"age_group.{age}") for age in AGES if age in text.split(";"))
    return view.words("heard.withheld") if text == WITHHELD else text


def _show_conflict(view: View, code: str, draft: Draft[Participation], now: Participation) -> None:
    """What differs, as it was opened, as the other left it and as it is typed here; one of the two is chosen."""
    st.warning(view.words("heard.conflict"))

    def version(record: Participation) -> dict[str, str]:
        return {label(view, name): escape(_in_words(view, name, getattr(record, name))) for name in RECORD_EDITED}

    def keep_mine() -> None:
        HEARD_DRAFTS.now()[code] = Draft(now, draft.typed)
        st.rerun()

    clash = Clash(version(draft.was or now), version(now), version(draft.typed))
    show_versions(view, (f"heard_mine {code}", f"heard_theirs {code}"), clash, keep_mine, lambda: drop(code))
