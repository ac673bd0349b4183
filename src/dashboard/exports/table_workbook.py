"""A table as a workbook: a sheet with its rows, and one that says what they are about."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.workbook.file import CREATED_AT

LONGEST = 32_767
"""So many letters a cell holds."""
WIDEST, NARROWEST = 48, 9
"""Letters that a column is wide."""
LOOKED_AT = 200
"""So many rows say how wide their columns are."""
HEAD = {"bold": True, "bg_color": "#E6EAEC", "font_color": "#24323A", "text_wrap": True, "valign": "top"}


def table_workbook(
    sheets: tuple[str, str], heads: Sequence[str], rows: Sequence[Sequence[object]], said: Iterable[Sequence[str]]
) -> bytes:
    """The bytes of an XLSX file; `sheets` are the names of its two sheets, `said` the lines of the second.

    Numbers, flags and days are cells of their kind; a text stays a text, whatever it begins with; a list is parted by
    semicolons; nothing is an empty cell.
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED_AT})
        head, day = workbook.add_format(HEAD), workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(sheets[0])
        for place, name in enumerate(heads):
            sheet.write_string(0, place, name, head)
            longest = max((len(str(row[place])) for row in rows[:LOOKED_AT]), default=0)
            sheet.set_column(place, place, min(WIDEST, max(NARROWEST, len(name) + 2, longest)))
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                _write(sheet, number, place, value, day)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        about = workbook.add_worksheet(sheets[1])
        about.set_column(0, 0, 30)
        about.set_column(1, 1, 90)
        about.set_column(2, 2, 16)
        for number, line in enumerate(said):
            for place, text in enumerate(line):
                # A sentence that stands alone may run across.
                about.write_string(number, place, text[:LONGEST], wrapped if len(line) > 1 else None)
    return stream.getvalue()


def _write(sheet: Worksheet, row: int, place: int, value: object, day: Format) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif value is not None:
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        sheet.write_string(row, place, text[:LONGEST])
