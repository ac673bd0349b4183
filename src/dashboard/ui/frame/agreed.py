"""What has a group agreed in an exercise and not saved? Kept in its session, with the gaps it can act on."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.model.plan.action import Action
from dashboard.queries import ask
from dashboard.ui.frame.exercise import AGREED
from dashboard.ui.versions import masking
from dashboard.ui.view import View

Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """An action that a group agreed and that is kept in the session, with what it is on and where, in words."""

    action: Action
    code: str
    text: str
    operation_title: str


def kept() -> dict[str, Kept]:
    """What was agreed and is not saved, by what it is on; nothing while names are hidden, for it names operations."""
    if masking.is_on():
        return {}
    found: dict[str, Kept] = st.session_state.setdefault(AGREED, {})
    return found


def gaps(view: View, setting: str) -> list[Row]:
    """The criteria of the setting that somebody answered as not in place, or partly; critical ones first."""
    found = ask.rows(view.published, "setting_criteria", view.parameters(setting=(setting,)))
    return [row for row in found if row["n_nil"] + row["n_part"]]
