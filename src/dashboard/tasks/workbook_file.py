"""How does the workbook of an operation and round become a file? Unknown codes become problems."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.exports.workbook.file import answer_workbook
from dashboard.loading.files.words_file import ENGLISH, languages, read_words
from dashboard.model.answers.workbook import Book
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.queries.ask import rows
from dashboard.queries.workbook.contents import book_of
from dashboard.store.history import StoreError
from dashboard.store.reading.choice import kept
from dashboard.store.reading.codes import known_in
from dashboard.store.reading.reader import Published, Reader


@dataclass(frozen=True)
class MadeBook:
    """The file, and what it was made from. Without a book nothing was written, and `problems` say why."""

    file: Path
    book: Book | None = None
    problems: tuple[Problem, ...] = ()


def book_name(operation: str, round_: str) -> str:
    """The default name of the file."""
    return f"{operation}-{round_}.xlsx"


def book_file(
    store: Path, operation: str, round_: str, file: Path, language: str = ENGLISH, force: bool = False
) -> MadeBook:
    """Write the workbook in a language; an existing file is replaced only with `force`."""
    try:
        published = Reader(store).current()
    except StoreError as error:
        return MadeBook(file, problems=(error.problem,))
    if published is None:
        return MadeBook(file, problems=(Problem("nothing_published", str(store), weight=Weight.FILE),))
    with published.connection:
        problems = (*_unspoken(language), *_unknown(published, operation, round_))
        book = None if problems else book_of(published, operation, round_, _wording(published, language))
    if book is None:
        return MadeBook(file, problems=problems)
    if file.exists() and not force:
        return MadeBook(file, problems=(Problem("file_exists", file.name, weight=Weight.FILE),))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer_workbook(book, read_words(language)))
    except OSError as error:
        return MadeBook(file, problems=(Problem("not_written", str(file), value=error.strerror, weight=Weight.FILE),))
    return MadeBook(file, book)


def _wording(published: Published, language: str) -> str:
    with published.cursor() as cursor:
        return known_in(cursor).wording(language)


def _unspoken(language: str) -> Iterator[Problem]:
    """The Problem that a language has no words, if so."""
    spoken = languages()
    if language not in spoken:
        hint = nearest(language, spoken)
        yield Problem(
            "unknown_language", "--language", value=language, expected=", ".join(spoken), hint=hint, weight=Weight.FILE
        )


def _unknown(published: Published, operation: str, round_: str) -> tuple[Problem, ...]:
    """Why a workbook cannot be made: the operation or round is unknown, or nothing is asked."""
    known = rows(published, "book_known", {})
    problems = []
    for column, code in (("operation", operation), ("round", round_)):
        codes = [row["code"] for row in known if row["known"] == column]
        if code not in codes:
            expected = ", ".join(codes) if len(codes) <= MOST_LISTED else None
            hint = nearest(code, codes)
            problems.append(
                Problem(
                    f"unknown_{column}", f"--{column}", value=code, expected=expected, hint=hint, weight=Weight.FILE
                )
            )
    if not problems:
        choices = rows(published, "book_choices", {"operation": operation, "round": "", **kept(published, {})})
        rounds = [row["round"] for row in choices]
        if round_ not in rounds:
            expected = ", ".join(rounds) or None
            problems.append(Problem("nothing_asked", "--round", value=operation, expected=expected, weight=Weight.FILE))
    return tuple(problems)


MOST_LISTED = 20
"""How many codes are listed; if there are more, only the nearest."""
