"""Answers awaiting review, one card each: a click confirms the answer, raises its evidence or sends a question."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.model.answers.answer import Key
from dashboard.model.records import EVIDENCE
from dashboard.store.publishing.answers import Check
from dashboard.ui.collect.check.draft import CheckingRow, drafts, drop, fresh, keep
from dashboard.ui.collect.check.save import SAVER
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.elements.answer import evidence, mark, status
from dashboard.ui.elements.folds import at_once
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape_row, one_line
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
        with st.container(border=True):
            told, ways = st.columns([3, 2], gap="medium")
            with told:
                _told(view, escape_row(row), items.get(check.answer.key[1:], ""))
            with ways:
                if allowed:
                    rated = _rating(view, drafts().get(check.answer.key, check), titles.get(row["scale_no"], {}))
                    _ways(view, replace(check, rated_status=rated), row)
            show_comments(view, check.answer.key, comments.get(check.answer.key, ()), allowed)
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


def _rating(view: View, check: Check, titles: Mapping[str, str]) -> str:
    """Ask for the reviewer's own status, which is optional; it is kept when chosen and saved with the verdict."""
    words, widget = view.words, f"checking_rated {' '.join(check.answer.key)}"
    set_widget(widget, check.rated_status if check.rated_status in titles else None)

    def chosen() -> None:
        keep(replace(check, rated_status=st.session_state[widget] or ""))

    st.selectbox(
        words("checking.rated"),
        list(titles),
        key=widget,
        format_func=lambda code: one_line(titles.get(code, code)),
        placeholder=words("checking.rated_none"),
        help=words("checking.rated_help"),
        on_change=chosen,
    )
    return check.rated_status


def _ways(view: View, check: Check, row: CheckingRow) -> None:
    words, key = view.words, check.answer.key
    name = " ".join(key)
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("checking.check"),
            key=f"checking_check {name}",
            on_click=_now,
            args=(replace(check, verdict="checked"),),
        )
        for level in EVIDENCE[2:]:
            if EVIDENCE.index(level) > (row["evidence_level"] or 0):
                raised = replace(check, verdict="checked", evidence=level)
                st.button(words(f"checking.{level}"), key=f"checking_{level} {name}", on_click=_now, args=(raised,))
        for label, verdict in (("ask", "asked_back"), ("hold", "on_hold")):
            st.button(
                words(f"checking.{label}"),
                key=f"checking_{label} {name}",
                type="tertiary",
                on_click=_begin,
                args=(key, verdict),
            )
    draft, begun = drafts().get(key), CHECKING_ASKING.get()
    if begun is not None and begun[0] == key:
        _question(view, replace(draft or check, verdict=begun[1]), name)
    elif draft is not None and draft.comment:
        _question(view, replace(draft, verdict=draft.verdict or "asked_back"), name)


def _question(view: View, check: Check, name: str) -> None:
    """Draw the question, or the reason for putting it on hold, kept as it is typed, and the button that sends it."""
    widget, held = f"checking_comment {name}", check.verdict == "on_hold"
    set_widget(widget, check.comment)

    def typed() -> None:
        keep(replace(check, comment=st.session_state[widget]))

    st.text_input(view.words("checking.hold_reason" if held else "checking.comment"), key=widget, on_change=typed)
    with st.container(horizontal=True, gap="small"):
        st.button(
            view.words("checking.hold" if held else "checking.send"),
            key=f"checking_send {name}",
            type="primary",
            on_click=_send,
        )
        st.button(
            view.words("plan.discard"),
            key=f"checking_drop {name}",
            type="tertiary",
            on_click=_end,
            args=(check.answer.key,),
        )


def _now(check: Check) -> None:
    """Draw the one-click verdicts: confirmed as it is, or with higher evidence."""
    keep(check)
    SAVER.ask()


def _begin(key: Key, verdict: str) -> None:
    CHECKING_ASKING.set((key, verdict))
    if (draft := drafts().get(key)) is not None and draft.comment:
        keep(replace(draft, verdict=verdict))


def _send() -> None:
    CHECKING_ASKING.pop()
    SAVER.ask()


def _end(key: Key) -> None:
    CHECKING_ASKING.pop()
    drop(key)
