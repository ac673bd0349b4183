"""What does the workbook of one operation in one round hold? All its questions asked at once."""

from collections.abc import Mapping

from dashboard.model.answers.workbook import Book
from dashboard.queries.ask import Value, ask_ahead, rows
from dashboard.store.reading.reader import Published

QUESTIONS = ("book_about", "book_questions", "book_statuses", "book_impacts", "book_actions")


def book_of(published: Published, operation: str, round_: str, lang: str) -> Book | None:
    """Everything the workbook is made from; None where nothing is asked of the operation in that round."""
    given: Mapping[str, Value] = {"operation": operation, "round": round_, "lang": lang}
    ask_ahead(published, QUESTIONS, given)
    about, questions, statuses, impacts, actions = (rows(published, name, given) for name in QUESTIONS)
    if not about:
        return None
    return Book(about[0], tuple(questions), tuple(statuses), tuple(impacts), tuple(actions))
