"""What does the workbook of one operation in one round contain? Asks all its questions at once."""

from collections.abc import Mapping

from dashboard.model.answers.workbook import Book
from dashboard.queries.ask import Value, ask_ahead, rows
from dashboard.store.reading.reader import Published

QUESTIONS = (
    "book_about", "book_questions", "book_statuses", "book_impacts", "book_actions", "book_targets",
    "book_target_choices", "book_evidence",
)  # fmt: skip


def book_of(published: Published, operation: str, round_: str, lang: str) -> Book | None:
    """Everything the workbook is made from; None if the operation is asked nothing in that round."""
    given: Mapping[str, Value] = {"operation": operation, "round": round_, "lang": lang}
    ask_ahead(published, QUESTIONS, given)
    about = rows(published, "book_about", given)
    if not about:
        return None
    return Book(
        about[0],
        questions=tuple(rows(published, "book_questions", given)),
        statuses=tuple(rows(published, "book_statuses", given)),
        impacts=tuple(rows(published, "book_impacts", given)),
        actions=tuple(rows(published, "book_actions", given)),
        targets=tuple(rows(published, "book_targets", given)),
        target_choices=tuple(rows(published, "book_target_choices", given)),
        evidence=tuple(rows(published, "book_evidence", given)),
    )
