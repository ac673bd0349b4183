"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class BandsRow(TypedDict):
    """A row of `bands`."""

    band: str
    band_title: str
    starts_at: int
    ends_at: int


class OperationsRow(TypedDict):
    """A row of `operations`."""

    operation: str
    operation_title: str
    country: str
    country_title: str
    region: str
    services: list[str]
    first_round: str | None
    of_group: str | None
    group_title: str | None


class RoundsRow(TypedDict):
    """A row of `rounds`."""

    round: str
    title: str
    closed: bool


BANDS = Question("bands", BandsRow)
OPERATIONS = Question("operations", OperationsRow)
ROUNDS = Question("rounds", RoundsRow)
