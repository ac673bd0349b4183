"""Actions and targets of the plan, and scenarios: assumptions about the answers of one round, as codes of a URL.

`called~Girls_20first,in~2025,GHA~CRBP-05~implemented,all~planned~2026-06-30` are the codes of one field of a view. See
docs/decisions/0010-scenarios.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from urllib.parse import quote, unquote

from dashboard.model.permissions import Deed
from dashboard.model.records import RECORDS, EditedRow

STATUSES = RECORDS["actions"].column("status").words
PRIORITIES = RECORDS["actions"].column("priority").words


@dataclass(frozen=True)
class Action(EditedRow):
    """One action."""

    form: ClassVar[str] = "actions"
    deed: ClassVar[Deed] = Deed.ACT
    letter: ClassVar[str] = "A"
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


EDITED = (
    "text", "owner_role", "due_on", "status", "priority", "reason", "expected_status", "effort", "cost", "cause",
)  # fmt: skip
"""What may be edited; the subject of an action is fixed."""


def next_id(taken: Iterable[str], letter: str = "A") -> str:
    """The id of a new action, or of a record with another letter: one above the highest number in use."""
    numbers = (int(match[1]) for id_ in taken if (match := re.fullmatch(rf"{letter}-(\d{{1,9}})", id_)))
    return f"{letter}-{max(numbers, default=0) + 1:03}"


@dataclass(frozen=True)
class AgreedAction:
    """An action that a group agreed. `code` and `text` are those of its criterion or impact."""

    action: Action
    code: str
    text: str
    operation_title: str


@dataclass(frozen=True)
class Target(EditedRow):
    """One target. Without an area it is for the whole framework, without an operation for the group.

    A target without a percent withdraws what was set.
    """

    form: ClassVar[str] = "targets"
    deed: ClassVar[Deed] = Deed.TARGET
    framework: str = ""
    kind: str = "respect"
    area: str = ""
    operation: str = ""
    percent: str = ""
    round: str = ""
    due_on: str = ""
    baseline: str = ""
    owner_role: str = ""
    note: str = ""


OF = "~"
EVERYWHERE = "all"
"""Stands for every operation."""
PLANNED = "planned"
"""Stands for what the actions that are due by a certain day expect."""
CALLED, IN = "called", "in"
MOST_ASSUMPTIONS = 40
"""The most assumptions in a scenario; with more, its link would be too long for some browsers."""
LONGEST_SCENARIO_NAME = 40
"""The longest name, in characters."""


@dataclass(frozen=True)
class Assumption:
    """One assumption: in an operation, a country or everywhere, a criterion or an area gets a status.

    Or, if `what` is PLANNED, every planned action due by the day `becomes` has reached what it expects.
    """

    where: str
    what: str
    becomes: str


@dataclass(frozen=True)
class Scenario:
    """Assumptions about the answers of one round, under a name. If two concern one answer, the later counts."""

    name: str
    round: str
    assumptions: tuple[Assumption, ...] = ()


def codes_of(scenario: Scenario) -> tuple[str, ...]:
    """The scenario as codes of a URL; none of their characters needs escaping there."""
    assumed = (OF.join((a.where, a.what, a.becomes)) for a in scenario.assumptions)
    return OF.join((CALLED, _quoted(scenario.name))), OF.join((IN, scenario.round)), *assumed


def scenario_of(codes: Iterable[str]) -> Scenario | None:
    """The inverse of `codes_of`; codes in any other form are ignored. None without a round."""
    split = [code.split(OF) for code in codes]
    pairs = {part[0]: part[1] for part in split if len(part) == 2}
    assumed = tuple(Assumption(*part) for part in split if len(part) == 3)
    if IN not in pairs:
        return None
    return Scenario(_unquoted(pairs.get(CALLED, "")), pairs[IN], assumed[:MOST_ASSUMPTIONS])


def scenario_name(name: str) -> str:
    """A valid name: one line of visible characters, not too long."""
    return "".join(sign if sign.isprintable() else " " for sign in name).strip()[:LONGEST_SCENARIO_NAME].strip()


def is_name(code: str) -> bool:
    """Whether a code of the form `called~…` holds a name as `codes_of` writes it."""
    tag, _, quoted = code.partition(OF)
    name = _unquoted(quoted)
    return tag == CALLED and bool(name) and name == scenario_name(name) and _quoted(name) == quoted


def is_day(text: str) -> bool:
    """Whether a text is a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _quoted(name: str) -> str:
    # Only letters, digits and the escape character: none that is special in a URL, a place or a list.
    return quote(name, safe="").replace("~", "%7E").replace("_", "%5F").replace("%", "_")


def _unquoted(name: str) -> str:
    return unquote(name.replace("_", "%"), errors="replace")
