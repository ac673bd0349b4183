"""Reads the rows of one sheet of a standard's workbook: its header is identified, and each cell becomes a value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from dashboard.loading.file_contents import is_blank, merged_cells, uncalculated
from dashboard.loading.staging import column_name
from dashboard.loading.workbook_formats import WorkbookSheet
from dashboard.model.framework import leading_version
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.sheet_cells import column_letters
from dashboard.model.standard_files import LISTED, NO, NUMBERS, YES, SheetColumn, StandardSheet

BETWEEN = re.compile(rf"[{LISTED.strip()}\n]")
BETWEEN_CODES = re.compile(rf"[{LISTED.strip()},\n]")
"""No code contains a comma, so it can only separate two codes."""
EXACT = 2**53
"""Below this, a whole number is written without a decimal point."""
COMMA = re.compile(r"[+-]?\d+,\d+")
TRUTHS = {YES: True, "true": True, "1": True, NO: False, "false": False, "0": False}


def value_of(column: SheetColumn, cell: object, place: str, row: int) -> tuple[object, Problem | None]:
    """The value of a non-blank cell, for the model to validate. `place` and `row` locate a Problem."""
    kind = _misread(column, cell)
    text = _as_known(column, text_of(cell))
    if kind is not None:
        return None, Problem(kind, place, row, column.name, text, weight=Weight.FILE)
    if column.many:
        between = BETWEEN_CODES if column.pattern or column.choices else BETWEEN
        return [_as_known(column, part.strip()) for part in between.split(text) if part.strip()], None
    if column.type == "boolean":
        truth = TRUTHS.get(text.lower())
        wrong = Problem("bad_value", place, row, column.name, text, f"{YES}, {NO}", weight=Weight.FILE)
        return truth, wrong if truth is None else None
    if column.type in NUMBERS and isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < EXACT else cell, None
    if column.type in NUMBERS and not _is_number(column, text):
        kind = "not_whole" if column.type == "integer" else "not_a_number"
        return None, Problem(kind, place, row, column.name, text, weight=Weight.FILE)
    # A Boolean is passed on as text: it is not a number, though Python would accept it as one.
    return text, None


def _as_known(column: SheetColumn, text: str) -> str:
    """A word of the list in the capitals of the list, and a number with a decimal comma with a point."""
    if column.choices:
        return {choice.casefold(): choice for choice in column.choices}.get(text.casefold(), text)
    return text.replace(",", ".") if column.type in NUMBERS and COMMA.fullmatch(text) else text


def _is_number(column: SheetColumn, text: str) -> bool:
    """Whether a text is a number, or a quotient such as `1/2`; of a column of whole numbers, a whole one."""
    try:
        int(text) if column.type == "integer" else Fraction(text)
    except (ValueError, ZeroDivisionError):
        return False
    return True


def _misread(column: SheetColumn, cell: object) -> str | None:
    """The kind of Problem if the spreadsheet has converted what was typed."""
    if isinstance(cell, date | time | timedelta):
        return "date_cell"
    is_text = column.type == "string" or column.many
    if is_text and isinstance(cell, float) and (column.is_version or not cell.is_integer()):
        return "number_cell"
    return None


def text_of(cell: object) -> str:
    """A cell as the text a person sees: whole numbers without a decimal point, Booleans as spreadsheets write them."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


