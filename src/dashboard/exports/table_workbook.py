"""Writes a table as a workbook: a sheet with its rows, and one with their metadata."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from math import ceil
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.answer_workbook import CREATED_AT
from dashboard.exports.writable import given_writable

LONGEST = 32_767
"""Most characters in a cell."""
WIDEST, NARROWEST = 48, 9
"""Most and fewest characters of a column's width."""
ABOUT = (30, 90, 16)
"""The widths of the columns of the second sheet."""
LOOKED_AT = 200
"""Rows that determine the widths of their columns."""
FORMED_BY = 10_000
"""Rows that determine the formats of their columns."""
MOST_ROWS = 1_048_576
"""Most rows of a sheet."""
Row = Sequence[object]
LONGEST_FOOT = 200
"""Most characters in a page footer: Excel accepts 255 including its own additions."""
ON_A_PAGE = 200
"""Most characters side by side on a printed page that can still be read."""
A4 = 9
TEXT = {"valign": "top", "text_wrap": True}
HEAD = {**TEXT, "bold": True, "bg_color": "#E6EAEC", "font_color": "#24323A"}


@given_writable
def write_workbook(
    to: Path,
    sheets: tuple[str, str],
    schema: pa.Schema,
    rows: Iterator[Row],
    said: Sequence[Row],
    most: int = MOST_ROWS,
) -> None:
    """Write an XLSX file; `sheets` are the names of the two sheets, `said` the lines of the second.

    Numbers, flags and dates are cells of their type; a text stays a text, whatever it starts with; lists are separated
    by semicolons; None is an empty cell. Single lines come first, the title before the notices; the first line with
    three cells is the header of what follows. Rows that do not fit into the first sheet are in numbered ones after it.
    """
    alone = [str(line[0]) for line in said if len(line) == 1]
    # A row is written to the disk before the next: a workbook may have more cells than memory holds.
    with xlsxwriter.Workbook(str(to), {"constant_memory": True, "tmpdir": str(to.parent)}) as workbook:
        workbook.set_properties({"created": CREATED_AT})
        for number, own in enumerate(onto_sheets(rows, most - 1), 1):
            sheet = workbook.add_worksheet(sheets[0] if number == 1 else f"{sheets[0]} {number}")
            across = write_rows(workbook, sheet, schema, own)
            sheet.set_landscape()
            sheet.repeat_rows(0)
            _set_page(sheet, alone, ceil(across / ON_A_PAGE))
        about = workbook.add_worksheet(sheets[1])
        _write_about(workbook, about, said)
        _set_page(about, alone, 1)


def rows_of(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """Return the rows of some batches, one after the other."""
    return chain.from_iterable(zip(*(one.to_pylist() for one in batch.columns), strict=True) for batch in batches)


def onto_sheets(rows: Iterator[Row], most: int) -> Iterator[Iterator[Row]]:
    """Yield the rows of each sheet, at most so many; the first one may have none. Each must be read to its end."""
    yield islice(rows, most)
    for row in rows:
        yield chain((row,), islice(rows, most - 1))


def write_rows(workbook: Workbook, sheet: Worksheet, schema: pa.Schema, rows: Iterable[Row], top: int = 0) -> int:
    """Write headers at row `top` and the rows below, numbers right-aligned. Return the total width of the columns."""
    across, rows = 0, iter(rows)
    first = list(islice(rows, FORMED_BY))
    left, right = workbook.add_format({**HEAD, "indent": 1}), workbook.add_format({**HEAD, "align": "right"})
    forms = []
    for place, field in enumerate(schema):
        column = [row[place] for row in first]
        forms.append(workbook.add_format(_form(field.type, column)))
        sheet.write_string(top, place, field.name, right if _is_number(field.type) else left)
        longest = max((len(_text(value)) for value in column[:LOOKED_AT]), default=0)
        width = min(WIDEST, max(NARROWEST, len(field.name) + 3, longest + 2))
        sheet.set_column(place, place, width)
        across += width
    number = top
    for number, row in enumerate(chain(first, rows), top + 1):
        for place, (value, form) in enumerate(zip(row, forms, strict=True)):
            _write(sheet, number, place, value, form)
    sheet.freeze_panes(top + 1, 0)
    if number > top:
        sheet.autofilter(top, 0, number, len(forms) - 1)
    return across


def _form(type_: pa.DataType, column: Sequence[object]) -> dict[str, object]:
    """Return the format of a column's cells: numbers with two decimals if any of these has one."""
    if pa.types.is_date(type_):
        return {"valign": "top", "align": "left", "indent": 1, "num_format": "yyyy-mm-dd"}
    if _is_number(type_):
        parts = any(isinstance(value, float) and not value.is_integer() for value in column)
        return {"valign": "top", "num_format": "0.00"} if parts else {"valign": "top"}
    return {**TEXT, "indent": 1}


def _is_number(type_: pa.DataType) -> bool:
    return bool(pa.types.is_integer(type_) or pa.types.is_floating(type_))


def _write(sheet: Worksheet, row: int, place: int, value: object, form: Format) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, form)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, form)
    elif value is not None:
        sheet.write_string(row, place, _text(value)[:LONGEST], form)


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _set_page(sheet: Worksheet, alone: Sequence[str], across: int) -> None:
    """Print a sheet so many pages wide, with the single lines at the foot of each."""
    sheet.set_paper(A4)
    sheet.fit_to_pages(across, 0)
    sheet.set_footer(f"&L{' · '.join(alone)[:LONGEST_FOOT].replace('&', '&&')}&R&P / &N")


def _write_about(workbook: Workbook, about: Worksheet, said: Sequence[Row]) -> None:
    title, mark = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format({"bold": True})
    text, head = workbook.add_format(TEXT), workbook.add_format(HEAD)
    headed = next((number for number, line in enumerate(said) if len(line) == len(ABOUT)), -1)
    for place, width in enumerate(ABOUT):
        about.set_column(place, place, width)
    for number, line in enumerate(said):
        # A sentence alone on its line may run across.
        form = (mark if number else title) if len(line) == 1 else head if number == headed else text
        for place, one in enumerate(line):
            about.write_string(number, place, str(one)[:LONGEST], form)
