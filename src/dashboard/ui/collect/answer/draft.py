"""What has somebody answered in the page and not saved? And which of it is whole, or written by somebody else too?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.model.answers.answer import ANSWERED, UNANSWERED, Answer, Key
from dashboard.model.draft import Draft
from dashboard.ui.session_keys import ANSWERING_DRAFTS

Drafts = dict[Key, Draft[Answer]]


def drafts() -> Drafts:
    """Everything that is answered and not saved, by round, operation and criterion."""
    return ANSWERING_DRAFTS.setdefault({})


def draft_of(stored: Answer) -> Draft[Answer]:
    """What is typed of an answer, or how its form begins where nothing is."""
    return drafts().get(stored.key) or Draft(stored, stored)


def keep(stored: Answer, **said: str) -> None:
    """Keep what was typed; what says the same as it began with is no draft."""
    draft = draft_of(stored)
    typed = replace(draft.typed, **said)
    if draft.was is not None and says_the_same(draft.was, typed):
        drop(stored.key)
    else:
        drafts()[stored.key] = replace(draft, typed=typed)


def drop(key: Key) -> None:
    """Forget what was typed."""
    drafts().pop(key, None)


def says_the_same(one: Answer, other: Answer) -> bool:
    """Whether two versions of an answer say the same, whoever gave them."""
    return all(getattr(one, name) == getattr(other, name) for name in ANSWERED)


def settle(stored: Mapping[Key, Answer]) -> None:
    """What was typed and is published by now is no draft any more, whoever published it."""
    for key, draft in list(drafts().items()):
        if key in stored and says_the_same(draft.typed, stored[key]):
            drop(key)


def conflicts(draft: Draft[Answer], now: Answer) -> bool:
    """Whether somebody else has changed the answer since the draft was begun."""
    return draft.was is not None and not says_the_same(draft.was, now)


def whole(answer: Answer, counts_as: Mapping[str, str]) -> bool:
    """Whether an answer can be saved: with a status, and with a reason where that needs one."""
    return counts_as.get(answer.status) != "not_applicable" or bool(answer.na_reason.strip())


def missing_field(draft: Draft[Answer], counts_as: Mapping[str, str]) -> str:
    """What keeps a draft from being saved: `status`, `na_reason`, or nothing."""
    typed = draft.typed
    if typed.status == UNANSWERED and (typed.note or typed.evidence or typed.na_reason):
        return "status"
    return "" if whole(typed, counts_as) else "na_reason"


def field(stored: Answer, name: str) -> dict[str, Any]:
    """What a widget of one value needs to be kept as it is left."""
    widget = widget_of(stored, name)

    def typed() -> None:
        # The criterion stays open while somebody writes, even if the list beside it moves on.
        st.session_state["criterion"] = stored.criterion
        keep(stored, **{name: st.session_state[widget] or ""})

    return {"key": widget, "on_change": typed}


def widget_of(stored: Answer, name: str) -> str:
    """The key of the widget of one value of one answer."""
    return f"answering_{name} {' '.join(stored.key)}"
