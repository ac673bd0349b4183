"""How is a change of the plan saved? As one step; what went wrong is a sentence."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.model.plan.action import SAID
from dashboard.model.problem import Problem, sentence
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.actions import Change, Saved, save_actions
from dashboard.ui.escape import plain
from dashboard.ui.plan.actions import SAVED, label
from dashboard.ui.view import View

CONFLICT = ("changed_meanwhile", "gone_meanwhile")


def save(view: View, changes: Sequence[Change], writer: Writer) -> Saved:
    """Publish the changes. A success, and a change that somebody else has made, are told by the run that shows it."""
    with st.spinner(view.words("plan.saving")):
        saved = save_actions(store_folder(), changes, writer, view.today)
    if saved.move is not None:
        st.session_state[SAVED] = saved.move.number, saved.actions
    return saved


def in_conflict(saved: Saved) -> bool:
    """Whether nothing was saved because somebody else was sooner."""
    return any(problem.kind in CONFLICT for problem in saved.problems)


def tell_refused(view: View, problems: Sequence[Problem]) -> None:
    """Why nothing was saved, one sentence each."""
    st.error("  \n".join([view.words("plan.not_saved"), *(_told(view, problem) for problem in problems)]))


def _told(view: View, problem: Problem) -> str:
    words = view.words
    column = label(view, problem.column) if problem.column in SAID else problem.column
    return plain(sentence(replace(problem, column=column), words))
