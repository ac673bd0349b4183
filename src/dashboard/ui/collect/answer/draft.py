"""Which answers have been entered on the page but not saved? Which are complete, and which did others change?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.model.answers.answer import ANSWERED, UNANSWERED, Answer, Key
from dashboard.model.draft import Draft
from dashboard.ui.session_keys import ANSWERING_DRAFTS

Drafts = dict[Key, Draft[Answer]]


def drafts() -> Drafts:
    """Return all unsaved answers, by round, operation and criterion."""
    return ANSWERING_DRAFTS.setdefault({})


def draft_of(stored: Answer) -> Draft[Answer]:
    """Return the draft of an answer, or the initial state of its form if there is none."""
    return drafts().get(stored.key) or Draft(stored, stored)


def keep(stored: Answer, **said: str) -> None:
    """Keep what was entered; a draft equal to what it started from is dropped."""
    draft = draft_of(stored)
    typed = replace(draft.typed, **said)
    if draft.was is not None and says_the_same(draft.was, typed):
        drop(stored.key)
    else:
        drafts()[stored.key] = replace(draft, typed=typed)


def drop(key: Key) -> None:
    """Discard the draft."""
    drafts().pop(key, None)


def says_the_same(one: Answer, other: Answer) -> bool:
    """Whether two versions of an answer have the same content, whoever gave them."""
    return all(getattr(one, name) == getattr(other, name) for name in ANSWERED)


def settle(stored: Mapping[Key, Answer]) -> None:
    """Drop a draft that matches what is now published, whoever published it."""
    for key, draft in list(drafts().items()):
        if key in stored and says_the_same(draft.typed, stored[key]):
            drop(key)


def conflicts(draft: Draft[Answer], now: Answer) -> bool:
    """Whether somebody else has changed the answer since the draft was started."""
    return draft.was is not None and not says_the_same(draft.was, now)


def whole(answer: Answer, counts_as: Mapping[str, str]) -> bool:
    """Whether an answer can be saved: it has a status, and a reason if the status needs one."""
    return counts_as.get(answer.status) != "not_applicable" or bool(answer.na_reason.strip())


def missing_field(draft: Draft[Answer], counts_as: Mapping[str, str]) -> str:
    """Return the field that prevents the draft from being saved, `status` or `na_reason`; empty if it can be saved."""
    typed = draft.typed
    if typed.status == UNANSWERED and (typed.note or typed.evidence or typed.na_reason):
        return "status"
    return "" if whole(typed, counts_as) else "na_reason"


def field(stored: Answer, name: str) -> dict[str, Any]:
    """Return the widget arguments for one field, so that its value survives reruns."""
    widget = widget_of(stored, name)

    def typed() -> None:
        # The criterion stays open while it is being edited, even if the list beside it moves on.
        st.session_state["criterion"] = stored.criterion
        keep(stored, **{name: st.session_state[widget] or ""})

    return {"key": widget, "on_change": typed}


def widget_of(stored: Answer, name: str) -> str:
    """Return the widget key for one field of one answer."""
    return f"answering_{name} {' '.join(stored.key)}"
