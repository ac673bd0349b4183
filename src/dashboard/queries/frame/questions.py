"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class AreaWordRow(TypedDict):
    """A row of `area_word`."""

    area_word: str
    held_in_part: str | None


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
