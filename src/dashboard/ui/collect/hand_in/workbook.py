"""What one operation fills in, to download: which operation, what it contains, the workbook and the form for phones."""

from functools import partial

import streamlit as st

from dashboard.exports.exchange.xlsform import xlsform
from dashboard.exports.workbook.file import answer_workbook
from dashboard.model.answers.workbook import Book
from dashboard.queries import ask
from dashboard.queries.workbook.contents import book_of
from dashboard.queries.workbook.form import form_of
from dashboard.queries.workbook.questions import BOOK_CHOICES
from dashboard.tasks.workbook_file import XLSFORM, Wanted
from dashboard.ui import choices
from dashboard.ui.elements.choose import operation_lists
from dashboard.ui.elements.download import offer
from dashboard.ui.view import View


def offer_book(view: View) -> None:
    """Let the user choose an operation within the country filter and download its files for the selected round."""
    words, round_ = view.words, view.state.round
    found = ask.rows(view.published, BOOK_CHOICES, view.parameters(operation="", round=round_))
    if not found:
        return
    operation, lists = operation_lists(view, [row["operation"] for row in found])
    choices.draw(words, *lists)
    book = book_of(view.published, operation, round_, view.known.wording(view.state.lang))
    if book is not None:
        st.caption(_holds(view, book))
        # Made on click, because it takes longer than the page.
        made = partial(answer_workbook, book, words)
        offer(view, words("book.download"), made, Wanted(operation, round_).name, "collect_book")
    _offer_form(view, operation, round_)
    _offer_form(view, "", round_)


def _offer_form(view: View, operation: str, round_: str) -> None:
    """Let the user download what is left to answer as a form for phones, if anything is. Without operation: of all."""
    words = view.words
    form = form_of(view.published, operation, round_, view.known.wording(view.state.lang))
    # One operation has its own form already.
    if form is None or (not operation and len(form.about) == 1):
        return
    of = "all_" if not operation else ""
    operations = words.count("command.operations", len(form.about))
    st.caption(words.count(f"form.{of}holds", len(form.questions), operations=operations))
    name = Wanted(operation, round_, XLSFORM).name
    offer(view, words(f"form.{of}download"), partial(xlsform, form, words), name, f"collect_{of}form")


def _holds(view: View, book: Book) -> str:
    """Say in one sentence what the workbook contains."""
    words = view.words
    answered = sum(row["status"] is not None for row in book.questions)
    questions = words(
        "book.holds",
        questions=words.count("book.questions", len(book.questions)),
        sheets=words.count("book.sheets", len(book.functions())),
        answered=answered,
    )
    more = {"impacts": len(book.impacts), "actions": len(book.actions)}
    return "; ".join([questions, *(words.count(f"book.{of}", n) for of, n in more.items() if n)]) + "."
