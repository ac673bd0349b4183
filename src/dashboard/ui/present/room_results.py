"""What a room said and decided: the spread of a vote, the records, and each decision as a file to import.

The spread comes with the level of agreement, where groups differ, and what a second vote changed. A decision becomes a
rating or an answer in a file that is imported and previewed like any other.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.model import vote
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.model.permissions import Deed
from dashboard.model.problem import handed_file
from dashboard.model.records import RECORDS, as_csv
from dashboard.queries import ask
from dashboard.queries.collect_answering import ANSWERING, BOOK_IMPACTS, AnsweringRow, BookImpactsRow
from dashboard.queries.every_page import OPERATIONS
from dashboard.ui.editing.editor import may_write
from dashboard.ui.escape import escape, escape_label
from dashboard.ui.html import draw_table
from dashboard.ui.session_state import ROOM_KEPT
from dashboard.ui.versions.imported_files import add
from dashboard.ui.view import View


def show_ballots(view: View, question: vote.VoteQuestion, ballots: Sequence[vote.Counted], n_changed: int) -> None:
    """Show the last vote in large type, the previous one beside it."""
    words, last = view.words, ballots[-1]
    said = question.in_language((words.language,))
    st.markdown(f"### {in_words(view, question, last)}", anchors=False)
    if last.n_on_paper:
        st.caption(words("room.on_paper", n=last.n_on_paper))
    if len(ballots) > 1:
        st.markdown(f"##### {_moved(view, question, ballots, n_changed)}", anchors=False)
    before = ballots[0].choices if len(ballots) > 1 else None
    for choice in question.choices:
        _bar(
            view,
            said.choices[choice],
            last.choices.get(choice, 0),
            last.n,
            last.paper.get(choice, 0),
            None if before is None else before.get(choice, 0),
        )
    _by_group(view, question, said, last)


def where(view: View, question: vote.VoteQuestion) -> str:
    """Return the operation's name in the current publication, rather than its name when the question was asked."""
    given = view.parameters(country=(), framework=question.framework)
    found = ask.rows(view.published, OPERATIONS, given)
    return escape(next((row["operation_title"] for row in found if row["operation"] == question.operation), ""))


def in_words(view: View, question: vote.VoteQuestion, counted: vote.Counted) -> str:
    """Say how far the room agrees, and on what."""
    counts = counted.of(question)
    titles = question.in_language((view.words.language,)).choices
    place = vote.leaning(counts, question.ordered)
    lead = escape(titles[question.choices[place]]) if place is not None else view.words("room.no_lead")
    return view.words.count(f"room.agree_{vote.agreement(counts, question.ordered)}", counted.n, choice=lead)


def _moved(view: View, question: vote.VoteQuestion, ballots: Sequence[vote.Counted], n_changed: int) -> str:
    titles = question.in_language((view.words.language,)).choices
    places = [vote.leaning(ballot.of(question), question.ordered) for ballot in (ballots[0], ballots[-1])]
    first, last = (
        escape(titles[question.choices[place]]) if place is not None else view.words("room.no_lead") for place in places
    )
    changed = view.words.count("room.changed", n_changed)
    return f"{changed} " + view.words("room.moved" if first != last else "room.stayed", first=first, last=last)


def _bar(view: View, title: str, n: int, of: int, on_paper: int, before: int | None) -> None:
    """Draw one choice: its number of votes, in words beside a bar."""
    share = n / of if of else 0.0
    told = view.words("room.bar" if before is None else "room.bar_before", title=escape(title), n=n, before=before)
    st.progress(share, text=f"{told} · {view.words('room.bar_paper', n=on_paper)}" if on_paper else told)


def _by_group(view: View, question: vote.VoteQuestion, said: vote.QuestionText, counted: vote.Counted) -> None:
    words = view.words
    groups = {group: counted.of_group(question, group) for group in counted.groups}
    found = vote.parting(groups, question.ordered)
    if found is not None:
        one, other = (escape(said.groups.get(group, group)) for group in (found.one, found.other))
        leans, otherwise = (escape(said.choices[question.choices[at]]) for at in (found.leans, found.leans_otherwise))
        st.markdown(
            f"##### {words('room.part', one=one, leans=leans, other=other, otherwise=otherwise)}", anchors=False
        )
    elif len(groups) > 1:
        st.markdown(words("room.no_part"))
    if groups:
        draw_table(_table(view, question, said, groups))
    if counted.n_in_no_group:
        st.caption(words.count("room.in_no_group", counted.n_in_no_group, of=counted.n))


def _table(
    view: View, question: vote.VoteQuestion, said: vote.QuestionText, groups: Mapping[str, Sequence[int]]
) -> list[dict[str, str]]:
    head = view.words(f"room.column_{question.grouped_by}")
    return [
        {head: escape(said.groups.get(group, group))}
        | {escape(said.choices[choice]): str(n) for choice, n in zip(question.choices, counts, strict=True)}
        for group, counts in groups.items()
    ]


Row = Mapping[str, Any]
KEPT = ("residual_severity", "residual_likelihood", "residual_basis", "confidence")
"""Parts of a rating that the room was not asked about."""


