"""One click back to the start between two groups: what is put aside, what is forgotten, and how is it brought back?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.model.view.view_state import COLLECTED, FIELDS
from dashboard.ui.view import View

RESTART = "tour_restart"
BRING_BACK = "tour_bring_back"
ASIDE = "tour_aside"
RETURNED = "tour_returned"
OF_THE_RUN = ("written_query", "written_frame", "written_left", "entered", "tour_jumps", RESTART, BRING_BACK, ASIDE)
"""Keys that say where this run is: what the shell wrote, what led here, and the button that was just pressed."""
OF_THE_PRESENTER = ("safe", "room_key")
"""What keys begin with that whoever leads the room has set for all groups."""
TYPED = (
    "plan_drafts", "plan_agreed", "answering_drafts", "checking_drafts", "writer", "trial_files", "trial_side",
    "collect_files", "mapping_said", "mapping_taken", "whatif_scenarios", "whatif_hidden", "room_typed",
)  # fmt: skip
"""What a group has typed, handed in, tried or agreed: put aside, since its words cannot be got back in another way."""


@dataclass(frozen=True)
class Aside:
    """What a group has left: the page and view it was on, and what it had typed, by key."""

    page: str
    query: dict[str, str]
    typed: Mapping[str, Any]

    @property
    def holds_work(self) -> bool:
        """Whether something would be lost with it."""
        return bool(self.typed) or any(name in self.query for name in (*COLLECTED, "imagined"))


def asked_for(view: View) -> bool:
    """The button for the next group. Pressed, it has put aside and forgotten all that this one left."""
    return st.button(
        view.words("next_group.restart"),
        key=RESTART,
        on_click=_put_aside,
        args=(view.page, view.query()),
        icon=":material/restart_alt:",
        help=view.words("next_group.help"),
        type="tertiary",
    )


def brought_back(view: View) -> Aside | None:
    """The button for what the group before has left. Pressed, what it typed is there again, and this is its place."""
    if ASIDE in st.session_state:
        st.caption(view.words("next_group.aside"))
        here = (view.page, view.query())
        label = view.words("next_group.bring_back")
        st.button(label, key=BRING_BACK, on_click=_bring_back, args=here, icon=":material/undo:")
    returned: Aside | None = st.session_state.pop(RETURNED, None)
    return returned


def forgotten(keys: Iterable[object]) -> list[str]:
    """Of the keys of a session those that the next group must not find; fields of the view are given anew."""
    kept = (*FIELDS, *OF_THE_RUN)
    return [key for key in map(str, keys) if key not in kept and not key.startswith(OF_THE_PRESENTER)]


def _put_aside(page: str, query: dict[str, str]) -> None:
    left = Aside(page, query, {key: held for key in TYPED if _says(held := st.session_state.get(key))})
    # Pressed twice, or by a group that did nothing, it must not take the place of somebody's work.
    if left.holds_work or ASIDE not in st.session_state:
        st.session_state[ASIDE] = left
    # What is imagined goes along from step to step, but not to the next group.
    st.session_state["imagined"] = []
    for key in forgotten(st.session_state):
        del st.session_state[key]


def _says(held: object) -> bool:
    """Whether something was typed at all; a role and a reason that nobody gave are two empty texts."""
    return any(held) if isinstance(held, tuple) else bool(held)


def _bring_back(page: str, query: dict[str, str]) -> None:
    """The two groups change places, so that this one loses nothing either."""
    before: Aside = st.session_state.pop(ASIDE)
    _put_aside(page, query)
    for key, held in before.typed.items():
        st.session_state[key] = held
    st.session_state[RETURNED] = before
