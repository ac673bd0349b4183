"""Reads the workbook of an operation, filled in by people, as staged rows: answers, ratings, actions and targets.

Words become codes, and dates days; what cannot be read becomes a Problem.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from dashboard.loading.file_contents import cell_name, is_blank, uncalculated
from dashboard.loading.library import Library
from dashboard.loading.staging import AskedRow, FromBook, Staged, append_staged, fatal
from dashboard.loading.standard_sheets import text_of
from dashboard.loading.workbook_formats import WorkbookSheet
from dashboard.loading.workbook_sheets import (
    BookPage,
    Reading,
    asked_in,
    book_in,
    former_in,
    missing_columns,
    over_rows,
)
from dashboard.loading.workbook_words import days_of
from dashboard.model.answer import Evidence, fingerprint_of_items
from dashboard.model.known_codes import GRADES
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.records import RECORDS
from dashboard.model.workbook import (
    BESIDE,
    SHEETS,
    UNANSWERED,
    WITH_ROOM,
    BookColumn,
    HandedOut,
    asked_columns,
    fingerprint_of,
    id_column,
    target_id,
)

DATE_FORM = "YYYY-MM-DD"


@dataclass(frozen=True)
class ReadRow:
    """One row: its number, its values by column of the form, its cells as typed, and what it said when handed out."""

    number: int
    values: Mapping[str, str]
    typed: Mapping[str, str]
    handed_out: HandedOut | None
    touched: bool


def read_rows(page: BookPage, reading: Reading) -> tuple[list[ReadRow], list[Problem]]:
    """The rows of one sheet in which anything is filled in, and the problems of the sheet."""
    rows: list[ReadRow] = []
    problems: list[Problem] = []
    for number, cells in page.rows():
        id_ = page.text(cells, SHEETS[page.kind][0].name) or page.text(cells, id_column(page.kind))
        if not id_ and page.kind not in WITH_ROOM:
            problems += _without_id(page, number, cells)
            continue
        values, wrong = _values(page, number, cells, id_, reading)
        handed_out, version, round_ = reading.handed_out.get((page.kind, id_), (None, "", ""))
        if page.kind == "targets" and handed_out is not None and not wrong and target_id(values) != id_:
            # It would be another target in addition to the existing one.
            wrong = [Problem("target_moved", page.place, number, page.heads["target"], target_id(values), id_)]
        silent = _silent(page, number, values, handed_out)
        if silent is not None:
            problems += silent
        elif wrong and page.kind != "evidence":
            problems += wrong
        else:
            touched = handed_out is None or fingerprint_of(_asked(page, cells, values)) != handed_out.fingerprint
            with_keys = _with_keys(page.kind, id_, values, reading, round_)
            if page.kind == "answers":
                with_keys["framework_version"] = version if touched or handed_out is None else handed_out.version
            typed = {column.name: page.text(cells, column.name) for column in asked_columns(page.kind)}
            rows.append(ReadRow(number, with_keys, typed, handed_out, touched))
    return _by_answer(page, rows, problems) if page.kind == "evidence" else (rows, problems)


def _by_answer(page: BookPage, rows: list[ReadRow], problems: list[Problem]) -> tuple[list[ReadRow], list[Problem]]:
    """The items of evidence, touched if any item of their answer is; an answer of which all are cleared keeps them."""
    items: dict[str, list[ReadRow]] = {}
    for row in rows:
        items.setdefault(row.values["criterion"], []).append(row)
    said = {criterion: fingerprint_of_items(row.values for row in of_answer) for criterion, of_answer in items.items()}
    there = {id_: number for number, cells in page.rows() if (id_ := page.text(cells, id_column(page.kind)))}
    cleared = [
        Problem("left_as_it_is", page.place, number, page.heads.get("title"), weight=Weight.NOTE)
        for id_, number in there.items()
        if id_ not in said
    ]
    touched = [
        replace(row, touched=row.handed_out is None or said[row.values["criterion"]] != row.handed_out.fingerprint)
        for row in rows
    ]
    return touched, [*problems, *cleared]


def _asked(page: BookPage, cells: Sequence[object], values: Mapping[str, str]) -> list[str]:
    """What a row says in everything that was handed out to be filled in, including what is no longer read."""
    asked = [values.get(column.name, "") for column in asked_in(page)]
    return [*asked, *(page.text(cells, name) for name in former_in(page))]


def _with_keys(kind: str, id_: str, values: Mapping[str, str], reading: Reading, round_: str) -> dict[str, str]:
    """The values, plus the columns that say what the row belongs to."""
    first = SHEETS[kind][0].name
    if kind == "targets":
        return {**values, "operation": reading.of_all("operation")}
    if kind != "actions" or (kind, id_) not in reading.handed_out:
        # An existing action may belong to no round.
        round_ = round_ or reading.of_all("round")
    if "found" in RECORDS[kind].names:
        values = {**values, "found": values.get("found") or "yes"}
    return {**values, first: id_, "round": round_, "operation": reading.of_all("operation")}


def _silent(
    page: BookPage, number: int, values: Mapping[str, str], handed_out: HandedOut | None
) -> list[Problem] | None:
    """The problems of a row in which nothing is filled in; None for any other row.

    An empty row withdraws nothing: what is stored stays, with a note if something had been handed out.
    """
    first = {"answers": "status", "actions": "text", "targets": "percent"}.get(page.kind)
    filled = [name for name, value in values.items() if value and name not in BESIDE]
    if values.get("status") == UNANSWERED and handed_out is None and "handed_out" in page.columns:
        # There was nothing to withdraw.
        return []
    if page.kind == "evidence":
        return None if any(values.get(name) for name in Evidence.content()) else []
    if first is not None and values.get(first):
        return None
    if filled and first is None:
        return None
    head = page.heads.get(first or asked_columns(page.kind)[0].name)
    if handed_out is not None:
        return [Problem("left_as_it_is", page.place, number, head, weight=Weight.NOTE)]
    if filled and page.kind == "answers":
        return [Problem("no_status", page.place, number, head, values[filled[0]])]
    if filled and page.kind == "targets":
        return [Problem("missing_value", page.place, number, head)]
    return None if filled else []


def _without_id(page: BookPage, number: int, cells: Sequence[object]) -> list[Problem]:
    """A row that somebody added. If it says something in a cell to fill in, that stays out."""
    asked = [page.text(cells, column.name) for column in asked_columns(page.kind) if column.name not in BESIDE]
    first_text = next((text_of(cell) for cell in cells if not is_blank(cell)), "")
    weight = Weight.ROW if any(asked) else Weight.NOTE
    return [Problem("no_id", page.place, number, page.heads.get(SHEETS[page.kind][0].name), first_text, weight=weight)]


def _values(
    page: BookPage, number: int, cells: Sequence[object], id_: str, reading: Reading
) -> tuple[dict[str, str], list[Problem]]:
    """The values of the asked columns, and a Problem for each unreadable cell, whose text is kept as its value."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    criterion = id_ if page.kind == "answers" else page.text(cells, "criterion")
    for column in asked_in(page):
        position = page.columns[column.name]
        if is_blank(cells[position]):
            continue
        value, wrong = _value(column, cells[position], criterion, reading)
        values[column.name] = value
        if wrong is not None:
            kind, expected, hint = wrong
            problems.append(Problem(kind, page.place, number, page.heads[column.name], value, expected, hint))
    return values, problems


