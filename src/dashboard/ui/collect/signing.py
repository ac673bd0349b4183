"""Who has signed the selected round, and the form in which somebody signs for one level."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.model.answer import APPROVED, READY, REOPENED, Approval, deeds_of
from dashboard.model.permissions import Deed, Place
from dashboard.model.problem import sentence
from dashboard.model.records import Draft, text_of
from dashboard.queries.collect_answering import ApprovalsRow
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError, history
from dashboard.store.locking import Writer
from dashboard.store.publishing.commit import shown_names
from dashboard.store.publishing.save_rows import save_approval
from dashboard.tasks.approvals import as_level, figures_of_levels, levels_of, moved_said, moved_since, said_of
from dashboard.ui.editing.editor import ask_who, may_write, refused_here
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.escape import escape, escape_problem, escape_row, one_line
from dashboard.ui.session_state import SIGNED_DONE
from dashboard.ui.view import View

FIRST = 12
"""Levels shown at once; the rest one click away."""


def show_signing(view: View) -> None:
    """List the levels of the round, and let whoever may sign for one of them."""
    words, found = view.words, levels_of(view.published, view.state.round)
    if not found:
        return
    round_ = escape(view.option_title("round", view.state.round, ""))
    st.markdown(f"**{words('signing.title', round=round_)}**", help=words("signing.help"))
    if done := SIGNED_DONE.pop():
        st.success(done)
    moved, names = moved_since(view.published, found), _names(view)
    lines = [
        {
            words("signing.column_level"): _place(view, row),
            words("signing.column_said"): _begun(said_of(row, words, names.get(row["step"] or 0, ""))),
            words("column.note"): row["note"] or "",
            words("signing.column_moved"): _begun(moved_said(row, moved.get(as_level(row), ()), words)),
        }
        for row in map(escape_row, found)
    ]
    # A column in which nothing stands only takes room.
    kept = [name for name in lines[0] if any(line[name] for line in lines)]
    first_rows(view, [{name: line[name] for name in kept} for line in lines], dict, "signing", FIRST, len(lines))
    _sign(view, found)


def _begun(said: str) -> str:
    """What is said, as the beginning of a sentence."""
    return said[:1].upper() + said[1:]


def _place(view: View, row: ApprovalsRow) -> str:
    return row["title"] or view.words("signing.group")


def _names(view: View) -> Mapping[int, str]:
    """By step, the shown name of the person who made it. Nobody is named where the history is withheld."""
    if view.withholds:
        return {}
    names = shown_names(store_folder())
    try:
        return {move.number: escape(names.get(move.subject, "")) for move in history(store_folder()) if move.subject}
    except StoreError:
        return {}


def _sign(view: View, found: Sequence[ApprovalsRow]) -> None:
    """Draw the form: the level, what is said, a note, and who says it."""
    words = view.words
    if not may_write(view, _deed(found)):
        return
    open_ = [row for row in found if _states(row)]
    if not open_:
        return
    titles = {as_level(row): one_line(f"{_place(view, row)} ({said_of(row, words)})") for row in open_}
    by_level = {as_level(row): row for row in open_}
    left, middle, right = st.columns([2, 2, 3])
    level = left.selectbox(
        words("signing.level"), list(by_level), key="signing_level", format_func=lambda one: titles[one]
    )
    row = by_level[level]
    states = _states(row)
    why = words("signing.note_why" if REOPENED in states else "signing.note")
    note = right.text_input(why, key=f"signing_note {level.place}")
    # The note is the reason, too.
    writer = replace(ask_who(view, deeds_of(level, states[0])[0], (middle, middle)), why=note.strip())
    if row["n_missing"]:
        st.caption(words.count("signing.waits", row["n_missing"]))
    with st.container(horizontal=True):
        for state in states:
            waits = state == APPROVED and bool(row["n_missing"])
            if st.button(words(f"signing.say_{state}"), key=f"signing_{state}", disabled=waits):
                _say(view, row, state, note, writer)


def _deed(found: Sequence[ApprovalsRow]) -> Deed:
    """A deed that whoever is here may do at one of the levels; else the one that is missing."""
    deeds = [deed for row in found for state in _states(row) for deed in deeds_of(as_level(row), state)]
    return next((deed for deed in deeds if refused_here(deed) is None), Deed.APPROVE)


def _states(row: ApprovalsRow) -> list[str]:
    """What whoever is here may say of a level now."""
    could = (REOPENED,) if row["state"] == APPROVED else (APPROVED,) if row["state"] == READY else (READY, APPROVED)
    place = Place(row["operation"], row["within"])
    return [
        state for state in could if any(refused_here(deed, place) is None for deed in deeds_of(as_level(row), state))
    ]


def _say(view: View, row: ApprovalsRow, state: str, note: str, writer: Writer) -> None:
    words, level = view.words, as_level(row)
    was = {name: text_of(row.get(name)) for name in ("round", "operation", "country", "state", "role", "note")}
    stored = Approval(**was, said_on=text_of(row["said_on"])) if row["state"] is not None else None
    draft = Draft(stored, Approval(*level, state, note=note))
    place = _place(view, row)
    outcome = save_approval(store_folder(), draft, writer, view.today, figures_of_levels, place)
    if outcome.revision is None:
        told = "  \n".join(sentence(escape_problem(problem), words) for problem in outcome.problems)
        st.error("  \n".join([words("signing.not_saved"), told]))
        return
    said = words(f"signing.{state}", by=words("signing.role", role=escape(writer.role)), on=view.today)
    SIGNED_DONE.set(words("signing.saved", place=escape(place), said=said))
    st.rerun()
