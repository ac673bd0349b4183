"""How do answers come in? Download a workbook, import a file, preview what it would change, and publish it."""

from typing import TypedDict

import streamlit as st

from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.claim import Claim
from dashboard.model.problem import Problem, sentence
from dashboard.queries.question import Question
from dashboard.ui.collect.hand_in.changes import change_table
from dashboard.ui.collect.hand_in.files import hand_in, offer_to_put_away
from dashboard.ui.collect.hand_in.marked import offer_marked
from dashboard.ui.collect.hand_in.problems import problem_groups
from dashboard.ui.collect.hand_in.publish import act
from dashboard.ui.collect.hand_in.published import tell_done
from dashboard.ui.collect.hand_in.scores import score_tables
from dashboard.ui.collect.hand_in.summary import told
from dashboard.ui.collect.hand_in.titles import titles_of
from dashboard.ui.collect.hand_in.workbook import offer_book
from dashboard.ui.collect.mapping.files import mapped_files
from dashboard.ui.elements.rounds import tell_closed
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.versions.handed_in import handed_in
from dashboard.ui.versions.private_publication import private_of
from dashboard.ui.view import View


class CollectStandRow(TypedDict):
    """A row of `collect_stand`."""

    round_title: str
    n_operations: int
    n_begun: int
    n_done: int
    n_left: int
    n_asked: int


COLLECT_STAND = Question("collect_stand", CollectStandRow)


def show_collect(view: View) -> None:
    """Show this part of the page."""
    headline(view.words, _stand(view))
    tell_closed(view)
    tell_done(view)
    left, right = st.columns(2, gap="large")
    with left:
        _take(view)
    with right:
        st.markdown(f"**{view.words('collect.hand_in')}**")
        hand_in(view)
    if files := mapped_files(view, handed_in()):
        _preview(view, files)
    elif handed_in():
        offer_to_put_away(view)


def _take(view: View) -> None:
    """Draw the first step: download what is to be filled in."""
    st.markdown(f"**{view.words('collect.take')}**")
    offer_book(view)
    st.caption(view.words("collect.take_help"))


def _stand(view: View) -> Claim:
    """Say in one sentence how far the round has got."""
    (row,) = escaped_rows(view.published, COLLECT_STAND, view.parameters())
    if not row["n_operations"]:
        return Claim.of("collect.nobody_asked", reset=view.reset())
    state = "done" if not row["n_left"] else "stand"
    return Claim.count(f"collect.{state}", row["n_operations"], **row)


def _preview(view: View, files: tuple[HandedFile, ...]) -> None:
    """Preview what publishing the files would change; nothing is published yet."""
    words = view.words
    with st.spinner(words("collect.reading")):
        private = private_of(files, view.today)
    if isinstance(private, Problem):
        st.error(escape(sentence(private, words)))
        return
    problems, changes = private.preview.problems, private.preview.changes
    titles = titles_of(view, private.published)
    st.markdown(f"**{words('collect.would_change')}**")
    told(view, private.preview, titles)
    problem_groups(view, problems, dict(changes.left_out) if private.preview.proof is not None else None)
    offer_marked(view, handed_in(), problems)
    if private.published is not None:
        change_table(view, changes, titles)
        score_tables(view, changes.moved, titles)
    act(view, private, files)
