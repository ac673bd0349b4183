"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class BookChoicesRow(TypedDict):
    """A row of `book_choices`."""

    operation: str
    round: str


class BookImpactsRow(TypedDict):
    """A row of `book_impacts`."""

    impact: str
    polarity: str
    text: str
    setting_title: str


BOOK_CHOICES = Question("book_choices", BookChoicesRow)
BOOK_IMPACTS = Question("book_impacts", BookImpactsRow)