@dataclass(frozen=True)
class StandardSheetRow:
    """The values of one row by column, without blank cells. `number` counts as a spreadsheet does."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class StandardPage:
    """One sheet as it was read. Problems call it `place`; without a valid header it has no rows."""

    place: str
    title: str
    columns: Mapping[int, SheetColumn] = field(default_factory=dict)
    rows: tuple[tuple[int, Sequence[object]], ...] = ()


def read_page(
    path: Path, name: str, title: str, page: WorkbookSheet, sheet: StandardSheet, problems: list[Problem]
) -> StandardPage | None:
    """The rows of a sheet below its header, without blank ones; None if the columns cannot be identified.

    Problems are added to `problems`.
    """
    place = f"{name}[{title}]"
    cells = page.rows()
    rows = tuple((number, row) for number, row in enumerate(cells, start=1) if not all(map(is_blank, row)))
    merged = merged_cells(page, place)
    faults = [merged] if merged else []
    if not rows or (len(rows) == 1 and sheet.required):
        faults.append(Problem("empty_sheet", place, weight=Weight.FILE))
    columns: dict[int, SheetColumn] = {}
    if rows and not merged:
        columns, wrong = _header(rows[0], rows[1:], sheet, place)
        faults += wrong
    problems += faults
    if faults:
        return None
    heads = {position: column.name for position, column in columns.items()}
    for problem in uncalculated(path, title, place, cells, heads):
        problems.append(replace(problem, weight=Weight.FILE) if problem.serious else problem)
    return StandardPage(place, title, columns, rows[1:])


def _header(
    header: tuple[int, Sequence[object]], rows: Sequence[tuple[int, Sequence[object]]], sheet: StandardSheet, place: str
) -> tuple[dict[int, SheetColumn], list[Problem]]:
    """The column at each position, and what is wrong with the header."""
    number, cells = header
    names = [column_name(str(cell)) for cell in cells]
    known = {column.name: column for column in sheet.columns}
    strange = [name for name in names if name and name not in known]
    problems = [
        Problem("missing_column", place, number, name, hint=nearest(name, strange), weight=Weight.FILE)
        for name, column in known.items()
        if column.required and name not in names
    ]
    problems += [
        Problem("column_twice", place, number, name, weight=Weight.FILE) for name in known if names.count(name) > 1
    ]
    missing = [name for name in known if name not in names]
    problems += [
        Problem("unknown_column", place, number, name, hint=nearest(name, missing), weight=Weight.FILE)
        for name in strange
    ]
    problems += [
        Problem("no_header", place, number, column_letters(position), str(row[position]), weight=Weight.FILE)
        for position, name in enumerate(names)
        if not name
        for row in [next((row for _, row in rows if not is_blank(row[position])), None)]
        if row is not None
    ]
    return {position: known[name] for position, name in enumerate(names) if name in known}, problems


@dataclass(frozen=True)
class FilledSheet:
    """The values of one sheet, row by row. Problems call it `place`."""

    place: str
    title: str
    rows: list[StandardSheetRow]


def rows_of(page: StandardPage, sheet: StandardSheet, problems: list[Problem]) -> list[StandardSheetRow]:
    """The values of each row. A cell that is invalid, or blank but required, gives a Problem and is left out."""
    rows = []
    reported = {(problem.row, problem.column) for problem in problems if problem.file == page.place}
    for number, cells in page.rows:
        values: dict[str, Any] = {}
        for position, column in page.columns.items():
            if is_blank(cells[position]):
                continue
            value, problem = value_of(column, cells[position], page.place, number)
            if problem is None:
                values[column.name] = value
            else:
                problems.append(problem)
                reported.add((number, column.name))
        problems += [
            Problem("empty_cell", page.place, number, column.name, weight=Weight.FILE)
            for column in sheet.columns
            if column.required and column.name not in values and (number, column.name) not in reported
        ]
        rows.append(StandardSheetRow(number, values))
    return rows


def settings_of(page: StandardPage, sheet: StandardSheet, problems: list[Problem]) -> list[StandardSheetRow]:
    """One Row per setting, each with one value. The sheet lists keys and values; `sheet` has a column for each key."""
    rows = []
    seen: set[str] = set()
    reported = {(problem.row, problem.column) for problem in problems if problem.file == page.place}
    at = {column.name: position for position, column in page.columns.items()}
    for number, cells in page.rows:
        key, cell = column_name(str(cells[at["key"]])), cells[at["value"]]
        column = sheet.column(key)
        if column is None or key in seen:
            problems.append(_wrong_key(page, sheet, number, key, cell, seen))
            continue
        seen.add(key)
        if is_blank(cell):
            if column.required and (number, "value") not in reported:
                problems.append(Problem("empty_cell", page.place, number, key, weight=Weight.FILE))
            continue
        value, problem = value_of(column, cell, page.place, number)
        if problem is None:
            whole = leading_version(str(value)) if column.is_version else value
            if whole != value:
                cut = Problem("version_cut", page.place, number, key, str(value), str(whole), weight=Weight.NOTE)
                problems.append(cut)
            rows.append(StandardSheetRow(number, {key: whole}))
        else:
            problems.append(problem)
    problems += [
        Problem("missing_key", page.place, column=column.name, weight=Weight.FILE)
        for column in sheet.columns
        if column.required and column.name not in seen
    ]
    return rows


def _wrong_key(
    page: StandardPage, sheet: StandardSheet, number: int, key: str, cell: object, seen: set[str]
) -> Problem:
    if key in seen:
        return Problem("key_twice", page.place, number, key, weight=Weight.FILE)
    if not key:
        return Problem("empty_cell", page.place, number, "key", weight=Weight.FILE)
    hint = nearest(key, [column.name for column in sheet.columns if column.name not in seen])
    return Problem("unknown_key", page.place, number, key, str(cell), hint=hint, weight=Weight.FILE)