def _value(
    column: BookColumn, cell: object, criterion: str, reading: Reading
) -> tuple[str, tuple[str, str | None, str | None] | None]:
    """The stored value of a cell; or its text, with the kind of problem, what was expected, and a hint."""
    text = text_of(cell)
    if column.date:
        days = days_of(cell)
        if len(days) == 1:
            return days[0].isoformat(), None
        either = " / ".join(day.isoformat() for day in days)
        return text, ("two_days", either, None) if days else ("bad_date", DATE_FORM, None)
    if column.choice == "grade":
        return text, None if text in GRADES else ("off_scale", ", ".join(GRADES), None)
    if not column.choice:
        return text, None
    meanings = reading.meanings(column.choice, criterion)
    if not meanings.shown:
        # An unknown criterion is reported by the checks; its scale is unknown too.
        return text, None
    code = meanings.code(text)
    return (code, None) if code else (text, ("off_scale", ", ".join(meanings.shown), nearest(text, meanings.shown)))


SheetsByTitle = Mapping[str, WorkbookSheet]


def stage_book(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, sheets: SheetsByTitle, library: Callable[[], Library]
) -> tuple[list[Staged], list[Problem]] | None:
    """Append what the sheets say to the staging tables; None if they are not the workbook of an operation.

    `library` gives the frameworks that the load will have. Rows that were handed out and have not been changed are
    staged too, and marked as such.
    """
    book = book_in(sheets, name)
    if book is None:
        return None
    reading = Reading(book, library())
    problems = [Problem("unknown_sheet", f"{name}[{title}]", weight=Weight.NOTE) for title in book.strangers]
    for page in book.pages:
        problems += missing_columns(page, dict(book.entry(f"head:{page.kind}")))
        problems += [
            Problem("former_column", page.place, page.header + 1, page.heads[name], weight=Weight.NOTE)
            for name in former_in(page)
        ]
    problems += [
        Problem("book_of_nothing", name, column=entry, weight=Weight.FILE)
        for entry in ("round", "operation")
        if not reading.of_all(entry)
    ]
    if fatal(problems):
        return [], problems
    staged: list[Staged] = []
    for page in book.pages:
        rows, wrong = read_rows(page, reading)
        heads = {page.columns[one.name]: page.heads[one.name] for one in asked_in(page)}
        problems += [*wrong, *_merged(page, heads)]
        problems += uncalculated(path, page.title, page.place, page.cells, heads, page.header)
        # A sheet of which no row can be read counts as staged too: its rows stay out.
        if rows or any(problem.weight is Weight.ROW for problem in wrong):
            staged.append(_insert(connection, page, path, rows, reading))
    if not staged and not any(problem.serious for problem in problems):
        problems.append(Problem("nothing_filled_in", name, weight=Weight.NOTE))
    return staged, problems


