"""What does the workbook of one operation in one round contain? Asks all its questions at once."""

from collections.abc import Mapping
from typing import TypedDict

from dashboard.model.answers.workbook import Book
from dashboard.queries.ask import Value, ask_ahead, rows
from dashboard.queries.question import AnyRow, Question
from dashboard.queries.workbook.questions import BOOK_IMPACTS
from dashboard.store.reading.reader import Published

QUESTIONS = (
    "book_about", "book_questions", "book_statuses", "book_impacts", "book_actions", "book_targets",
    "book_target_choices", "book_evidence",
)  # fmt: skip


class BookAboutRow(TypedDict):
    """A row of `book_about`."""

    operation: str


BOOK_ABOUT = Question("book_about", BookAboutRow)
BOOK_ACTIONS = Question("book_actions", AnyRow)
BOOK_EVIDENCE = Question("book_evidence", AnyRow)
BOOK_QUESTIONS = Question("book_questions", AnyRow)
BOOK_STATUSES = Question("book_statuses", AnyRow)
BOOK_TARGET_CHOICES = Question("book_target_choices", AnyRow)
BOOK_TARGETS = Question("book_targets", AnyRow)


def book_of(published: Published, operation: str, round_: str, lang: str) -> Book | None:
    """Everything the workbook is made from; None if the operation is asked nothing in that round."""
    given: Mapping[str, Value] = {"operation": operation, "round": round_, "lang": lang}
    ask_ahead(published, QUESTIONS, given)
    about = rows(published, BOOK_ABOUT, given)
    if not about:
        return None
    return Book(
        about[0],
        questions=tuple(rows(published, BOOK_QUESTIONS, given)),
        statuses=tuple(rows(published, BOOK_STATUSES, given)),
        impacts=tuple(rows(published, BOOK_IMPACTS, given)),
        actions=tuple(rows(published, BOOK_ACTIONS, given)),
        targets=tuple(rows(published, BOOK_TARGETS, given)),
        target_choices=tuple(rows(published, BOOK_TARGET_CHOICES, given)),
        evidence=tuple(rows(published, BOOK_EVIDENCE, given)),
    )
