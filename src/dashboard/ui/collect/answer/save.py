"""When is what was answered in the page saved? As soon as its criterion is left, beside the next one that is open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.model.answers.answer import ANSWERED, Key
from dashboard.model.problem import Problem, sentence
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.answers import Change, save_answers
from dashboard.ui.collect.answer.criteria import Sheet
from dashboard.ui.collect.answer.draft import Drafts, conflicts, drafts, lacks
from dashboard.ui.editing.draft import held
from dashboard.ui.escape import plain
from dashboard.ui.view import View

NOTE = "answering_note_of_save"
"""What became of the last save: the step, how many answers, or what stood against it and for which drafts."""
NOW = "answering_now"
"""Somebody has asked for a save of everything, the open criterion too."""


def ask_for_save() -> None:
    """Everything that is whole is saved by the run that comes."""
    st.session_state[NOW] = True


def due(sheet: Sheet, open_key: Key, counts_as: Mapping[str, str], writer: Writer) -> Drafts:
    """What is to be saved now: whole, nobody else's, and of a criterion that was left, or any when somebody asked."""
    if not writer.role.strip():
        # A save that was asked for waits until it is said in which role.
        return {}
    everything = bool(st.session_state.pop(NOW, False))
    found = {
        key: draft
        for key, draft in drafts().items()
        if key in sheet.rows
        and (everything or key != open_key)
        and not lacks(draft, counts_as)
        and not conflicts(draft, sheet.stored(key))
    }
    # What was refused once is not tried again until something else is typed or somebody asks for it.
    return found if everything or held(NOTE).get("refused") != found else {}


def save(view: View, waiting: Drafts, writer: Writer) -> None:
    """Publish what is waiting as one step. Nothing is drawn between that and its note, so no click can come between."""
    kept, note = drafts(), held(NOTE)
    outcome = save_answers(
        store_folder(),
        [Change(draft.was or draft.typed, draft.typed) for draft in waiting.values()],
        writer,
        view.today,
    )
    note.clear()
    if outcome.move is not None:
        note.update(step=outcome.move.number, answers=len(waiting))
        for key, draft in waiting.items():
            if kept.get(key) == draft:
                del kept[key]
    else:
        note.update(refused=waiting, problems=outcome.problems)
    st.rerun()


def tell(view: View) -> None:
    """In words what became of the last save."""
    note = held(NOTE)
    if "step" in note:
        st.caption(view.words.count("answering.saved", note["answers"], number=note["step"]))
    elif note and any(key in drafts() for key in note["refused"]):
        st.error("  \n".join([view.words("plan.not_saved"), *(told(view, problem) for problem in note["problems"])]))


def told(view: View, problem: Problem) -> str:
    """A problem of an answer or a review, its columns called as they are on the page."""
    column = problem.column
    if column in ANSWERED:
        column = view.words(f"column.{column}")
    return plain(sentence(replace(problem, column=column), view.words))


def tell_waiting(view: View, sheet: Sheet, counts_as: Mapping[str, str], others: Sequence[Key]) -> None:
    """What is typed and not saved, and why."""
    words = view.words
    for key, draft in drafts().items():
        if key in sheet.rows and key in others:
            why = "conflict" if conflicts(draft, sheet.stored(key)) else lacks(draft, counts_as) or "waits"
            st.caption(words(f"answering.waiting_{why}", criterion=plain(key[2])))
    elsewhere = sum(key not in sheet.rows for key in drafts())
    if elsewhere:
        st.caption(words.count("answering.elsewhere", elsewhere))
