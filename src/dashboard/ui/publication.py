"""The publication in use: what is in it, how it came to be, what the last load left out, and the way to the next."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.tables import FORMATS
from dashboard.store.history import StoreError, history, publication_path
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.private_folder import PrivateFolder
from dashboard.store.publish import check, publish, revert
from dashboard.store.space import megabytes, space_of
from dashboard.store.turn import Outcome
from dashboard.ui.plain import plain
from dashboard.ui.private import handed_file, written
from dashboard.ui.view import View, with_state

Row = dict[str, Any]
STEPS = 20


def contents(view: View, row: Row) -> str:
    """How much is in the publication, in one line. What is left out cannot be counted."""
    if view.safe:
        return view.words("safe.masked")
    return view.words("data.contents", **row)


def space(view: View) -> str:
    """How much room the store takes and how much its disk has left; nothing where the machine cannot say."""
    words = view.words
    try:
        found = space_of(store_folder())
    except OSError:
        return ""
    n = words.count("data.publications", found.publications)
    return words("data.space", store=megabytes(found.store), publications=n, free=megabytes(found.free))


def problem_list(view: View, problems: list[Row]) -> None:
    """What the last load left out or noticed, one sentence each."""
    words = view.words
    if view.safe or not problems:
        st.caption(words("safe.left_out_here" if view.safe else "data.no_problems"))
        return
    _tell(view, [Problem(**{**row, "weight": Weight(row["weight"])}) for row in problems])


def _tell(view: View, problems: Sequence[Problem]) -> None:
    words = view.words
    st.table(
        [
            {
                words("column.problem"): plain(sentence(problem, words)),
                words("column.weight"): words(f"data.costs_{problem.weight}"),
            }
            for problem in problems
        ],
        border="horizontal",
        hide_index=True,
    )


def history_table(view: View) -> None:
    """The last steps, the one in force first."""
    words = view.words
    if view.safe:
        st.caption(words("safe.left_out_here"))
        return
    try:
        moves = list(history(store_folder()))
    except StoreError as error:
        st.error(sentence(error.problem, words))
        return
    st.table(
        [
            {
                words("column.step"): words.shown(move.number),
                words("column.at"): move.at.replace("T", " ")[:16],
                words("column.what"): plain(words(f"data.kind_{move.kind}", about=move.about)),
                words("column.role"): plain(move.role),
                words("column.why"): plain(move.why),
                words("column.files"): words.count(
                    "data.files", len(move.files), rows=sum(n for _, _, n in move.files)
                ),
            }
            for move in moves[:STEPS]
        ],
        border="horizontal",
        hide_index=True,
    )


def bring(view: View, writer: Writer) -> None:
    """Check and publish files, or go back a step."""
    words = view.words
    st.caption(words("data.bring_help", formats=", ".join(FORMATS)))
    st.page_link(
        "pages/assess.py", label=words("data.answers_there"), query_params=with_state(view.state, part="collect")
    )
    _said(view)
    with st.form("bring", border=True):
        uploaded = st.file_uploader(
            words("data.files_label"), accept_multiple_files=True, key="files", label_visibility="collapsed"
        )
        left, right = st.columns(2)
        checked = left.form_submit_button(words("data.check"))
        published = right.form_submit_button(words("data.publish"), type="primary")
    if not (checked or published):
        _back(view, writer)
        return
    if not uploaded:
        st.warning(words("data.no_files"))
        return
    with PrivateFolder() as folder:
        paths = written(folder, [handed_file(file.name, file.getvalue()) for file in uploaded])
        if checked:
            _told(view, check(store_folder(), paths, date.today()))
            return
        outcome = publish(store_folder(), paths, writer, date.today())
    _concluded(view, outcome)


def _told(view: View, problems: Sequence[Problem]) -> None:
    if problems:
        _tell(view, problems)
    else:
        st.success(view.words("data.sound"))


def _concluded(view: View, outcome: Outcome) -> None:
    """Tell what became of a wish. Success is told by the next run, which already shows the new publication."""
    if outcome.move is None:
        st.error(view.words("data.not_published"))
        _told(view, outcome.problems)
        return
    st.session_state["published"] = outcome.move.number, sum(problem.serious for problem in outcome.problems)
    st.rerun()


def _said(view: View) -> None:
    number, left_out = st.session_state.pop("published", (None, 0))
    if number is not None:
        st.success(view.words("data.published", number=number))
    if left_out:
        st.warning(view.words.count("data.left_out", left_out))


def _back(view: View, writer: Writer) -> None:
    words = view.words
    try:
        moves = [move for move in history(store_folder()) if move.number != view.published.move.number]
    except StoreError:
        # What is wrong stands where the history would.
        return
    steps = [move.number for move in moves if publication_path(store_folder(), move.publication).exists()][:STEPS]
    if not steps:
        return
    with st.form("revert", border=True):
        number = st.selectbox(words("data.back_to"), steps, key="back_to")
        submitted = st.form_submit_button(words("data.revert"))
    if submitted and number is not None:
        _concluded(view, revert(store_folder(), int(number), writer))
