"""How is a change of the plan saved? With a role and a reason, which are asked once; what went wrong is a sentence."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.model.action import SAID
from dashboard.model.problem import Problem, sentence
from dashboard.store.actions import Change, Saved, save_actions
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer, refusal
from dashboard.ui.plain import plain
from dashboard.ui.plan import SAVED, label
from dashboard.ui.plan_draft import hold
from dashboard.ui.session import listens_on
from dashboard.ui.shell import View

WHO = "plan_who"
"""Role and reason of this session, under a key of our own: those of widgets are forgotten on another page."""
CONFLICT = ("changed_meanwhile", "gone_meanwhile")


def may_write(view: View) -> bool:
    """Whether this server may publish; where not, the sentence that says why."""
    refused = refusal(Writer("visitor", "", listens_on()))
    if refused is not None:
        st.info(sentence(refused, view.words))
    return refused is None


def ask_who(view: View) -> Writer:
    """In which role, and why; what was said once stands there again."""
    held = st.session_state.setdefault(WHO, ("", ""))
    for position, key in enumerate(("plan_role", "plan_why")):
        hold(key, held[position])
    left, right = st.columns(2)
    left.text_input(
        view.words("data.role"), key="plan_role", placeholder=view.words("data.role_example"), on_change=_keep_who
    )
    right.text_input(view.words("data.why"), key="plan_why", on_change=_keep_who)
    role, why = st.session_state[WHO]
    return Writer(role, why, listens_on())


def _keep_who() -> None:
    st.session_state[WHO] = st.session_state["plan_role"], st.session_state["plan_why"]


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
