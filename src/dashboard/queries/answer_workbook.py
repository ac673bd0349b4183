"""Asks for everything in the workbook of one operation in one round, or in a form for phones.

The form asks what one operation, or each of them, has still to answer.
"""

from collections.abc import Mapping
from typing import TypedDict

from dashboard.model.workbook import AnswerForm, Book
from dashboard.queries.ask import Value, ask_ahead, rows
from dashboard.queries.question import AnyRow, Question
from dashboard.store.reader import Published


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
