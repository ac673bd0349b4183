"""The rows of these questions, and those of them that are asked in SQL."""

from typing import TypedDict

from dashboard.queries.question import Question


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


AREA_WORD = Question("area_word", AreaWordRow)
OPTIONS = Question("options", OptionsRow)
