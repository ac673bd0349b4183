"""How is one sheet of an operation's workbook drawn? A title, a counter, a frozen header, and rows to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.workbook.lists import Lists
from dashboard.exports.workbook.plan import FIRST_ROW, HEAD_ROW, Sheet, counted, counter
from dashboard.exports.workbook.rows import Cell
from dashboard.exports.workbook.rules import missing_reason, validation
from dashboard.model.answers.workbook import Column, head
from dashboard.model.words import Words

HEAD_HEIGHT = 44
"""Three lines: without a set height, a row does not grow with its header in every program."""
FROZEN = 2
"""Columns that stay in view: the id and the question."""
MAY = {
    "select_locked_cells": True,
    "sort": True,
    "autofilter": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


@dataclass(frozen=True)
class Style:
    """What every sheet is drawn with: formats by name, the lists, the words for not applicable, and a notice or ''."""

    looks: Mapping[str, Format]
    lists: Lists
    not_applicable: tuple[str, ...]
    notice: str
    words: Words


def draw_sheet(page: Worksheet, sheet: Sheet, style: Style) -> None:
    """Draw the whole sheet."""
    page.write_string(0, 0, sheet.heading, style.looks["title"])
    page.write_formula(1, 0, counter(sheet, style.words), style.looks["counter"], counted(sheet, style.words))
    page.write_string(2, 0, style.notice, style.looks["notice"])
    page.set_row(HEAD_ROW, HEAD_HEIGHT)
    for position, column in enumerate(sheet.columns):
        _draw_column(page, sheet, position, column, style)
    if sheet.kind == "answers" and style.not_applicable:
        _mark_missing_reason(page, sheet, style)
    page.autofilter(HEAD_ROW, 0, sheet.last_row, len(sheet.columns) - 1)
    page.freeze_panes(FIRST_ROW, FROZEN)
    page.protect("", MAY)
    _for_print(page, sheet, style)


def _for_print(page: Worksheet, sheet: Sheet, style: Style) -> None:
    shown = [position for position, column in enumerate(sheet.columns) if not column.hidden]
    page.set_landscape()
    page.set_paper(8)  # A3: sixteen columns of text cannot be read on A4.
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, 0, sheet.last_row, shown[-1])
    page.set_footer(f"&L{style.notice.replace('&', '&&')}&R&P / &N")


def _draw_column(page: Worksheet, sheet: Sheet, position: int, column: Column, style: Style) -> None:
    name = column.name if column.hidden else head(sheet.kind, column.name, style.words)
    look = style.looks[_look(column)]
    page.set_column(position, position, column.width, None, {"hidden": column.hidden})
    page.write_string(HEAD_ROW, position, name, style.looks["head_asked" if column.asked else "head"])
    for number, row in enumerate(sheet.rows, start=FIRST_ROW):
        critical = column.name == "text" and row.get("critical") is not None
        _write(page, number, position, row[column.name], style.looks["critical"] if critical else look)
    for number in range(FIRST_ROW + len(sheet.rows), sheet.last_row + 1):
        page.write_blank(number, position, None, look)
    rule = validation(column, sheet, style.lists, style.words)
    if rule is not None:
        page.data_validation(FIRST_ROW, position, sheet.last_row, position, rule)


def _write(page: Worksheet, row: int, position: int, cell: Cell, look: Format) -> None:
    """Write one cell. A text is never taken for a formula or a link."""
    if cell is None:
        page.write_blank(row, position, None, look)
    elif isinstance(cell, date):
        page.write_datetime(row, position, cell, look)
    elif isinstance(cell, int):
        page.write_number(row, position, cell, look)
    else:
        page.write_string(row, position, cell, look)


def _look(column: Column) -> str:
    if not column.asked:
        return "shown"
    return "date" if column.date else "number" if column.choice == "grade" else "asked"


def _mark_missing_reason(page: Worksheet, sheet: Sheet, style: Style) -> None:
    position = sheet.position("na_reason")
    criteria = missing_reason(sheet, style.not_applicable)
    rule = {"type": "formula", "criteria": criteria, "format": style.looks["wanted"]}
    page.conditional_format(FIRST_ROW, position, sheet.last_row, position, rule)
