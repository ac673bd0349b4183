"""What do the rows of these questions hold, as DuckDB describes them? Made by `make rows`, never by hand."""

from typing import TypedDict


class AreaWordRow(TypedDict):
    """A row of `area_word`."""

    area_word: str
    held_in_part: str | None


class CommonRow(TypedDict):
    """A row of `common`."""

    criterion: str
    enough: bool


class IllustrativeRow(TypedDict):
    """A row of `illustrative`."""

    illustrative: bool


class OptionsRow(TypedDict):
    """A row of `options`."""

    filter: str
    code: str
    title: str
    n: int
    of: str
    position: int
