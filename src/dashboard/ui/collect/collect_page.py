"""The parts of the assessment page, with the part that hands out workbooks and takes in filled-in files."""

from collections.abc import Callable
from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.exports.answer_workbook import answer_workbook
from dashboard.exports.lists_workbook import lists_workbook
from dashboard.exports.xlsform import xlsform
from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.permissions import Deed
from dashboard.model.problem import HandedFile, Problem, sentence
from dashboard.model.words import Claim
from dashboard.model.workbook import Book
from dashboard.queries import ask
from dashboard.queries.collect_answering import BOOK_CHOICES, form_of
from dashboard.queries.question import Question
from dashboard.tasks.workbook_file import LISTS_FILE, XLSFORM, WantedFile, lists_book, spoken_book, spoken_forms
from dashboard.ui.collect import import_preview
from dashboard.ui.collect.answering import show_answering
from dashboard.ui.collect.import_publish import act, hand_in, offer_to_put_away, tell_done
from dashboard.ui.collect.mapping_page import mapped_files
from dashboard.ui.collect.owed_answers import show_owed
from dashboard.ui.collect.own_work import show_own_work
from dashboard.ui.collect.reviewing import show_checking
from dashboard.ui.editing.editor import refused_here
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import operation_lists
from dashboard.ui.elements.closed_rounds import tell_closed
from dashboard.ui.elements.show import headline, offer
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.versions.imported_files import handed_in, private_of
from dashboard.ui.view import View


def offer_book(view: View) -> None:
    """Let the user choose an operation within the country filter and download its files for the selected round."""
    words, round_ = view.words, view.state.round
    found = ask.rows(view.published, BOOK_CHOICES, view.parameters(operation="", round=round_))
    if not found:
        return
    operation, lists = operation_lists(view, [row["operation"] for row in found])
    choices.draw(words, *lists)
    language = _language_of(view, next(row["language"] for row in found if row["operation"] == operation))
    wanted = WantedFile(operation, round_, language=language)
    book = spoken_book(view.published, wanted)
    if book is not None:
        st.caption(_holds(view, book))
        # Made on click, because it takes longer than the page.
        made = partial(answer_workbook, book, read_words(language))
        offer(view, words("book.download"), made, wanted.name, "collect_book")
    _offer_form(view, operation, round_)
    _offer_form(view, "", round_)


def _language_of(view: View, own: str) -> str:
    """Let the user choose the language of the workbook: that of the operation, else the reader's."""
    spoken = {code: read_words(code)("language.name") for code in languages()}
    usual = own if own in spoken else view.words.language
    if not len(spoken) > 1:
        return usual
    label, options = view.words("filter.language"), list(spoken)
    return st.selectbox(
        label, options, options.index(usual), format_func=spoken.__getitem__, key=f"book_language_{usual}"
    )


def _offer_form(view: View, operation: str, round_: str) -> None:
    """Let the user download what is left to answer as a form for phones, if anything is. Without operation: of all."""
    words = view.words
    form = form_of(view.published, operation, round_, view.known.wording(view.words.language))
    # One operation has its own form already.
    if form is None or (not operation and len(form.about) == 1):
        return
    of = "all_" if not operation else ""
    operations = words.count("command.operations", len(form.about))
    st.caption(words.count(f"form.{of}holds", len(form.questions), operations=operations))
    name = WantedFile(operation, round_, XLSFORM).name
    made = partial(_in_every_language, view, operation, round_)
    offer(view, words(f"form.{of}download"), made, name, f"collect_{of}form")


def _in_every_language(view: View, operation: str, round_: str) -> bytes:
    """Return the form in every language, the reader's first."""
    wanted = WantedFile(operation, round_, XLSFORM, language=view.words.language)
    return xlsform(spoken_forms(view.published, wanted))


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


class CollectStandRow(TypedDict):
    """A row of `collect_stand`."""

    round_title: str
    n_operations: int
    n_begun: int
    n_done: int
    n_left: int
    n_asked: int


COLLECT_STAND = Question("collect_stand", CollectStandRow)


def show_collect(view: View) -> None:
    """Show this part of the page."""
    headline(view.words, _stand(view))
    tell_closed(view)
    tell_done(view)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{view.words('collect.take')}**")
        offer_book(view)
        offer_lists(view)
        st.caption(view.words("collect.take_help"))
    with right:
        st.markdown(f"**{view.words('collect.hand_in')}**")
        hand_in(view)
    if files := mapped_files(view, handed_in()):
        _preview(view, files)
    elif handed_in():
        offer_to_put_away(view)


def show_lists(view: View) -> None:
    """Hand out the workbook of the lists and take it back, while nobody has been asked anything."""
    tell_done(view)
    offer_lists(view)
    hand_in(view)
    if files := mapped_files(view, handed_in()):
        _preview(view, files)
    elif handed_in():
        offer_to_put_away(view)


def offer_lists(view: View) -> None:
    """Let the user download the lists of countries, operations and rounds; not while anything is hidden."""
    if view.withholds or refused_here(Deed.LOAD) is not None:
        return
    st.caption(view.words("lists.offer_help"))
    made = partial(_lists, view)
    offer(view, view.words("lists.offer"), made, LISTS_FILE, "collect_lists")


def _lists(view: View) -> bytes:
    return lists_workbook(lists_book(view.published), view.words)


def _stand(view: View) -> Claim:
    """Say in one sentence how far the round has got."""
    (row,) = escaped_rows(view.published, COLLECT_STAND, view.parameters())
    if not row["n_operations"]:
        return Claim.of("collect.nobody_asked", reset=view.reset())
    state = "done" if not row["n_left"] else "stand"
    return Claim.count(f"collect.{state}", row["n_operations"], **row)


def _preview(view: View, files: tuple[HandedFile, ...]) -> None:
    """Preview what publishing the files would change; nothing is published yet."""
    words = view.words
    with st.spinner(words("collect.reading")):
        private = private_of(files, view.today)
    if isinstance(private, Problem):
        st.error(escape(sentence(private, words)))
        return
    problems, changes = private.preview.problems, private.preview.changes
    titles = import_preview.titles_of(view, private.published)
    st.markdown(f"**{words('collect.would_change')}**")
    import_preview.told(view, private.preview, titles)
    import_preview.problem_groups(view, problems, dict(changes.left_out) if private.preview.proof is not None else None)
    import_preview.offer_marked(view, handed_in(), problems)
    if private.published is not None:
        import_preview.change_table(view, changes, titles)
        import_preview.score_tables(view, changes.moved, titles)
    act(view, private, files)


PARTS: dict[str, Callable[[View], None]] = {
    "own": show_own_work,
    "collect": show_collect,
    "answer": show_answering,
    "owed": show_owed,
    "check": show_checking,
}
