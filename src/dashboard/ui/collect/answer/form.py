"""One criterion as a form: its text, the previous answer, and fields that keep what is entered."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.model.answers.answer import UNANSWERED, Answer
from dashboard.model.records import EVIDENCE
from dashboard.queries.collect.questions import AnsweringRow, AnsweringStatusesRow
from dashboard.ui.collect.answer.draft import draft_of, field, keep, widget_of
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.elements.answer import critical_mark, evidence, evidence_hint, mark, partly, status
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape, escape_row
from dashboard.ui.view import View

OWN_EVIDENCE = ("", *EVIDENCE[:2])
"""Evidence levels that a respondent may choose; only a reviewer can set a higher one."""


def show_criterion(view: View, row: AnsweringRow, statuses: Mapping[str, AnsweringStatusesRow]) -> None:
    """Show the criterion, what evidence could be, the reviewer's question, and the answer from the previous round."""
    words, row = view.words, escape_row(row)
    asked = coded(f"**{row['text']}**{critical_mark(view, row)}", row["criterion"])
    st.markdown("  \n".join([asked, *partly(view, row["partly"])]))
    if row["reversed"]:
        st.caption(_turned(view, statuses))
    if row["mark"] in ("asked_back", "answered_back"):
        st.warning(words("answering.question", role=row["reviewed_by_role"], comment=row["comment"]))
    elif row["mark"]:
        st.caption(" · ".join((mark(view, row), row["comment"] or "")).rstrip(" ·"))
    st.caption(_before(view, row))


def _turned(view: View, statuses: Mapping[str, AnsweringStatusesRow]) -> str:
    """Say which answer of a criterion that counts the other way round is the worst."""
    worst = next(row for row in statuses.values() if row["value"] == 0)
    return view.words("answering.reversed", worst=escape(worst["title"]))


def _before(view: View, row: AnsweringRow) -> str:
    """Return the previous round's answer in words, noting a different wording, or that there is none."""
    words = view.words
    if row["was_counts_as"] is None:
        return words("answering.no_before")
    was = {name.removeprefix("was_"): value for name, value in row.items() if name.startswith("was_")}
    parts = [status(view, was), evidence(view, was), row["was_na_reason"] or row["was_note"] or ""]
    if row["older_version"]:
        parts.append(words("older.mark", version=row["older_version"]))
    return words("answering.before", round=row["was_round_title"], said=" · ".join(part for part in parts if part))


def form(view: View, row: AnsweringRow, stored: Answer, statuses: Mapping[str, AnsweringStatusesRow]) -> None:
    """Draw status, evidence, note and, if the status needs one, the reason. Arrow keys select, Tab moves on."""
    words = view.words
    typed = draft_of(stored).typed
    if any(status["number"] is not None for status in statuses.values()):
        _number(view, stored, statuses)
    else:
        _one_of(view, stored, "status", list(statuses), lambda code: statuses[code]["title"])
    if typed.status in statuses and statuses[typed.status]["counts_as"] == "not_applicable":
        set_widget(widget_of(stored, "na_reason"), typed.na_reason)
        st.text_input(words("answering.reason"), **field(stored, "na_reason"))
    levels = [
        level for level in (*OWN_EVIDENCE, *EVIDENCE[2:]) if level in (*OWN_EVIDENCE, typed.evidence, stored.evidence)
    ]
    _one_of(
        view, stored, "evidence", levels, lambda level: words(f"evidence.{level or 'not_stated'}"),
        help="  \n".join(
            [*evidence_hint(view, escape(row["evidence_hint"])), words("answering.evidence_help")]
        ),
    )  # fmt: skip
    set_widget(widget_of(stored, "note"), typed.note)
    st.text_area(words("answering.note"), height=76, **field(stored, "note"))


def _number(view: View, stored: Answer, statuses: Mapping[str, AnsweringStatusesRow]) -> None:
    """Draw one list to type a number into: too many to show at once. The words that can be answered follow them."""
    said = draft_of(stored).typed.status
    set_widget(widget_of(stored, "status"), said if said in statuses else None)
    numbers = sorted(row["number"] for row in statuses.values() if row["number"] is not None)
    st.selectbox(
        view.words("answering.number", low=numbers[0], high=numbers[-1]),
        list(statuses),
        placeholder=view.words("answering.number_help"),
        format_func=lambda code: escape(statuses[code]["title"]),
        **field(stored, "status"),
    )


def _one_of(view: View, stored: Answer, name: str, codes: list[str], title: Any, **more: Any) -> None:
    said = getattr(draft_of(stored).typed, name)
    set_widget(widget_of(stored, name), said if said in codes else None)
    st.radio(
        view.words(f"column.{name}"),
        codes,
        index=None,
        horizontal=True,
        format_func=lambda code: escape(title(code) if code in codes else str(code)),
        **field(stored, name),
        **more,
    )


def take_back(stored: Answer) -> None:
    """Withdraw the answer; once saved, the criterion is unanswered again."""
    keep(stored, status=UNANSWERED, evidence="", note="", na_reason="")
