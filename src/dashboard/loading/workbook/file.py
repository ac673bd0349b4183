"""The workbook of an operation, filled in by people, becomes staged rows: answers, ratings, actions and targets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from python_calamine import CalamineSheet

from dashboard.loading.files.sheets import cell_name, formula_cells
from dashboard.loading.files.staging import AskedRow, FromBook, Staged, append_staged, fatal
from dashboard.loading.library.library import Library
from dashboard.loading.standard.cells import is_blank
from dashboard.loading.workbook.context import Reading
from dashboard.loading.workbook.rows import ReadRow, read_rows
from dashboard.loading.workbook.sheets import Page, asked_in, book_in, former_in, missing_columns, over_rows
from dashboard.model.answers.workbook import id_column
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS

SheetsByTitle = Mapping[str, CalamineSheet]


@dataclass(frozen=True)
class Where:
    """Where a workbook is, and what problems call it."""

    path: Path
    name: str

    def place(self, page: Page) -> str:
        return f"{self.name}[{page.title}]"


def stage_book(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, sheets: SheetsByTitle, library: Callable[[], Library]
) -> tuple[list[Staged], list[Problem]] | None:
    """Append what the sheets say to the staging tables; None if they are not the workbook of an operation.

    `library` gives the frameworks that the load will have. Rows that were handed out and have not been changed are
    staged too, and marked as such.
    """
    book = book_in(sheets)
    if book is None:
        return None
    where, reading = Where(path, name), Reading(book, library())
    problems = [Problem("unknown_sheet", f"{name}[{title}]", weight=Weight.NOTE) for title in book.strangers]
    for page in book.pages:
        problems += missing_columns(page, where.place(page), dict(book.entry(f"head:{page.kind}")))
        problems += [
            Problem("former_column", where.place(page), page.header + 1, page.heads[name], weight=Weight.NOTE)
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
        rows, wrong = read_rows(page, where.place(page), reading)
        problems += [*wrong, *_merged(page, where.place(page)), *_formulas(page, where)]
        # A sheet of which no row can be read counts as staged too: its rows stay out.
        if rows or any(problem.weight is Weight.ROW for problem in wrong):
            staged.append(_insert(connection, page, where, rows, reading))
    if not staged and not any(problem.serious for problem in problems):
        problems.append(Problem("nothing_filled_in", name, weight=Weight.NOTE))
    return staged, problems


def _insert(
    connection: duckdb.DuckDBPyConnection, page: Page, where: Where, rows: list[ReadRow], reading: Reading
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
        tuple(_asked(page)),
        reading.of_all("round"),
        reading.of_all("operation"),
    )
    return Staged(form.form, where.place(page), where.path, first, len(rows), book=book)


def _asked(page: Page) -> Iterator[AskedRow]:
    if page.kind == "answers":
        for number, row in page.rows():
            framework, version, round_ = (page.text(row, name) for name in ("framework", "framework_version", "round"))
            id_ = page.text(row, "criterion") or page.text(row, id_column(page.kind))
            yield AskedRow(number, id_, framework, version, round_)


def _merged(page: Page, place: str) -> list[Problem]:
    """Cells merged across several rows: only the first row has their value."""
    asked = {page.columns[column.name]: page.heads[column.name] for column in asked_in(page)}
    problems = []
    for top, bottom, left, right in over_rows(page):
        head = next((head for position, head in asked.items() if left <= position <= right), None)
        if head is not None and not is_blank(page.cells[top][left]):
            span = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            problems.append(Problem("merged_rows", place, top + 2, head, span))
    return problems


def _formulas(page: Page, where: Where) -> list[Problem]:
    """Formulas that were never calculated, or gave an error; of all others, the value is used."""
    asked = {page.columns[column.name]: page.heads[column.name] for column in asked_in(page)}
    cells = formula_cells(where.path, page.title)
    if cells is None:
        return [Problem("formulas_unread", where.place(page), weight=Weight.NOTE)]
    return [
        Problem("formula", where.place(page), formula.row + 1, asked[formula.column], formula.text)
        for formula in cells
        if formula.column in asked and page.header < formula.row < len(page.cells)
        if is_blank(page.cells[formula.row][formula.column])
    ]
