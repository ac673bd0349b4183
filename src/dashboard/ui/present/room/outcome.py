"""How does a room's decision become a rating or an answer? As a file, imported and previewed like any other."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.model.answers.handed_file import handed_file
from dashboard.model.answers.long_form import as_csv
from dashboard.model.people.permissions import Deed
from dashboard.model.present.agreement import agreement
from dashboard.model.present.vote import GRADES, Record
from dashboard.model.records import RECORDS
from dashboard.queries import ask
from dashboard.queries.collect.questions import ANSWERING, AnsweringRow
from dashboard.queries.workbook.questions import BOOK_IMPACTS, BookImpactsRow
from dashboard.ui.editing.writer import may_write
from dashboard.ui.versions.handed_in import add
from dashboard.ui.view import View

Row = Mapping[str, Any]
OF_SEVERITY = ("scale", "scope", "irremediability")
KEPT = ("residual_severity", "residual_likelihood", "residual_basis", "confidence")
"""Parts of a rating that the room was not asked about."""


def offer_outcome(view: View, record: Record) -> None:
    """Draw the form of the rating or answer, and the button that imports it. Nothing is published here."""
    words, kind = view.words, record.question.kind
    if kind == "first" or not record.decided:
        st.caption(words("room.outcome_none"))
        return
    answered = _answered(view, record) if kind == "status" else None
    rated = None if kind == "status" else _rated(view, record)
    if answered is None and rated is None:
        st.caption(words("room.outcome_gone"))
        return
    st.markdown(f"**{words('room.outcome')}**")
    if not may_write(view, Deed.LOAD):
        return
    if answered is not None:
        _offer(view, record, "answers", _answer(view, record, answered))
    elif rated is not None:
        _offer(view, record, "risk_ratings", _rating(view, record, rated))


def _offer(view: View, record: Record, form: str, row: Row | None) -> None:
    """Draw the button that imports the row, and leads to the preview of its changes."""
    words = view.words
    pressed = st.button(
        words("room.hand_in"),
        key=f"room_hand_in_{record.number}",
        type="primary",
        disabled=row is None,
        help=words("room.hand_in_help"),
    )
    if pressed and row is not None:
        add(handed_file(f"workshop-{record.number}.csv", as_csv(RECORDS[form], [row]).encode()))
        st.switch_page(
            "pages/collect.py", query_params={**view.query(), "round": record.question.round, "part": "collect"}
        )


def _answered(view: View, record: Record) -> AnsweringRow | None:
    """Return the published answer to the criterion; None if the operation is no longer asked it."""
    found = ask.rows(view.published, ANSWERING, _asked(view, record))
    return next((row for row in found if row["criterion"] == record.question.subject), None)


def _rated(view: View, record: Record) -> BookImpactsRow | None:
    """Return the published rating of the impact; None if the operation no longer has it."""
    found = ask.rows(view.published, BOOK_IMPACTS, _asked(view, record))
    return next((row for row in found if row["impact"] == record.question.subject), None)


def _asked(view: View, record: Record) -> Mapping[str, object]:
    asked = record.question
    return view.unfiltered(operation=asked.operation, round=asked.round, framework=asked.framework)


def _basis(view: View, record: Record) -> str:
    words = view.words
    word = words(f"room.word_{agreement(record.last.of(record.question), record.question.ordered)}")
    said = words.count("room.basis", record.last.n, date=record.closed_at[:10], agreement=word)
    n = record.last.n_on_paper
    return f"{said} {words('room.basis_paper', n=n)}" if n else said


def _key(record: Record) -> Row:
    return {"round": record.question.round, "operation": record.question.operation}


def _answer(view: View, record: Record, stored: AnsweringRow) -> Row:
    """Return the answer: the status, with the vote in its note before what was noted earlier."""
    former = stored["note"] or ""
    note = f"{_basis(view, record)} {former}".strip()
    by = {"answered_by_role": view.words("room.role"), "answered_on": record.closed_at[:10]}
    said = {"criterion": record.question.subject, "status": record.decided, "evidence": "self_declared", "note": note}
    return {**_key(record), **said, **by}


def _rating(view: View, record: Record, stored: Mapping[str, object]) -> Row | None:
    """Ask for the grades and return the rating; None while they are incomplete or contradict the decision."""
    words, kind = view.words, record.question.kind
    wanted = (*OF_SEVERITY, "likelihood")
    columns = st.columns(len(wanted))
    grades = {
        name: column.selectbox(
            words(f"room.rate_{name}"),
            ("", *GRADES),
            index=("", *GRADES).index(_begins(record, stored, name)),
            key=f"room_grade_{record.number}_{name}",
            format_func=lambda grade: grade or words("room.choose_grade"),
        )
        for column, name in zip(columns, wanted, strict=True)
    }
    if "" in grades.values():
        st.info(words("room.grades_missing"))
        return None
    reached = max(grades[name] for name in OF_SEVERITY) if kind == "severity" else grades["likelihood"]
    if reached != record.decided:
        st.warning(words(f"room.grades_differ_{kind}", reached=reached, decided=record.decided))
        return None
    kept = {name: str(stored[name]) for name in KEPT if stored[name] is not None}
    by = {"basis": _basis(view, record), "rated_by_role": words("room.role"), "rated_on": record.closed_at[:10]}
    return {**_key(record), "impact": record.question.subject, "found": "yes", **grades, **kept, **by}


def _begins(record: Record, stored: Mapping[str, object], name: str) -> str:
    """Return the initial grade: as rated; for severity, the first is the decision, and no other exceeds it."""
    decided, was = record.decided, str(stored[name] or "")
    if record.question.kind == "likelihood":
        return decided if name == "likelihood" else was
    if name == "likelihood":
        return was
    reached = [str(stored[other] or "") for other in OF_SEVERITY]
    if max(reached) != decided and name == "scale":
        return decided
    return min(was, decided)
