"""What are figures meant to reach, and are they on track? Where writing is permitted, also the form of one target.

What is typed is kept, and saved as one publication.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard.exports.targets import targets_csv
from dashboard.model.claim import Claim
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.model.plan.target import TARGET_FIELDS, Target, target_of
from dashboard.queries.ask import rows
from dashboard.queries.elements.questions import OPERATIONS, ROUNDS
from dashboard.queries.frame.questions import OPTIONS
from dashboard.queries.plan.targets import TARGETS, TargetsRow
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.targets import TargetChange, save_target
from dashboard.ui.editing.row_form import RowForm
from dashboard.ui.editing.saving import Saver
from dashboard.ui.editing.writer import ask_who, may_write
from dashboard.ui.elements.download import offer
from dashboard.ui.elements.show import headline
from dashboard.ui.elements.targets import status_said
from dashboard.ui.escape import escape, escaped_rows, one_line
from dashboard.ui.html import draw_table
from dashboard.ui.plan.form import FIRST_DAY, LAST_DAY
from dashboard.ui.session_keys import PLAN_TARGET, PLAN_TARGET_ASKED, PLAN_TARGET_NOTE, PLAN_TARGETS
from dashboard.ui.view import View

Titles = Mapping[str, str]
ORDER = ("reached", "on_track", "off_track", "starts", "no_figure")


def _label(view: View, name: str) -> str:
    """Return the form's label for a column."""
    known = {"percent": "target.percent", "area": "target.area", "operation": "target.whose", "round": "target.due"}
    return view.words(known.get(name, f"column.{name}")) if name in TARGET_FIELDS else name


def _publish(draft: Draft[Target], name: str, writer: Writer, today: date) -> Outcome:
    return save_target(store_folder(), TargetChange(draft.was, draft.typed), name, writer, today)


FORM: RowForm[Target] = RowForm(
    "plan_target", "target", PLAN_TARGET, PLAN_TARGETS, Saver(PLAN_TARGET_NOTE, PLAN_TARGET_ASKED, _label), _publish
)


def show_targets(view: View, operation: str) -> None:
    """Show the targets within the filters, each with its status, and the form below them."""
    words = view.words
    FORM.tell_saved(view)
    asked = escaped_rows(view.published, TARGETS, view.parameters())
    found = [row for row in asked if operation in ("", row["operation"])]
    headline(view.words, _finding(view, found))
    if found:
        draw_table([_line(view, row) for row in found])
        st.caption(words("target.held_against"))
    if view.masked:
        return
    # The stored values, not escaped for display.
    stored = [_stored(view, row) for row in rows(view.published, TARGETS, view.unfiltered())]
    if stored:
        label = words.count("target.export", len(stored))
        offer(view, label, targets_csv(stored), "targets.csv", "plan_targets_link", "tertiary")
    st.markdown(f"**{words('target.set')}**")
    if may_write(view, Deed.TARGET):
        _write(view, stored)


def _finding(view: View, found: list[TargetsRow]) -> Claim:
    """Say how many targets there are, and how many have each status."""
    if not found:
        return Claim.of("target.none")
    counts = Counter(row["target_status"] for row in found)
    parts = [Claim.of(f"target.counted.{status}", n=counts[status]) for status in ORDER if counts[status]]
    return Claim.count("target.finding", len(found), parts=parts, **_round_end(view, found[0]))


def _round_end(view: View, row: TargetsRow) -> dict[str, object]:
    """Return the title and the end of the round in view, as sentences on targets name them."""
    return {
        "round": one_line(view.option_title("round", view.state.round, view.state.round)),
        "on": row["round_ends_on"],
    }


def _line(view: View, row: TargetsRow) -> dict[str, str]:
    words, status = view.words, row["target_status"]
    area = f"{row['area_code']} {row['area_title']}" if row["area"] else _everything(view)
    kind = view.kind_word(row["kind"])
    whose = row["operation_title"] or words("target.group")
    note = f"  \n:gray[:small[{row['note']}]]" if row["note"] else ""
    begins = words("target.from", percent=row["baseline_percent"], round=row["baseline_title"])
    return {
        words("column.figure"): f"{whose} · {kind} · {area}{note}",
        # First, in what a phone has room for.
        words("column.target_status"): f"{words(f'target.sign.{status}')} {status_said(view, row)}",
        words("column.target_percent"): _percent(view, row["target_percent"]),
        words("target.expected_on", on=row["round_ends_on"]): _percent(view, row["target_expected"]),
        words("column.target_today"): _percent(view, row["target_today"]),
        words("column.target"): words.shown(row["target"]),
        # Dates do not break over two lines.
        words("column.due_on"): words.shown(row["due_on"]).replace(" ", "\N{NO-BREAK SPACE}"),
        words("column.baseline"): begins if row["baseline_title"] else "–",
        words("column.owner_role"): row["owner_role"] or words("plan.nobody"),
    }


