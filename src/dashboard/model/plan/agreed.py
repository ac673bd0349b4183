"""What is kept of an action that a group agreed where nothing can be saved?"""

from dataclasses import dataclass

from dashboard.model.plan.action import Action


@dataclass(frozen=True)
class Kept:
    """An action that a group agreed and that is kept in the session, with what it is on and where, in words."""

    action: Action
    code: str
    text: str
    operation_title: str
