"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class HeardRow(TypedDict):
    """A row of `heard`."""

    round_title: str
    n_operations: int
    n_heard: int
    n_changed: int


HEARD = Question("heard", HeardRow)
