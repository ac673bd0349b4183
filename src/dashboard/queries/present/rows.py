"""The rows of these questions, and those of them that are asked in SQL."""

from typing import TypedDict

from dashboard.queries.question import Question


class OutcomeReadRow(TypedDict):
    """A row of `outcome_read`."""

    what: str
    code: str
    title: str


class RoomGroupsRow(TypedDict):
    """A row of `room_groups`."""

    grouped_by: str
    code: str
    title: str
    position: int


class TourStepsRow(TypedDict):
    """A row of `tour_steps`."""

    step: int
    place: str
    title: str
    text: str
    note: str | None


class ToursRow(TypedDict):
    """A row of `tours`."""

    tour: str
    title: str
    audience: str
    minutes: int
    n_steps: int


OUTCOME_READ = Question("outcome_read", OutcomeReadRow)
ROOM_GROUPS = Question("room_groups", RoomGroupsRow)
TOUR_STEPS = Question("tour_steps", TourStepsRow)
TOURS = Question("tours", ToursRow)
