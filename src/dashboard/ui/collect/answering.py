"""The part where an operation answers its round: one criterion at a time as a form, and the answers as downloads."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard.exports.csv_files import long_form
from dashboard.model.answer import UNANSWERED, Answer, Key, of_answer
from dashboard.model.permissions import Deed, Place
from dashboard.model.records import EVIDENCE, Draft
from dashboard.model.words import Claim, Claims
from dashboard.queries import ask, collect_answering
from dashboard.queries.every_page import OperationsRow
from dashboard.store.locking import Writer
from dashboard.ui.collect.answer_drafts import (
    EDITOR,
    EVIDENCE_LEVEL,
    NA_REASON,
    NOTE,
    NUMBER,
    STATUS,
    AskedCriteria,
    OpenAnswer,
    drop_published,
    due,
    function_choice,
    missing_field,
    next_left,
    open_criterion,
    opened,
    opened_answer,
    read_rows,
    sheet_of,
    show_list,
    tell_waiting,
)
from dashboard.ui.editing.editor import ask_who, held_writer
from dashboard.ui.editing.row_form import Version, draw_conflict, draw_one
from dashboard.ui.elements import answer_text, choices
from dashboard.ui.elements.choices import held, operation_choice
from dashboard.ui.elements.closed_rounds import may_answer
from dashboard.ui.elements.law import show_law_of
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.show import headline, offer
from dashboard.ui.escape import escape, escape_row
from dashboard.ui.evidence_panels import edit_evidence, read_comments, save_sent, show_comments, show_history
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

OWN_EVIDENCE = ("", *EVIDENCE[:2])
"""Evidence levels that a respondent may choose; only a reviewer can set a higher one."""


def show_criterion(
    view: View, row: collect_answering.AnsweringRow, statuses: Mapping[str, collect_answering.AnsweringStatusesRow]
) -> None:
    """Show the criterion, what evidence could be, the reviewer's question, and the answer from the previous round."""
    words, row = view.words, escape_row(row)
    asked = coded(f"**{row['text']}**{answer_text.critical_mark(view, row)}", row["criterion"])
    st.markdown("  \n".join([asked, *answer_text.partly(view, row["partly"])]))
    if row["reversed"]:
        st.caption(_turned(view, statuses))
    if row["mark"] in ("asked_back", "answered_back"):
        st.warning(words("answering.question", role=row["reviewed_by_role"], comment=row["comment"]))
    elif row["mark"]:
        st.caption(" · ".join((answer_text.mark(view, row), row["comment"] or "")).rstrip(" ·"))
    st.caption(_before(view, row))


def _turned(view: View, statuses: Mapping[str, collect_answering.AnsweringStatusesRow]) -> str:
    """Say which answer of a criterion that counts the other way round is the worst."""
    worst = next(row for row in statuses.values() if row["value"] == 0)
    return view.words("answering.reversed", worst=escape(worst["title"]))


def _before(view: View, row: collect_answering.AnsweringRow) -> str:
    """Return the previous round's answer in words, noting a different wording, or that there is none."""
    words = view.words
    if row["was_counts_as"] is None:
        return words("answering.no_before")
    was = {name.removeprefix("was_"): value for name, value in row.items() if name.startswith("was_")}
    parts = [
        answer_text.status(view, was),
        answer_text.evidence(view, was),
        row["was_na_reason"] or row["was_note"] or "",
    ]
    if row["older_version"]:
        parts.append(words("older.mark", version=row["older_version"]))
    return words("answering.before", round=row["was_round_title"], said=" · ".join(part for part in parts if part))


def form(
    view: View,
    opened: OpenAnswer,
    row: collect_answering.AnsweringRow,
    statuses: Mapping[str, collect_answering.AnsweringStatusesRow],
) -> None:
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
    hint = "  \n".join(
        [*answer_text.evidence_hint(view, escape(row["evidence_hint"])), words("answering.evidence_help")]
    )
    draw_one(view, opened, EVIDENCE_LEVEL, {"evidence": levels}, {"help": hint})
    draw_one(view, opened, NOTE)


