"""Which actions has a group agreed that could not be saved?"""

from dataclasses import dataclass

from dashboard.model.plan.action import Action


@dataclass(frozen=True)
class AgreedAction:
    """An action that a group agreed. `code` and `text` are those of its criterion or impact."""

    action: Action
    code: str
    text: str
    operation_title: str
