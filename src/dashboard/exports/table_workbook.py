"""A table as a workbook: a sheet with its rows, and one with their metadata."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.workbook.file import CREATED_AT
from dashboard.exports.writable import given_writable

LONGEST = 32_767
"""Most characters in a cell."""
WIDEST, NARROWEST = 48, 9
"""Most and fewest characters of a column's width."""
ABOUT = (30, 90, 16)
"""The widths of the columns of the second sheet."""
LOOKED_AT = 200
"""Rows that determine the widths of their columns."""
LONGEST_FOOT = 200
"""Most characters in a page footer: Excel accepts 255 including its own additions."""
ON_A_PAGE = 200
"""Most characters side by side on a printed page that can still be read."""
A4 = 9
TEXT = {"valign": "top", "text_wrap": True}
HEAD = {**TEXT, "bold": True, "bg_color": "#E6EAEC", "font_color": "#24323A"}


@given_writable
def table_workbook(
    sheets: tuple[str, str], heads: Sequence[str], rows: Sequence[Sequence[object]], said: Sequence[Sequence[str]]
) -> bytes:
    """Return XLSX bytes; `sheets` are the names of the two sheets, `said` the lines of the second.

    Numbers, flags and dates are cells of their type; a text stays a text, whatever it starts with; lists are separated
    by semicolons; None is an empty cell. Single lines come first, the title before the notices; the first line with
    three cells is the header of what follows.
    """
    stream = BytesIO()
    alone = [line[0] for line in said if len(line) == 1]
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED_AT})
        sheet, about = (workbook.add_worksheet(name) for name in sheets)
        across = write_rows(workbook, sheet, heads, rows)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        _write_about(workbook, about, said)
        for one, pages in ((sheet, ceil(across / ON_A_PAGE)), (about, 1)):
            one.set_paper(A4)
            one.fit_to_pages(pages, 0)
            one.set_footer(f"&L{' · '.join(alone)[:LONGEST_FOOT].replace('&', '&&')}&R&P / &N")
    return stream.getvalue()


def write_rows(
    workbook: Workbook, sheet: Worksheet, heads: Sequence[str], rows: Sequence[Sequence[object]], top: int = 0
) -> int:
    """Write headers at row `top` and the rows below, numbers right-aligned. Return the total width of the columns."""
    across = 0
    left, right = workbook.add_format({**HEAD, "indent": 1}), workbook.add_format({**HEAD, "align": "right"})
    for place, name in enumerate(heads):
        column = [row[place] for row in rows]
        form = workbook.add_format(_form(column))
        sheet.write_string(top, place, name, right if _is_number(column) else left)
        longest = max((len(_text(value)) for value in column[:LOOKED_AT]), default=0)
        width = min(WIDEST, max(NARROWEST, len(name) + 3, longest + 2))
        sheet.set_column(place, place, width)
        across += width
        for number, value in enumerate(column, top + 1):
            _write(sheet, number, place, value, form)
    sheet.freeze_panes(top + 1, 0)
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    return across


def _form(column: Sequence[object]) -> dict[str, object]:
    """Return the format of a column's cells: numbers with two decimals if any has one."""
    if any(isinstance(value, date) for value in column):
        return {"valign": "top", "align": "left", "indent": 1, "num_format": "yyyy-mm-dd"}
    if _is_number(column):
        parts = any(isinstance(value, float) and not value.is_integer() for value in column)
        return {"valign": "top", "num_format": "0.00"} if parts else {"valign": "top"}
    return {**TEXT, "indent": 1}


def _is_number(column: Sequence[object]) -> bool:
    return any(isinstance(value, int | float) and not isinstance(value, bool) for value in column)


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


def _write_about(workbook: Workbook, about: Worksheet, said: Sequence[Sequence[str]]) -> None:
    title, mark = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format({"bold": True})
    text, head = workbook.add_format(TEXT), workbook.add_format(HEAD)
    headed = next((number for number, line in enumerate(said) if len(line) == len(ABOUT)), -1)
    for place, width in enumerate(ABOUT):
        about.set_column(place, place, width)
    for number, line in enumerate(said):
        # A sentence alone on its line may run across.
        form = (mark if number else title) if len(line) == 1 else head if number == headed else text
        for place, one in enumerate(line):
            about.write_string(number, place, one[:LONGEST], form)
