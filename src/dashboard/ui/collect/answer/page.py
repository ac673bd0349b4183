"""How is an operation's round answered on the page, one function at a time?"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.model.answers.answer import ANSWERED, UNANSWERED, Answer, Key
from dashboard.model.answers.evidence import of_answer
from dashboard.model.claim import Claim, Claims
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed, Place
from dashboard.queries import ask
from dashboard.queries.collect.questions import ANSWERING_STATUSES, AnsweringStatusesRow
from dashboard.queries.elements.questions import OperationsRow
from dashboard.store.permission import Writer
from dashboard.ui import choices
from dashboard.ui.collect.answer.criteria import (
    Sheet,
    function_choice,
    next_left,
    open_criterion,
    opened,
    read_rows,
    sheet_of,
    show_list,
)
from dashboard.ui.collect.answer.draft import EDITOR, OpenAnswer, drop_published, missing_field, opened_answer
from dashboard.ui.collect.answer.export import export
from dashboard.ui.collect.answer.form import form, show_criterion, withdraw
from dashboard.ui.collect.answer.read_only import show_answers
from dashboard.ui.collect.answer.save import due, tell_waiting
from dashboard.ui.editing.form import Version, draw_conflict
from dashboard.ui.editing.writer import ask_who, held_writer
from dashboard.ui.elements.choose import held, operation_choice
from dashboard.ui.elements.rounds import may_answer
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape
from dashboard.ui.evidence.comments import read_comments, save_sent, show_comments
from dashboard.ui.evidence.form import edit_evidence
from dashboard.ui.evidence.history import show_history
from dashboard.ui.view import View


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


def _finding(operation: OperationsRow, sheet: Sheet) -> Claims:
    """Say how much of the selected function is answered and how many questions reviewers have asked."""
    rows = [sheet.rows[key] for key in sheet.of_function]
    if not rows:
        return (Claim.of("answering.nothing_asked"),)
    left = sum(row["counts_as"] == "unanswered" for row in rows)
    questions = sum(row["mark"] == "asked_back" for row in rows)
    places = {"operation": operation["operation_title"], "of": len(rows), "done": len(rows) - left}
    said = Claim.count("answering.finding", left, **places) if left else Claim.of("answering.complete", **places)
    return (said, Claim.count("answering.questions", questions)) if questions else (said,)


def _write(view: View, sheet: Sheet) -> None:
    drop_published({key: sheet.stored(key) for key in EDITOR.drafts() if key in sheet.rows})
    every = ask.rows(view.published, ANSWERING_STATUSES, view.parameters())
    # A word counts as the same on every scale of a standard.
    counts_as = {row["status"]: row["counts_as"] for row in every}
    key = opened(view, sheet)
    answer = opened_answer(sheet.stored(key))
    statuses = {row["status"]: row for row in every if row["scale_no"] == sheet.rows[key]["scale_no"]}
    told = st.container()
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_criterion(view, sheet.rows[key], statuses)
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


def _tell(view: View, sheet: Sheet, key: Key, counts_as: Mapping[str, str], writer: Writer) -> None:
    done = sum(sheet.rows[k]["counts_as"] != "unanswered" for k in sheet.of_function)
    st.progress(done / len(sheet.of_function))
    EDITOR.tell(view, {key: sheet.stored(key) for key in sheet.rows})
    tell_waiting(view, sheet, counts_as, [other for other in EDITOR.drafts() if other != key])
    if EDITOR.drafts() and not writer.role.strip():
        st.warning(view.words("answering.say_who"))


def _ways_on(view: View, sheet: Sheet, answer: OpenAnswer) -> None:
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


def _go_on(sheet: Sheet, key: Key) -> None:
    open_criterion(next_left(sheet, key)[2])
    EDITOR.ask()


def _mine(draft: Draft[Answer]) -> None:
    """Keep my version: compare it with theirs from now on, and save it."""
    EDITOR.drafts()[draft.typed.key] = draft
    EDITOR.ask()
    st.rerun()


def _version(view: View, statuses: Mapping[str, AnsweringStatusesRow], said: Answer) -> Version:
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
    return {words("history.by"): escape(by)} | {EDITOR.called(words, name): escape(shown[name]) for name in ANSWERED}
