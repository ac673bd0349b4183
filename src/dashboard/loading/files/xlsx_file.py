"""A workbook becomes staged rows: every sheet that holds a table, whatever its name."""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.loading.exchange.submissions import holds_submissions, stage_submissions
from dashboard.loading.files.sheets import holds_standard, merged_cells, read_sheets, too_large
from dashboard.loading.files.staging import Staged, column_name, fatal, recognise, staged_rows, staged_table
from dashboard.loading.library.library import Library
from dashboard.loading.workbook.file import stage_book
from dashboard.model.formula import unguarded
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import Record


def stage_xlsx(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, library: Callable[[], Library] = Library
) -> tuple[list[Staged], list[Problem]]:
    """Append the rows of every sheet that is a table.

    `library` is called only for the workbook of an operation and for what forms for phones have sent.
    """
    sheets = read_sheets(path, name)
    if isinstance(sheets, Problem):
        return [], [sheets]
    if holds_standard(sheets):
        return [], [Problem("standard_workbook", name, weight=Weight.FILE)]
    book = stage_book(connection, path, name, sheets, library)
    if book is not None:
        return book
    filled = {title: sheet for title, sheet in sheets.items() if sheet.total_height}
    staged: list[Staged] = []
    refused: list[Problem] = []
    notes: list[Problem] = []
    for title, sheet in filled.items():
        place = f"{name}[{title}]"
        many = too_large(sheet, place)
        if many is not None:
            return [], [many]
        rows = sheet.to_python(skip_empty_area=False)
        if holds_submissions(rows[0]):
            tables, noted = stage_submissions(connection, path, place, rows, library)
            staged, notes = [*staged, *tables], [*notes, *noted]
            continue
        form, problems = recognise([str(cell) for cell in rows[0]], place)
        if fatal(problems):
            # A sheet with most of the columns was meant as a table; one with few is a read-me, skipped if another sheet
            # is good.
            missing = sum(problem.kind == "missing_column" for problem in problems)
            if 2 * missing < len(form.required):
                return [], problems
            refused += problems
            continue
        merged = merged_cells(sheet, place)
        if merged is not None:
            return [], [merged]
        first = staged_rows(connection, form)
        _insert(connection, form, rows)
        tables, noted = staged_table(connection, form, place, path, first, problems)
        staged += tables
        notes += noted
    if staged:
        return staged, [problem for problem in notes if problem.weight is not Weight.FILE]
    if not filled:
        return [], [Problem("empty_file", name, weight=Weight.FILE)]
    return [], [*refused, *notes]


def _insert(connection: duckdb.DuckDBPyConnection, form: Record, rows: Sequence[Sequence[object]]) -> None:
    taken = {column_name(str(cell)): position for position, cell in enumerate(rows[0])}
    columns = {
        column: pa.array([_text(row[taken[column]]) for row in rows[1:]], pa.string())
        for column in form.names
        if column in taken
    }
    sheet = pa.table(columns)
    connection.register("sheet_rows", sheet)
    connection.execute(f"INSERT INTO staged_{form.form} BY NAME SELECT * FROM sheet_rows")  # noqa: S608
    connection.unregister("sheet_rows")


def _text(cell: object) -> str | None:
    """A cell as the text a person sees: dates as ISO, whole numbers without a decimal point, blank as None."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = unguarded(str(cell).strip()).strip() if cell is not None else ""
    return text or None