def offer_outcome(view: View, record: vote.VoteRecord) -> None:
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


def _offer(view: View, record: vote.VoteRecord, form: str, row: Row | None) -> None:
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


def _answered(view: View, record: vote.VoteRecord) -> AnsweringRow | None:
    """Return the published answer to the criterion; None if the operation is no longer asked it."""
    found = ask.rows(view.published, ANSWERING, _asked(view, record))
    return next((row for row in found if row["criterion"] == record.question.subject), None)


def _rated(view: View, record: vote.VoteRecord) -> BookImpactsRow | None:
    """Return the published rating of the impact; None if the operation no longer has it."""
    found = ask.rows(view.published, BOOK_IMPACTS, _asked(view, record))
    return next((row for row in found if row["impact"] == record.question.subject), None)


def _asked(view: View, record: vote.VoteRecord) -> Mapping[str, object]:
    asked = record.question
    return view.unfiltered(operation=asked.operation, round=asked.round, framework=asked.framework)


def _basis(view: View, record: vote.VoteRecord) -> str:
    words = view.words
    word = words(f"room.word_{vote.agreement(record.last.of(record.question), record.question.ordered)}")
    said = words.count("room.basis", record.last.n, date=record.closed_at[:10], agreement=word)
    n = record.last.n_on_paper
    return f"{said} {words('room.basis_paper', n=n)}" if n else said


def _key(record: vote.VoteRecord) -> Row:
    return {"round": record.question.round, "operation": record.question.operation}


def _answer(view: View, record: vote.VoteRecord, stored: AnsweringRow) -> Row:
    """Return the answer: the status, with the vote in its note before what was noted earlier."""
    former = stored["note"] or ""
    note = f"{_basis(view, record)} {former}".strip()
    by = {"answered_by_role": view.words("room.role"), "answered_on": record.closed_at[:10]}
    said = {"criterion": record.question.subject, "status": record.decided, "evidence": "self_declared", "note": note}
    return {**_key(record), **said, **by}


def _rating(view: View, record: vote.VoteRecord, stored: Mapping[str, object]) -> Row | None:
    """Ask for the grades and return the rating; None while they are incomplete or contradict the decision."""
    words, kind = view.words, record.question.kind
    wanted = (*OF_SEVERITY, "likelihood")
    grades = {
        name: st.radio(
            words(f"rating.{name}"),
            GRADES,
            index=GRADES.index(begins) if (begins := _begins(record, stored, name)) else None,
            key=f"room_grade_{record.number}_{name}",
            format_func=partial(_graded, view, name),
        )
        or ""
        for name in wanted
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


def _graded(view: View, name: str, grade: str) -> str:
    """Return a grade with what it needs."""
    key = f"grade.likelihood_{grade}" if name == "likelihood" else f"rating.{name}_{grade}"
    return view.words("rating.grade", grade=grade, title=view.words(key))


def _begins(record: vote.VoteRecord, stored: Mapping[str, object], name: str) -> str:
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


def show_records(view: View, records: Sequence[vote.VoteRecord]) -> None:
    """Show all records as a list, one of them open."""
    if not records:
        return
    words = view.words
    st.markdown(f"**{words('room.records')}**")
    draw_table([_row(view, record) for record in records])
    # The key contains the latest record, so that a new one is opened.
    by_number = {record.number: record for record in records}
    chosen = st.selectbox(
        words("room.record"),
        list(by_number),
        key=f"room_record_{records[0].number}",
        format_func=lambda number: escape_label(_title(view, by_number.get(number))),
    )
    record = by_number[chosen]
    with st.expander(words("room.record_open")):
        show_ballots(view, record.question, record.ballots, record.n_changed)
    offer_outcome(view, record)


def _row(view: View, record: vote.VoteRecord) -> dict[str, str]:
    words = view.words
    return {
        words("room.column_date"): record.closed_at[:10],
        words("room.column_about"): _about(view, record.question),
        words("room.column_decided"): _decided(view, record),
        words("room.column_said"): in_words(view, record.question, record.last),
    }


def tell_kept(view: View, records: Sequence[vote.VoteRecord]) -> None:
    """Say what was kept of the question just closed, or that nothing was."""
    number = ROOM_KEPT.pop()
    if number is None:
        return
    found = [record for record in records if record.number == number]
    st.success(record_kept(view, found[0]) if found else view.words("room.kept_nothing"))


def record_kept(view: View, record: vote.VoteRecord) -> str:
    """Say how many votes a record holds, on what, and what was decided."""
    about, decided = _about(view, record.question), _decided(view, record)
    return view.words.count("room.kept", record.last.n, about=about, decided=decided)


def _title(view: View, record: vote.VoteRecord | None) -> str:
    return f"{record.closed_at[:10]} · {_about(view, record.question)}" if record is not None else ""


def _about(view: View, question: vote.VoteQuestion) -> str:
    said = question.in_language((view.words.language,))
    return " · ".join(part for part in (escape(said.about or said.asks), where(view, question)) if part)


def _decided(view: View, record: vote.VoteRecord) -> str:
    titles = record.question.in_language((view.words.language,)).choices
    return escape(titles.get(record.decided, view.words("room.decided_nothing")))
