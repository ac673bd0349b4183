"""The questions of this room in SQL whose rows are read in several places."""

from typing import TypedDict

from dashboard.queries.question import Question


class HeardRow(TypedDict):
    """A row of `heard`."""

    round_title: str
    n_operations: int
    n_heard: int
    n_changed: int


HEARD = Question("heard", HeardRow)
