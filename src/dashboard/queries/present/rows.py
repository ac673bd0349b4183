"""What do the rows of these questions hold, as DuckDB describes them? Made by `make rows`, never by hand."""

from typing import TypedDict


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