def _percent(view: View, percent: float | None) -> str:
    return "–" if percent is None else view.words.shown(percent)


def _stored(view: View, row: TargetsRow) -> Target:
    """Return a target as its table stores it: with a round, or else a date."""
    due_on = "" if row["round"] else row["due_on"]
    return target_of(row | {"framework": view.state.framework, "percent": row["target"], "due_on": due_on})


def _write(view: View, stored: Sequence[Target]) -> None:
    """Draw the choice of target, its form and its buttons; after a conflict, both versions first."""
    named = {_code(target): target for target in stored}
    titles = _titles(view)
    code = FORM.choose(view, named, lambda target: _name(view, target, titles))
    now = named.get(code)
    draft = FORM.draft(code, now, Target(view.state.framework, view.state.kind))

    def version(target: Target) -> dict[str, str]:
        return {_label(view, name): escape(getattr(target, name)) for name in TARGET_FIELDS}

    if FORM.is_in_conflict(view, code, draft, now, version):
        return
    _fields(view, code, draft, titles)
    draft = FORM.draft(code, now, draft.typed)
    typed, emptied = draft.typed, draft.was and replace(draft.was, percent="")
    whole = bool(typed.percent and (typed.due_on or typed.round))
    FORM.draw_saving(view, code, draft, ask_who(view, Deed.TARGET), _name(view, typed, titles), emptied, whole)


def _everything(view: View) -> str:
    """Return what a target without an area applies to, in words."""
    return view.area_word().everything(view.words)


def _code(target: Target) -> str:
    return " ".join(target.key)


def _name(view: View, target: Target, titles: Mapping[str, Titles]) -> str:
    """Return how a target is referred to, in words."""
    due = titles["round"].get(target.round, target.round) if target.round else target.due_on
    parts = (titles["operation"].get(target.operation, target.operation), view.kind_word(target.kind, target.framework))
    return one_line(" · ".join((*parts, titles["area"].get(target.area, target.area), due)))


def _titles(view: View) -> Mapping[str, Titles]:
    """Return the available codes with their titles, by field of the form."""
    words, given = view.words, view.unfiltered()
    options = rows(view.published, OPTIONS, given)
    rounds = {row["round"]: row["title"] for row in rows(view.published, ROUNDS, given)}
    areas = {row["code"]: row["title"] for row in options if row["filter"] == "principle"}
    operations = {row["operation"]: row["operation_title"] for row in rows(view.published, OPERATIONS, given)}
    return {
        "kind": {kind: view.kind_word(kind) for kind in view.kinds},
        "operation": {"": words("target.group"), **operations},
        "area": {"": _everything(view), **areas},
        "round": {"": words("target.on_a_day"), **rounds},
        "baseline": {"": words("target.first_round"), **rounds},
    }


def _fields(view: View, code: str, draft: Draft[Target], titles: Mapping[str, Titles]) -> None:
    """Draw the fields. Those that identify a target appear only in the form of a new one."""
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
        _label(view, name),
        list(options),
        format_func=lambda option: one_line(options.get(option, option)),
        **_field(code, draft, name),
    )


def _field(code: str, draft: Draft[Target], name: str) -> dict[str, Any]:
    """Return the widget arguments for one value."""
    text = getattr(draft.typed, name)
    convert: dict[str, Callable[[str], object]] = {"percent": int, "due_on": date.fromisoformat}
    value = (convert[name](text) if text else None) if name in convert else text
    return FORM.field(code, draft, name, value, partial(_typed, name))


def _typed(name: str, value: object) -> Mapping[str, str]:
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    # A target is due at the end of a round or on a date, never both.
    return {name: text, "due_on": ""} if name == "round" and text else {name: text}