def _insert(
    connection: duckdb.DuckDBPyConnection, page: BookPage, path: Path, rows: list[ReadRow], reading: Reading
) -> Staged:
    form = RECORDS[page.kind]
    first = append_staged(connection, form, [row.values for row in rows])
    book = FromBook(
        tuple(row.number for row in rows),
        tuple(row.handed_out for row in rows),
        tuple(row.touched for row in rows),
        tuple(row.typed for row in rows),
        page.heads,
        page.columns,
        tuple(_asked_rows(page)),
        reading.of_all("round"),
        reading.of_all("operation"),
    )
    return Staged(form.form, page.place, path, first, len(rows), book=book)


def _asked_rows(page: BookPage) -> Iterator[AskedRow]:
    if page.kind == "answers":
        for number, row in page.rows():
            framework, version, round_ = (page.text(row, name) for name in ("framework", "framework_version", "round"))
            id_ = page.text(row, "criterion") or page.text(row, id_column(page.kind))
            yield AskedRow(number, id_, framework, version, round_)


def _merged(page: BookPage, asked: Mapping[int, str]) -> list[Problem]:
    """Cells merged across several rows: only the first row has their value. `asked` are the columns, by position."""
    problems = []
    for top, bottom, left, right in over_rows(page):
        head = next((head for position, head in asked.items() if left <= position <= right), None)
        if head is not None and not is_blank(page.cells[top][left]):
            span = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            problems.append(Problem("merged_rows", page.place, top + 2, head, span))
    return problems
