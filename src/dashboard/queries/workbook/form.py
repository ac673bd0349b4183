"""What does a form for phones contain? What one operation, or each of them, has still to answer in a round."""

from collections.abc import Mapping
from typing import TypedDict

from dashboard.model.answers.form import AnswerForm
from dashboard.queries.ask import Value, rows
from dashboard.queries.question import Question
from dashboard.queries.workbook.contents import BOOK_ABOUT, BOOK_STATUSES
from dashboard.store.reading.reader import Published


class FormQuestionsRow(TypedDict):
    """A row of `form_questions`."""

    criterion: str
    operations: list[str]
    owing: list[str]


FORM_QUESTIONS = Question("form_questions", FormQuestionsRow)


def form_of(
    published: Published, operation: str, round_: str, lang: str, everything: bool = False
) -> AnswerForm | None:
    """Everything the form is made from; None if there is nothing to ask. An empty operation means all of them.

    With `everything`, it also asks what is already answered.
    """
    given: Mapping[str, Value] = {"operation": operation, "round": round_, "lang": lang}
    every = rows(published, FORM_QUESTIONS, given)
    codes = {row["criterion"]: tuple(row["operations"] if everything else row["owing"]) for row in every}
    asked = {criterion: operations for criterion, operations in codes.items() if operations}
    whom = {code for operations in asked.values() for code in operations}
    about = [row for row in rows(published, BOOK_ABOUT, given) if row["operation"] in whom]
    if not about:
        return None
    found = tuple(row for row in every if row["criterion"] in asked)
    return AnswerForm(tuple(about), found, tuple(rows(published, BOOK_STATUSES, given)), asked)