def withdraw(opened: OpenAnswer) -> None:
    """Withdraw the answer; once saved, the criterion is unanswered again."""
    opened.say(status=UNANSWERED, evidence="", note="", na_reason="")


def show_answers(view: View, sheet: AskedCriteria) -> None:
    """Show every criterion of the selected function with its answer."""
    words = view.words
    lines = []
    items = answer_text.items_by_answer(view, operation=sheet.of_function[0][1], kind="")
    for row, key in ((escape_row(sheet.rows[key]), key[1:]) for key in sheet.of_function):
        level = f"evidence.{row['evidence'] if row['evidence'] in EVIDENCE else 'not_stated'}"
        behind = [words(level) if row["counts_as"] == "answered" else "", answer_text.mark(view, row)]
        lines.append(
            {
                words("column.criterion"): row["criterion"],
                words("column.text"): row["text"],
                words("column.status"): answer_text.status(view, row),
                words("column.evidence"): " · ".join(part for part in behind if part) + items.get(key, ""),
                words("column.note"): row["na_reason"] or row["note"] or "",
            }
        )
    draw_table(lines)


def export(view: View, operation: str) -> None:
    """Offer a file of the answers and a file of the reviews, each generated on demand."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center"):
        for kind in ("answers", "reviews"):
            offer(
                view,
                words(f"answering.export_{kind}"),
                _file(view, operation, kind),
                f"{kind}-{view.state.round}-{operation}.csv",
                f"answering_export {kind}",
                "tertiary",
            )


def _file(view: View, operation: str, kind: str) -> Callable[[], bytes]:
    given = view.parameters(operation=operation)
    if kind == "answers":
        return lambda: long_form(kind, ask.rows(view.published, collect_answering.ANSWERS_TO_HAND_IN, given))
    return lambda: long_form(kind, ask.rows(view.published, collect_answering.REVIEWS_TO_HAND_IN, given))


def show_answering(view: View) -> None:
    """Show one criterion as a form, with the other criteria of its function beside it."""
    operation, lists = operation_choice(view)
    if operation is None:
        st.info(view.words("answering.nobody"))
        return
    rows = read_rows(view, operation["operation"])
    functions = function_choice(view, list(rows.values()))
    choices.draw(view.words, *lists, functions)
    sheet = sheet_of(rows, held(view, functions))
    headline(view.words, *_finding(operation, sheet))
    if not sheet.of_function:
        return
    if may_answer(view, Deed.ANSWER, Place(operation["operation"], operation["country"])):
        _write(view, sheet)
    else:
        show_answers(view, sheet)
    export(view, operation["operation"])


def _finding(operation: OperationsRow, sheet: AskedCriteria) -> Claims:
    """Say how much of the selected function is answered and how many questions reviewers have asked."""
    rows = [sheet.rows[key] for key in sheet.of_function]
    if not rows:
        return (Claim.of("answering.nothing_asked"),)
    left = sum(row["counts_as"] == "unanswered" for row in rows)
    questions = sum(row["mark"] == "asked_back" for row in rows)
    places = {"operation": operation["operation_title"], "of": len(rows), "done": len(rows) - left}
    said = Claim.count("answering.finding", left, **places) if left else Claim.of("answering.complete", **places)
    return (said, Claim.count("answering.questions", questions)) if questions else (said,)


def _write(view: View, sheet: AskedCriteria) -> None:
    drop_published({key: sheet.stored(key) for key in EDITOR.drafts() if key in sheet.rows})
    every = ask.rows(view.published, collect_answering.ANSWERING_STATUSES, view.parameters())
    # A word counts as the same on every scale of a standard.
    counts_as = {row["status"]: row["counts_as"] for row in every}
    key = opened(view, sheet)
    answer = opened_answer(sheet.stored(key))
    statuses = {row["status"]: row for row in every if row["scale_no"] == sheet.rows[key]["scale_no"]}
    told = st.container()
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_criterion(view, sheet.rows[key], statuses)
        show_law_of(view, key[2], key[1])
        clash = draw_conflict(view, answer, _mine, partial(_version, view, statuses))
        form(view, answer, sheet.rows[key], statuses)
        # Drawn before the buttons, so that keyboard users have entered their role by the time they reach them.
        writer = ask_who(view, Deed.ANSWER)
        if not clash:
            _ways_on(view, sheet, answer)
            _tell_unsaved(view, answer, counts_as, writer)
        edit_evidence(view, of_answer(key), writer)
        show_comments(view, key, read_comments(view, key[1], (key[2],)).get(key, ()), True)
        show_history(view, key)
    with right:
        show_list(view, sheet, key)
    waiting = due(sheet, key, counts_as, writer)
    with told:
        _tell(view, sheet, key, counts_as, writer)
        if waiting:
            # Nothing is drawn between publishing and noting it, so no click can interrupt.
            EDITOR.save(view, waiting, writer)
            st.rerun()
    save_sent(view, Deed.ANSWER, writer)


def _tell(view: View, sheet: AskedCriteria, key: Key, counts_as: Mapping[str, str], writer: Writer) -> None:
    done = sum(sheet.rows[k]["counts_as"] != "unanswered" for k in sheet.of_function)
    st.progress(done / len(sheet.of_function))
    EDITOR.tell(view, {key: sheet.stored(key) for key in sheet.rows})
    tell_waiting(view, sheet, counts_as, [other for other in EDITOR.drafts() if other != key])
    if EDITOR.drafts() and not writer.role.strip():
        st.warning(view.words("answering.say_who"))


def _ways_on(view: View, sheet: AskedCriteria, answer: OpenAnswer) -> None:
    """Draw the buttons: save and continue, save and stay, discard, withdraw the answer."""
    words, key = view.words, answer.key
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(words("answering.next"), key="answering_next", type="primary", on_click=_go_on, args=(sheet, key))
        st.button(words("edit.save"), key="answering_save", on_click=EDITOR.ask, args=(key,))
        if key in EDITOR.drafts():
            drop = EDITOR.settle
            st.button(words("edit.discard"), key="answering_discard", type="tertiary", on_click=drop, args=(key,))
        if answer.draft.typed.status != UNANSWERED:
            label, back = words("edit.withdraw"), "answering_back"
            st.button(label, key=back, type="tertiary", on_click=withdraw, args=(answer,))


def _tell_unsaved(view: View, answer: OpenAnswer, counts_as: Mapping[str, str], writer: Writer) -> None:
    """Say why *Save* does not save the open criterion; shown beside the button once it has been pressed."""
    if EDITOR.held().asked != answer.key:
        return
    # The request waits for whatever is missing; the reason is said once.
    EDITOR.ask()
    words, draft = view.words, EDITOR.drafts().get(answer.key)
    if draft is None and answer.start.status == UNANSWERED:
        st.info(words("answering.save_untouched"))
    elif draft is None:
        st.info(words("edit.nothing_changed"))
    elif missing := missing_field(draft, counts_as):
        st.warning(words(f"answering.save_{missing}"))
    elif not writer.role.strip():
        st.warning(words("answering.save_role"))


def _go_on(sheet: AskedCriteria, key: Key) -> None:
    open_criterion(next_left(sheet, key)[2])
    EDITOR.ask()


def _mine(draft: Draft[Answer]) -> None:
    """Keep my version: compare it with theirs from now on, and save it."""
    EDITOR.drafts()[draft.typed.key] = draft
    EDITOR.ask()
    st.rerun()


def _version(view: View, statuses: Mapping[str, collect_answering.AnsweringStatusesRow], said: Answer) -> Version:
    """Return what an answer says; whoever gave it comes first, and is not yet known of what is typed here."""
    words = view.words
    draft = EDITOR.drafts().get(said.key)
    typed_here = draft is not None and said is draft.typed
    shown = {
        "status": statuses[said.status]["title"] if said.status in statuses else words("counts_as.unanswered"),
        "evidence": words(f"evidence.{said.evidence or 'not_stated'}"),
        "note": said.note,
        "na_reason": said.na_reason,
    }
    by = held_writer(Deed.ANSWER).role if typed_here else said.answered_by_role
    return {words("history.by"): escape(by)} | {
        EDITOR.called(words, name): escape(shown[name]) for name in Answer.content()
    }
