"""What does one action say? A row of the form `actions`, every value as text, empty if nothing is said."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from dashboard.model.records import RECORDS
from dashboard.model.texts import texts_of

STATUSES = RECORDS["actions"].column("status").words
PRIORITIES = RECORDS["actions"].column("priority").words
CLASSES = RECORDS["actions"].column("effort").words
"""How much work and how much money an action takes."""


@dataclass(frozen=True)
class Action:
    """One action. `due_on` is a date as YYYY-MM-DD; codes are as in files, never titles."""

    action: str = ""
    operation: str = ""
    text: str = ""
    owner_role: str = ""
    due_on: str = ""
    round: str = ""
    criterion: str = ""
    impact: str = ""
    status: str = "open"
    priority: str = "medium"
    reason: str = ""
    expected_status: str = ""
    effort: str = ""
    cost: str = ""
    cause: str = ""


ACTION_FIELDS = tuple(field.name for field in fields(Action))
EDITED = (
    "text", "owner_role", "due_on", "status", "priority", "reason", "expected_status", "effort", "cost", "cause",
)  # fmt: skip
"""What may be edited; the subject of an action is fixed."""


def action_of(row: Mapping[str, object]) -> Action:
    """An action from a row that holds its values; dates may be date objects."""
    return Action(**texts_of(row, Action))


def differing(one: Action, other: Action) -> tuple[str, ...]:
    """The fields in which two versions of an action differ, in the order of the form."""
    return tuple(name for name in ACTION_FIELDS if getattr(one, name) != getattr(other, name))


def next_id(taken: Iterable[str], letter: str = "A") -> str:
    """The id of a new action, or of a record with another letter: one above the highest number in use."""
    numbers = (int(match[1]) for id_ in taken if (match := re.fullmatch(rf"{letter}-(\d{{1,9}})", id_)))
    return f"{letter}-{max(numbers, default=0) + 1:03}"
