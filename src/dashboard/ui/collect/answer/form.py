"""One criterion as a form: its text, the previous answer, and fields that keep what is entered."""

from collections.abc import Mapping

import streamlit as st

from dashboard.model.answers.answer import UNANSWERED
from dashboard.model.records import EVIDENCE
from dashboard.queries.collect.questions import AnsweringRow, AnsweringStatusesRow
from dashboard.ui.collect.answer.draft import EVIDENCE_LEVEL, NA_REASON, NOTE, NUMBER, STATUS, OpenAnswer
from dashboard.ui.editing.form import draw_one
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


def form(view: View, opened: OpenAnswer, row: AnsweringRow, statuses: Mapping[str, AnsweringStatusesRow]) -> None:
    """Draw status, evidence, note and, if the status needs one, the reason. Arrow keys select, Tab moves on."""
    words, typed = view.words, opened.draft.typed
    titles = {"status": {code: status["title"] for code, status in statuses.items()}}
    numbers = sorted(status["number"] for status in statuses.values() if status["number"] is not None)
    if numbers:
        # The words that can be answered follow the numbers.
        label = words("answering.number", low=numbers[0], high=numbers[-1])
        draw_one(view, opened, NUMBER, titles, {"label": label})
    else:
        draw_one(view, opened, STATUS, titles)
    if typed.status in statuses and statuses[typed.status]["counts_as"] == "not_applicable":
        draw_one(view, opened, NA_REASON)
    held = (*OWN_EVIDENCE, typed.evidence, opened.start.evidence)
    levels = {level: EVIDENCE_LEVEL.title(words, level) for level in (*OWN_EVIDENCE, *EVIDENCE[2:]) if level in held}
    hint = "  \n".join([*evidence_hint(view, escape(row["evidence_hint"])), words("answering.evidence_help")])
    draw_one(view, opened, EVIDENCE_LEVEL, {"evidence": levels}, {"help": hint})
    draw_one(view, opened, NOTE)


def withdraw(opened: OpenAnswer) -> None:
    """Withdraw the answer; once saved, the criterion is unanswered again."""
    opened.say(status=UNANSWERED, evidence="", note="", na_reason="")
