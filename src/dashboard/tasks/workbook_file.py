"""Writes files to fill in: what an operation is asked in a round, and the lists. Unknown codes become problems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

from dashboard.exports.answer_workbook import answer_workbook
from dashboard.exports.lists_workbook import lists_workbook
from dashboard.exports.xlsform import xlsform
from dashboard.loading.yaml_file import ENGLISH, languages, read_words
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.words import Words
from dashboard.model.workbook import LISTS, AnswerForm, Book, ListsBook
from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import BOOK_CHOICES, book_of, form_of
from dashboard.queries.question import AnyRow, Question
from dashboard.store.history import StoreError, lacking, nothing_published
from dashboard.store.overlays import in_language
from dashboard.store.published_codes import kept, known_codes
from dashboard.store.reader import Published, Reader

WORKBOOK, XLSFORM = "workbook", "xlsform"
KINDS = (WORKBOOK, XLSFORM)
ENDS = {WORKBOOK: ".xlsx", XLSFORM: "-form.xlsx"}
"""How the name of a file of each kind ends."""


class BookKnownRow(TypedDict):
    """A row of `book_known`."""

    known: str
    code: str
    now: str


BOOK_KNOWN = Question("book_known", BookKnownRow)


@dataclass(frozen=True)
class WantedFile:
    """Which file is wanted: of which kind, for which operation, all of them if empty, and which round.

    With `everything`, a form also asks what is already answered.
    """

    operation: str
    round: str
    kind: str = WORKBOOK
    everything: bool = False
    language: str = ENGLISH

    @property
    def name(self) -> str:
        """The default name of the file."""
        whom = self.operation or "all-operations"
        return f"{whom}-{self.round}{ENDS[self.kind]}"


@dataclass(frozen=True)
class MadeFile:
    """The file, and what it was made from. Without content nothing was written, and `problems` say why."""

    file: Path
    content: Book | AnswerForm | ListsBook | None = None
    problems: tuple[Problem, ...] = ()


def write_wanted(store: Path, wanted: WantedFile, file: Path, force: bool = False) -> MadeFile:
    """Write the file; an existing one is replaced only with `force`."""
    try:
        published = Reader(store).current()
    except StoreError as error:
        return MadeFile(file, problems=(error.problem,))
    if published is None:
        return MadeFile(file, problems=(lacking(store) or nothing_published(store),))
    with published.connection:
        known = rows(published, BOOK_KNOWN, {})
        now = {row["code"]: row["now"] for row in known if row["known"] == "operation"}
        wanted = replace(wanted, operation=now.get(wanted.operation, wanted.operation))
        problems = (*_unspoken(wanted.language), *_unknown(published, known, wanted.operation, wanted.round))
        content, made = (None, b"") if problems else _made(published, wanted)
    if not problems and content is None:
        problems = (Problem("nothing_owed", "--round", value=wanted.round, weight=Weight.FILE),)
    return MadeFile(file, problems=problems) if content is None else _written(file, content, made, force)


LISTS_FILE = "lists.xlsx"
"""The default name of the workbook of the lists."""


def write_lists_book(store: Path, file: Path, force: bool = False, language: str = ENGLISH) -> MadeFile:
    """Write the workbook of the lists: with what is published, if anything is; an existing one is kept as above."""
    if problems := tuple(_unspoken(language)):
        return MadeFile(file, problems=problems)
    try:
        published = Reader(store).current()
    except StoreError as error:
        return MadeFile(file, problems=(error.problem,))
    if published is None:
        content = ListsBook()
    else:
        with published.connection:
            content = lists_book(published)
    return _written(file, content, lists_workbook(content, read_words(language)), force)


def _written(file: Path, content: Book | AnswerForm | ListsBook, made: bytes, force: bool) -> MadeFile:
    if file.exists() and not force:
        return MadeFile(file, problems=(Problem("file_exists", file.name, weight=Weight.FILE),))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    except OSError as error:
        return MadeFile(file, problems=(Problem("not_written", str(file), value=error.strerror, weight=Weight.FILE),))
    return MadeFile(file, content)


def _made(published: Published, wanted: WantedFile) -> tuple[Book | AnswerForm | None, bytes]:
    """What the file is made from, and the file; None and nothing if nothing is asked."""
    if wanted.kind == XLSFORM:
        forms = spoken_forms(published, wanted)
        return (forms[0][0], xlsform(forms)) if forms else (None, b"")
    book = spoken_book(published, wanted)
    return book, answer_workbook(book, read_words(wanted.language)) if book else b""


def spoken_book(published: Published, wanted: WantedFile) -> Book | None:
    """What the workbook of an operation is made from, in its language; None if nothing is asked."""
    lang = _wording(published, wanted.language)
    return book_of(in_language(published, wanted.language), wanted.operation, wanted.round, lang)


def spoken_forms(published: Published, wanted: WantedFile) -> list[tuple[AnswerForm, Words]]:
    """What a form is made from in every language that the standards have, the wanted one first; nothing if it is empty.

    A phone offers them all, and whoever answers chooses.
    """
    spoken = (code for code in (wanted.language, *languages()) if code in (ENGLISH, _wording(published, code)))
    forms = []
    for code in dict.fromkeys(spoken):
        told, lang = in_language(published, code), _wording(published, code)
        form = form_of(told, wanted.operation, wanted.round, lang, wanted.everything)
        forms += [(form, read_words(code))] if form else []
    return forms


def _wording(published: Published, language: str) -> str:
    return known_codes(published).wording(language)


def _unspoken(language: str) -> Iterator[Problem]:
    """The Problem that a language has no words, if so."""
    spoken = languages()
    if language not in spoken:
        hint = nearest(language, spoken)
        yield Problem(
            "unknown_language", "--language", value=language, expected=", ".join(spoken), hint=hint, weight=Weight.FILE
        )


def _unknown(published: Published, known: Sequence[BookKnownRow], operation: str, round_: str) -> tuple[Problem, ...]:
    """Why a file cannot be made: the operation or round is unknown, or nothing is asked."""
    problems = []
    for column, code in (("operation", operation), ("round", round_)):
        codes = [row["code"] for row in known if row["known"] == column and row["code"] == row["now"]]
        if code and code not in codes:
            expected = ", ".join(codes) if len(codes) <= MOST_LISTED else None
            hint = nearest(code, codes)
            problems.append(
                Problem(
                    f"unknown_{column}", f"--{column}", value=code, expected=expected, hint=hint, weight=Weight.FILE
                )
            )
    if not problems:
        choices = rows(published, BOOK_CHOICES, {"operation": operation, "round": "", **kept(published, {})})
        rounds = [row["round"] for row in choices]
        if round_ not in rounds:
            expected = ", ".join(rounds) or None
            problems.append(Problem("nothing_asked", "--round", value=operation, expected=expected, weight=Weight.FILE))
    return tuple(problems)


MOST_LISTED = 20
"""How many codes are listed; if there are more, only the nearest."""


class ListsCodesRow(TypedDict):
    """A row of `lists_codes`."""

    named_in: str
    code: str


LISTS_CODES = Question("lists_codes", ListsCodesRow)


def lists_book(published: Published) -> ListsBook:
    """Return the published lists, and the codes that their columns may name, by column."""
    codes: dict[str, list[str]] = {}
    for row in rows(published, LISTS_CODES, {}):
        codes.setdefault(row["named_in"], []).append(row["code"])
    held = {form: tuple(rows(published, Question(f"lists_{form}", AnyRow), {})) for form in LISTS}
    groups = [row["group"] for row in held["operations"] if row["group"]]
    return ListsBook(held, {**{of: tuple(named) for of, named in codes.items()}, "group": tuple(dict.fromkeys(groups))})
