"""Answers awaiting review, one card each: a click confirms the answer, raises its evidence or sends a question."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.model.answers.answer import Key
from dashboard.model.records import EVIDENCE
from dashboard.store.publishing.answers import Check
from dashboard.ui.collect.check.draft import COMMENT, EDITOR, RATED, CheckingRow, fresh
from dashboard.ui.editing.field import draw_field
from dashboard.ui.editing.form import NO_TITLES, Opened, draw_one
from dashboard.ui.elements.answer import evidence, mark, status
from dashboard.ui.elements.folds import at_once
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape_row
from dashboard.ui.evidence.comments import read_comments, show_comments
from dashboard.ui.evidence_items import items_by_answer
from dashboard.ui.session_keys import CHECKING_ASKING
from dashboard.ui.view import View

AT_ONCE, ON_A_PHONE = 6, 2
"""Cards shown at once; each takes noticeable time in the browser because of its buttons."""


def cards(view: View, found: list[CheckingRow], titles: Mapping[int, Mapping[str, str]], allowed: bool) -> None:
    """Show the most important answers awaiting review, each with the available verdicts and what was said about it.

    `titles` maps the statuses a reviewer may choose to their titles, scale by scale.
    """
    comments = read_comments(view, view.state.operation)
    items = items_by_answer(view, operation=view.state.operation, kind="")
    first = at_once(AT_ONCE, ON_A_PHONE)
    for row in found[:first]:
        check = fresh(row)
        opened = Opened(EDITOR, check.answer.key, check, check)
        with st.container(border=True):
            told, ways = st.columns([3, 2], gap="medium")
            with told:
                _told(view, escape_row(row), items.get(check.answer.key[1:], ""))
            with ways:
                if allowed:
                    # Optional; it is kept when chosen and saved with the verdict.
                    draw_one(view, opened, RATED, {RATED.name: titles.get(row["scale_no"], {})})
                    _ways(view, opened, row)
            show_comments(view, opened.key, comments.get(opened.key, ()), allowed)
    held = bool(found) and found[0]["mark"] == "on_hold"
    if len(found) > first and not held:
        st.caption(view.words.count("checking.more", found[0]["all_n"] - first))
    elif len(found) > first:
        st.caption(view.words.count("show.not_listed", len(found) - first))


def _told(view: View, row: CheckingRow, items: str) -> None:
    """Show the question, the answer, and why it is listed here."""
    shown = {**row, "evidence": row["evidence_level"]}
    said = [status(view, row), evidence(view, shown), row["na_reason"] or row["note"] or ""]
    st.markdown(f"**{row['operation_title']}**  \n{coded(row['text'], row['criterion'])}")
    st.markdown(" · ".join(part for part in said if part) + items)
    st.caption(" · ".join(part for part in (*_reasons(view, row), _who(view, row)) if part))


def _reasons(view: View, row: CheckingRow) -> list[str]:
    words = view.words
    reasons = [words("number.critical")] if row["critical"] else []
    reasons += [words("checking.raised")] if row["raised"] else []
    if row["mark"] == "on_hold":
        reasons += [mark(view, row), words("checking.held_because", reason=row["comment"])]
    elif row["mark"]:
        reasons.append(words("checking.said_then", mark=mark(view, row), status=row["said_status_title"]))
    return reasons


def _who(view: View, row: CheckingRow) -> str:
    role = row["answered_by_role"] or view.words("country.no_role")
    key = "checking.who" if row["answered_on"] else "checking.who_undated"
    return view.words(key, role=role, date=row["answered_on"])


def _ways(view: View, opened: Opened[Check], row: CheckingRow) -> None:
    words, name = view.words, opened.code
    with st.container(horizontal=True, gap="small"):
        st.button(words("checking.check"), key=f"checking_check {name}", on_click=_now, args=(opened, ""))
        for level in EVIDENCE[2:]:
            if EVIDENCE.index(level) > (row["evidence_level"] or 0):
                key = f"checking_{level} {name}"
                st.button(words(f"checking.{level}"), key=key, on_click=_now, args=(opened, level))
        for label, verdict in (("ask", "asked_back"), ("hold", "on_hold")):
            st.button(
                words(f"checking.{label}"),
                key=f"checking_{label} {name}",
                type="tertiary",
                on_click=_begin,
                args=(opened, verdict),
            )
    typed, begun = opened.draft.typed, CHECKING_ASKING.get()
    if begun is not None and begun[0] == opened.key:
        _question(view, opened, begun[1])
    elif typed.comment:
        _question(view, opened, typed.verdict or "asked_back")


def _question(view: View, opened: Opened[Check], verdict: str) -> None:
    """Draw the question, or the reason for putting it on hold, kept as it is typed, and the button that sends it."""
    words, name, held = view.words, opened.code, verdict == "on_hold"
    widget = f"checking_comment {name}"

    def keep() -> None:
        opened.say(comment=st.session_state[widget], verdict=verdict)

    asked = replace(COMMENT, label="checking.hold_reason" if held else "checking.comment")
    draw_field(view, asked, opened.draft.typed.comment, widget, keep, NO_TITLES)
    with st.container(horizontal=True, gap="small"):
        label = words("checking.hold" if held else "checking.send")
        st.button(label, key=f"checking_send {name}", type="primary", on_click=_send)
        drop = f"checking_drop {name}"
        st.button(words("edit.discard"), key=drop, type="tertiary", on_click=_end, args=(opened.key,))


def _now(opened: Opened[Check], evidence: str) -> None:
    """Confirm an answer with one click, as it is or with higher evidence."""
    opened.say(verdict="checked", evidence=evidence, comment="")
    EDITOR.ask()


def _begin(opened: Opened[Check], verdict: str) -> None:
    CHECKING_ASKING.set((opened.key, verdict))
    if opened.draft.typed.comment:
        opened.say(verdict=verdict)


def _send() -> None:
    CHECKING_ASKING.pop()
    EDITOR.ask()


def _end(key: Key) -> None:
    CHECKING_ASKING.pop()
    EDITOR.settle(key)
