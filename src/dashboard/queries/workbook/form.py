"""What does a form for phones contain? What one operation, or each of them, has still to answer in a round."""

from collections.abc import Mapping

from dashboard.model.answers.form import AnswerForm
from dashboard.queries.ask import Value, rows
from dashboard.queries.workbook.rows import BOOK_ABOUT, BOOK_STATUSES, FORM_QUESTIONS
from dashboard.store.reading.reader import Published


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
