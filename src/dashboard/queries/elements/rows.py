"""What do the rows of these questions hold, as DuckDB describes them? Made by `make rows`, never by hand."""

from typing import TypedDict


class BandsRow(TypedDict):
    """A row of `bands`."""

    band: str
    band_title: str
    starts_at: int
    ends_at: int


class CriterionLibraryRow(TypedDict):
    """A row of `criterion_library`."""

    what: str
    id: str
    title: str
    place: int
    position: int


class NearestWordsRow(TypedDict):
    """A row of `nearest_words`."""

    word: str


class OperationsRow(TypedDict):
    """A row of `operations`."""

    operation: str
    operation_title: str
    country: str
    country_title: str
    region: str
    operation_kind: str
    services: list[str]
    first_round: str | None
    synthetic: bool


class RoundsRow(TypedDict):
    """A row of `rounds`."""

    round: str
    title: str
    closed: bool


class SearchRow(TypedDict):
    """A row of `search`."""

    what: str
    id: str
    framework: str | None
    title: str
    n_matched: int
    n_slipped: int
    worth: float
    words: list[str]
    n_sought: int
