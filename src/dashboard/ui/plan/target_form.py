"""One target as a form: a new one, or one that is there. What is typed is kept, and saved as one step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.model.plan.target import TARGET_FIELDS, Target
from dashboard.model.view.known import KINDS
from dashboard.queries.ask import rows
from dashboard.ui.editing.conflict import Clash, show_versions
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.editing.writer import ask_who
from dashboard.ui.escape import escape, one_line
from dashboard.ui.plan.form import FIRST_DAY, LAST_DAY
from dashboard.ui.plan.target_save import drop, label, save
from dashboard.ui.session_keys import PLAN_TARGET, PLAN_TARGETS
from dashboard.ui.view import View

NEW = ""
Titles = Mapping[str, str]


def write_target(view: View, stored: Sequence[Target]) -> None:
    """The choice of a target, its form, and what saves it; where somebody else was sooner, both versions first."""
    words = view.words
    named = {_code(target): target for target in stored}
    titles = _titles(view)
    if PLAN_TARGET.get(NEW) not in named:
        PLAN_TARGET.set(NEW)
    code = st.selectbox(
        words("target.choose"),
        [NEW, *named],
        key=PLAN_TARGET.name,
        format_func=lambda code: _name(view, named[code], titles) if code in named else words("target.new"),
    )
    now = named.get(code)
    start = now or Target(view.state.framework, view.state.kind)
    draft = PLAN_TARGETS.setdefault({}).get(code) or Draft(now, start)
    if draft.was is not None and now is not None and draft.was != now:
        _show_conflict(view, code, draft, now, titles)
        return
    _fields(view, code, draft, titles)
    _saving(view, code, PLAN_TARGETS.now().get(code) or draft, titles)


def everything(view: View) -> str:
    """What a target without an area is for."""
    return view.words(f"area_word.all_{view.area_word()}")


def _code(target: Target) -> str:
    return " ".join(target.key)


def _name(view: View, target: Target, titles: Mapping[str, Titles]) -> str:
    """What a target is known by, in words."""
    words = view.words
    due = titles["round"].get(target.round, target.round) if target.round else target.due_on
    parts = (titles["operation"].get(target.operation, target.operation), words(f"kind.{target.kind}"))
    return one_line(" · ".join((*parts, titles["area"].get(target.area, target.area), due)))


def _titles(view: View) -> Mapping[str, Titles]:
    """By field of the form: the codes that can be chosen, with their titles."""
    words, given = view.words, view.unfiltered()
    options = rows(view.published, "options", given)
    rounds = {row["round"]: row["title"] for row in rows(view.published, "rounds", given)}
    operations = {row["operation"]: row["operation_title"] for row in rows(view.published, "operations", given)}
    areas = {row["code"]: row["title"] for row in options if row["filter"] == "principle"}
    return {
        "kind": {kind: words(f"kind.{kind}") for kind in KINDS},
        "operation": {"": words("target.group"), **operations},
        "area": {"": everything(view), **areas},
        "round": {"": words("target.on_a_day"), **rounds},
        "baseline": {"": words("target.first_round"), **rounds},
    }


def _fields(view: View, code: str, draft: Draft[Target], titles: Mapping[str, Titles]) -> None:
    """The fields. What a target is known by stands only in the form of a new one."""
    words = view.words
    if draft.was is None:
        whose, kind, area = st.columns([3, 2, 4])
        for place, name in ((whose, "operation"), (kind, "kind"), (area, "area")):
            _one_of(view, place, code, draft, name, titles)
        if draft.typed.operation and draft.typed.area:
            st.caption(words("target.few_answers"))
    percent, *due, baseline = st.columns([2, 3, 3, 4] if draft.was is None else [2, 7])
    percent.number_input(words("target.percent"), 0, 100, step=1, **_field(code, draft, "percent"))
    if due:
        _one_of(view, due[0], code, draft, "round", titles)
    if due and not draft.typed.round:
        field = _field(code, draft, "due_on")
        due[1].date_input(words("column.due_on"), min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", **field)
    _one_of(view, baseline, code, draft, "baseline", titles)
    owner, note = st.columns(2)
    example = words("plan.owner_example")
    owner.text_input(words("column.owner_role"), placeholder=example, **_field(code, draft, "owner_role"))
    note.text_input(words("target.note"), **_field(code, draft, "note"))


def _one_of(view: View, place: Any, code: str, draft: Draft[Target], name: str, titles: Mapping[str, Titles]) -> None:
    held = getattr(draft.typed, name)
    options = {**titles[name], held: titles[name].get(held, held)}
    place.selectbox(
        label(view, name),
        list(options),
        format_func=lambda option: one_line(options.get(option, option)),
        **_field(code, draft, name),
    )


def _field(code: str, draft: Draft[Target], name: str) -> dict[str, Any]:
    """What a widget of one value needs; it holds what is typed."""
    widget = f"plan_target_{name} {code}"
    text = getattr(draft.typed, name)
    convert: dict[str, Callable[[str], object]] = {"percent": int, "due_on": date.fromisoformat}
    value = (convert[name](text) if text else None) if name in convert else text
    set_widget(widget, value)
    return {"key": widget, "on_change": _typed, "args": (code, draft, name, widget)}


def _typed(code: str, draft: Draft[Target], name: str, widget: str) -> None:
    value = st.session_state[widget]
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    held = PLAN_TARGETS.now().get(code) or draft
    # A target is due at the end of a round or on a day, never at both.
    typed = {name: text, "due_on": ""} if name == "round" and text else {name: text}
    PLAN_TARGETS.now()[code] = replace(held, typed=replace(held.typed, **typed))


def _saving(view: View, code: str, draft: Draft[Target], titles: Mapping[str, Titles]) -> None:
    words, was = view.words, draft.was
    writer = ask_who(view)
    told = st.container()
    with told, st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(words("plan.save"), key=f"plan_target_save {code}", type="primary")
        if code in PLAN_TARGETS.now():
            st.button(words("plan.discard"), key=f"plan_target_discard {code}", on_click=drop, args=(code,))
        taken_back = was is not None and st.button(words("target.take_back"), key=f"plan_target_back {code}")
    name = _name(view, draft.typed, titles)
    if taken_back and was is not None:
        save(view, code, Draft(was, replace(was, percent="")), name, writer)
    elif pressed and draft.typed == was:
        told.caption(words("plan.nothing_changed"))
    elif pressed and not (draft.typed.percent and (draft.typed.due_on or draft.typed.round)):
        told.caption(words("target.needs"))
    elif pressed:
        save(view, code, draft, name, writer)


def _show_conflict(view: View, code: str, draft: Draft[Target], now: Target, titles: Mapping[str, Titles]) -> None:
    """What differs, as it was opened, as the other left it and as it is typed here; one of the two is chosen."""
    st.warning(view.words("target.conflict"))

    def version(target: Target) -> dict[str, str]:
        return {label(view, name): escape(getattr(target, name)) for name in TARGET_FIELDS}

    def keep_mine() -> None:
        PLAN_TARGETS.now()[code] = Draft(now, draft.typed)
        st.rerun()

    clash = Clash(version(draft.was or now), version(now), version(draft.typed))
    show_versions(
        view, (f"plan_target_mine {code}", f"plan_target_theirs {code}"), clash, keep_mine, lambda: drop(code)
    )
