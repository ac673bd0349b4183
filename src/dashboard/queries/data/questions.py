"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class MethodRow(TypedDict):
    """A row of `method`."""

    framework: str
    title: str
    version: str
    average_of: str
    country_figure: str
    coverage_limit: float
    count_below: int
    scale: str
    n_own_scale: int
    n_reversed: int
    bands: str
    n_weighted: int
    n_critical: int


class SourcesRow(TypedDict):
    """A row of `sources`."""

    kind: str
    title: str
    short_title: str | None
    publisher: str
    years: str
    licence: str | None
    version: str | None
    held_in_part: str | None
    n: int
    n_to_verify: int | None
    n_confirmed: int | None
    n_own_reading: int | None


METHOD = Question("method", MethodRow)
SOURCES = Question("sources", SourcesRow)
