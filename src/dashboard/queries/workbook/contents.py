"""What does the workbook of one operation in one round contain? Asks all its questions at once."""

from collections.abc import Mapping

from dashboard.model.answers.workbook import Book
from dashboard.queries.ask import Value, ask_ahead, rows
from dashboard.queries.workbook.rows import (
    BOOK_ABOUT,
    BOOK_ACTIONS,
    BOOK_EVIDENCE,
    BOOK_IMPACTS,
    BOOK_QUESTIONS,
    BOOK_STATUSES,
    BOOK_TARGET_CHOICES,
    BOOK_TARGETS,
)
from dashboard.store.reading.reader import Published

QUESTIONS = (
    "book_about", "book_questions", "book_statuses", "book_impacts", "book_actions", "book_targets",
    "book_target_choices", "book_evidence",
)  # fmt: skip


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
