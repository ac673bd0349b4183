"""How does a group agree its actions? In the form of the plan, saved, or kept where nothing can be saved."""

from collections.abc import Sequence

import streamlit as st

from dashboard.model.plan.agreed import AgreedAction
from dashboard.queries import ask
from dashboard.queries.plan.questions import PLAN_ACTION
from dashboard.ui.editing.form import draw_fields
from dashboard.ui.elements.choose import setting_shown
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape, one_line, short
from dashboard.ui.frame.agreed import gaps, kept
from dashboard.ui.frame.exercise import SIDES, WANTED, impacts, runs, weighed
from dashboard.ui.plan.actions import NEW
from dashboard.ui.plan.draft import EDITOR, OpenAction
from dashboard.ui.session_keys import PLAN_AGREE_ON
from dashboard.ui.view import View

NEEDED = ("text", "owner_role", "due_on")
"""Fields that an agreed action must have."""
FIRST_GAPS = 8
"""Gaps of the setting offered here; the list of criteria below the choice has all of them."""
WIDTH = 90
NOTHING = {"action": NEW, "impact": "", "criterion": ""}
"""Fields of the view that say what a new action addresses."""


def begin(view: View) -> None:
    """In an exercise, draw above the form what the group found, to be acted on, and what it has agreed."""
    setting = setting_shown(view) if runs(view) else None
    if setting is None:
        return
    options = {NEW: view.words("exercise.act_on_none"), **_found(view, setting["setting"])}
    held = view.state.criterion or view.state.impact
    PLAN_AGREE_ON.set(held if held in options else NEW)
    st.selectbox(
        view.words("exercise.act_on", of=WANTED),
        list(options),
        key=PLAN_AGREE_ON.name,
        format_func=lambda code: one_line(options.get(code, code)),
        on_change=_begin,
        args=({row["impact"] for question, _, _ in SIDES for row in impacts(view, question, setting["setting"])},),
    )
    _agreed(view)


def _agreed(view: View) -> None:
    """Show what is saved, and what is only kept here and can be removed."""
    for action in view.state.agreed:
        (row,) = ask.rows(view.published, PLAN_ACTION, view.parameters(action=action))
        done = f":material/check: {escape(row['text'])} · {escape(row['operation_title'])}"
        st.markdown(coded(done, action))
    for key, one in kept().items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/check: {escape(one.action.text)} · {escape(one.operation_title)}", width="stretch")
            st.button(
                view.words("exercise.take_out"),
                key=f"plan_take_out {key}",
                on_click=_take_out,
                args=(key,),
                type="tertiary",
            )


def _take_out(key: str) -> None:
    kept().pop(key, None)


def _found(view: View, setting: str) -> dict[str, str]:
    """Return what can be acted on, by code: what matters most, then the gaps."""
    found = {
        row["impact"]: f"{mark} {short(row['text'], WIDTH)}"
        for question, grade, mark in SIDES
        for row in weighed(view, question, grade, setting)
    }
    for row in gaps(view, setting)[:FIRST_GAPS]:
        found[row["criterion"]] = f"{short(row['text'], WIDTH)} {row['criterion']}"
    return found


def _begin(on_impacts: set[str]) -> None:
    code = PLAN_AGREE_ON.now()
    impact = code if code in on_impacts else ""
    st.session_state.update({"action": NEW, "impact": impact, "criterion": NEW if impact else code})


def note_saved(view: View, actions: Sequence[str]) -> None:
    """In an exercise, count saved actions as agreed, include them in the figures, and allow the next to be started."""
    if runs(view):
        st.session_state["agreed"] = [*view.state.agreed, *actions]
        st.session_state["publication"] = ""
        st.session_state.update(NOTHING)


def agree(view: View, opened: OpenAction) -> None:
    """In an exercise where nothing can be saved, draw the form of a new action and keep it in this session."""
    if not runs(view) or view.masked:
        return
    words = view.words
    draw_fields(view, opened, opened.titles)
    st.caption(words("exercise.kept_here"))
    if not st.button(words("exercise.agree"), key=f"plan_agree {opened.key}", type="primary"):
        return
    typed = opened.draft.typed
    wanting = [EDITOR.called(words, name) for name in NEEDED if not getattr(typed, name).strip()]
    if wanting:
        st.error(words("exercise.wanting", fields=words.listed(wanting)))
        return
    subject = opened.subject
    kept()[opened.key] = AgreedAction(typed, subject["code"], subject["text"], subject["operation_title"])
    EDITOR.drop(opened.key)
    st.session_state.update(NOTHING)
    st.rerun()
