"""What awaits one person? The work of the operations for which they answer or review."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from dashboard.model.people.permissions import Deed, Place, allowed
from dashboard.model.people.person import Person
from dashboard.queries import ask
from dashboard.queries.collect.questions import OWN_WORK, OwnWorkRow
from dashboard.queries.question import Question
from dashboard.ui.view import View


class OwnActionsRow(TypedDict):
    """A row of `own_actions`."""

    action: str
    text: str
    due_on: date
    overdue: bool
    owner_role: str | None
    operation: str
    operation_title: str
    country: str


OWN_ACTIONS = Question("own_actions", OwnActionsRow)


@dataclass(frozen=True)
class OwnWork:
    """What one person has to answer and to review in every open round, what is due next first, and to see done.

    `waiting` are rows with what others answered.
    """

    answering: Sequence[OwnWorkRow]
    waiting: Sequence[tuple[OwnWorkRow, int]]
    actions: Sequence[OwnActionsRow]

    @property
    def n_left(self) -> int:
        return sum(row["n_left"] for row in self.answering)

    @property
    def n_back(self) -> int:
        return sum(row["n_back"] for row in self.answering)

    @property
    def n_waiting(self) -> int:
        return sum(n for _, n in self.waiting)


def own_work(view: View, person: Person, own_steps: Collection[int]) -> OwnWork:
    """Return it, from unescaped rows. `own_steps` are the publications that the person made."""
    found = ask.rows(view.published, OWN_WORK, view.unfiltered(round=""))
    actions = ask.rows(view.published, OWN_ACTIONS, view.unfiltered())
    reviewing = [(row, _others(row, own_steps)) for row in found if _may(person, Deed.REVIEW, row)]
    return OwnWork(
        [row for row in found if _may(person, Deed.ANSWER, row) and (row["n_left"] or row["n_back"])],
        [(row, n) for row, n in reviewing if n],
        [row for row in actions if _may(person, Deed.ANSWER, row)],
    )


def _may(person: Person, deed: Deed, row: OwnWorkRow | OwnActionsRow) -> bool:
    return allowed(person, deed, Place(row["operation"], row["country"]))


def _others(row: OwnWorkRow, own_steps: Collection[int]) -> int:
    """Return how many answers await review that the person did not give: nobody reviews their own."""
    return sum(step["n"] for step in row["steps"] if step["step"] not in own_steps)
