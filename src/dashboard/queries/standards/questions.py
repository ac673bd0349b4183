"""The questions of this room in SQL whose rows are read in several places."""

from typing import TypedDict

from dashboard.queries.question import Question


class StandardAboutRow(TypedDict):
    """A row of `standard_about`."""

    title: str
    short_title: str
    publisher: str
    year: int
    version: str
    address: str
    licence_note: str
    held_in_part: str | None
    earlier_title: str | None
    n_areas: int
    n_criteria: int
    n_respect: int
    n_support: int
    n_critical: int
    n_to_verify: int
    n_confirmed: int
    n_own_reading: int


STANDARD_ABOUT = Question("standard_about", StandardAboutRow)
