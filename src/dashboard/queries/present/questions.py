"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class RoomGroupsRow(TypedDict):
    """A row of `room_groups`."""

    grouped_by: str
    code: str
    title: str


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


ROOM_GROUPS = Question("room_groups", RoomGroupsRow)
TOUR_STEPS = Question("tour_steps", TourStepsRow)
TOURS = Question("tours", ToursRow)
