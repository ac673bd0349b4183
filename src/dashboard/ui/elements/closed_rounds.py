"""Says which rounds are closed, since when and why, and closes or reopens the selected round."""

from datetime import datetime

import streamlit as st

from dashboard.model.answer import APPROVED
from dashboard.model.permissions import Deed, Place
from dashboard.model.problem import sentence
from dashboard.queries.every_page import ROUNDS, RoundsRow
from dashboard.store.disk import store_folder
from dashboard.store.history import Revision, StoreError
from dashboard.store.locking import Writer
from dashboard.store.publishing.edits import ASKED, close_round, history_of_rounds, reopen_round
from dashboard.tasks.approvals import levels_of
from dashboard.ui.editing.editor import may_write
from dashboard.ui.escape import escape, escape_problem, escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.session_state import ROUNDS_ASKED, ROUNDS_DONE
from dashboard.ui.view import View


def tell_closed(view: View) -> bool:
    """Whether the selected round is closed to answers, ratings and reviews; if so, show a sentence that says so."""
    found = _round(view)
    if found["closed"]:
        st.info(view.words("rounds.is_closed", round=found["title"]))
    return bool(found["closed"])


def may_answer(view: View, deed: Deed, place: Place | None = None) -> bool:
    """Whether answers or reviews of the selected round can be written; if not, show the reason."""
    return may_write(view, deed, place) and not tell_closed(view) and not tell_approved(view, place)


def tell_approved(view: View, place: Place | None) -> bool:
    """Whether an operation is approved for the selected round; if so, show a sentence that says so."""
    title = approved_in(view).get(place.operation) if place is not None else None
    if title is None:
        return False
    link = f"[{view.words('part.owed')}]({view.address('collect', part='owed')})"
    st.info(view.words("signing.locked", place=escape(title), link=link))
    return True


def approved_in(view: View) -> dict[str, str]:
    """The titles of the operations that are approved for the selected round, by code."""
    found = levels_of(view.published, view.state.round)
    return {row["operation"]: row["title"] for row in found if row["operation"] and row["state"] == APPROVED}


def show_rounds(view: View, writer: Writer | None) -> None:
    """Show every round with its state and, given a writer, the way to close or reopen the selected one."""
    words = view.words
    try:
        turned = {} if view.withholds else history_of_rounds(store_folder())
    except StoreError as error:
        st.error(sentence(error.problem, words))
        return
    st.caption(words("rounds.help"))
    found = escaped_rows(view.published, ROUNDS, view.parameters())
    draw_table([_told(view, row, turned.get(row["round"])) for row in found])
    if done := ROUNDS_DONE.pop():
        st.success(done)
    if writer is not None:
        _turn(view, _round(view), writer)


def _round(view: View) -> RoundsRow:
    return next(
        row for row in escaped_rows(view.published, ROUNDS, view.parameters()) if row["round"] == view.state.round
    )


def _told(view: View, row: RoundsRow, revision: Revision | None) -> dict[str, str]:
    words = view.words
    known = revision is not None and (revision.kind == "close") == row["closed"]
    return {
        words("column.round"): row["title"],
        words("column.state"): words("rounds.closed" if row["closed"] else "rounds.open"),
        words("column.at"): words.shown(datetime.fromisoformat(revision.at)) if revision and known else "",
        words("column.role"): escape(revision.role) if revision and known else "",
        words("column.why"): escape(revision.why)
        if revision and known
        else words("rounds.by_file")
        if row["closed"] and not view.withholds
        else "",
    }


def _turn(view: View, row: RoundsRow, writer: Writer) -> None:
    words = view.words
    kind, turn = ("reopen", reopen_round) if row["closed"] else ("close", close_round)
    asked = ROUNDS_ASKED.get(("", "", ""))
    anyway = asked[:2] == (kind, view.state.round)
    if anyway:
        st.warning(asked[2])
    if not st.button(words(f"rounds.{kind}{'_anyway' * anyway}", round=row["title"]), key="rounds_turn"):
        return
    outcome = turn(store_folder(), view.state.round, writer, view.today, accept=anyway)
    ROUNDS_ASKED.pop()
    told = "  \n".join(sentence(escape_problem(problem), words) for problem in outcome.problems)
    if outcome.revision is not None:
        ROUNDS_DONE.set(words(f"rounds.done_{kind}", round=row["title"]))
    elif any(problem.kind in ASKED for problem in outcome.problems):
        ROUNDS_ASKED.set((kind, view.state.round, told))
    else:
        st.error("  \n".join([words("rounds.not_done"), told]))
        return
    st.rerun()
