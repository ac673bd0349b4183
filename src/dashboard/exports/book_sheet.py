"""How is one sheet of an operation's workbook drawn? A title, a counter, a header that stays, and rows to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.book_lists import Lists, head
from dashboard.exports.book_rows import Cell, Cells
from dashboard.model.answer_book import GRADES, SHEETS, Column
from dashboard.model.words import Words

HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
HEAD_HEIGHT = 44
"""Three lines: a row whose height is not said does not grow with its header everywhere."""
FROZEN = 2
"""So many columns stay in view: the id and what is asked."""
MAY = {
    "select_locked_cells": True,
    "sort": True,
    "autofilter": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}
COUNTED = {
    "answers": ("status",),
    "risk_ratings": ("found", "scale"),
    "opportunity_ratings": ("found", "reach"),
    "actions": ("text",),
}
"""A row is filled in when one of these is."""


@dataclass(frozen=True)
class Sheet:
    """One sheet to be drawn: its kind, its title, its rows, and how many empty ones follow them."""

    kind: str
    title: str
    heading: str
    rows: Sequence[Cells]
    room: int = 0

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.rows) + self.room - 1

    def filled(self) -> int:
        return sum(any(row[name] is not None for name in COUNTED[self.kind]) for row in self.rows)

    def cells(self, name: str) -> str:
        """The range of one column, as a formula names it."""
        letters = xl_col_to_name([column.name for column in SHEETS[self.kind]].index(name))
        return f"${letters}${FIRST_ROW + 1}:${letters}${self.last_row + 1}"


@dataclass(frozen=True)
class Style:
    """What every sheet is drawn with: formats by name, the lists, the words for not applicable, and a notice or ''."""

    looks: Mapping[str, Format]
    lists: Lists
    not_applicable: tuple[str, ...]
    notice: str
    words: Words


def draw_sheet(page: Worksheet, sheet: Sheet, style: Style) -> None:
    """The whole sheet."""
    columns = SHEETS[sheet.kind]
    page.write_string(0, 0, sheet.heading, style.looks["title"])
    page.write_formula(1, 0, _counter(sheet, style.words), style.looks["counter"], _counted(sheet, style.words))
    page.write_string(2, 0, style.notice, style.looks["notice"])
    page.set_row(HEAD_ROW, HEAD_HEIGHT)
    for position, column in enumerate(columns):
        _draw_column(page, sheet, position, column, style)
    if sheet.kind == "answers":
        _mark_missing_reason(page, sheet, style)
    page.autofilter(HEAD_ROW, 0, sheet.last_row, len(columns) - 1)
    page.freeze_panes(FIRST_ROW, FROZEN)
    page.protect("", MAY)
    _for_print(page, sheet, style)


def _for_print(page: Worksheet, sheet: Sheet, style: Style) -> None:
    shown = [position for position, column in enumerate(SHEETS[sheet.kind]) if not column.hidden]
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
    validation = _validation(column, position, sheet, style)
    if validation:
        page.data_validation(FIRST_ROW, position, sheet.last_row, position, validation)


def _write(page: Worksheet, row: int, position: int, cell: Cell, look: Format) -> None:
    """One cell. A text is never taken for a formula or an address."""
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


def _validation(column: Column, position: int, sheet: Sheet, style: Style) -> dict[str, object] | None:
    """The list to choose from. What is only shown takes no typing; locked cells would let no row be sorted."""
    words = style.words
    if column.hidden:
        return None
    if not column.asked:
        return {"validate": "custom", "value": "=FALSE", "error_message": words("book.only_shown")}
    if column.date:
        return {"validate": "any", "input_title": words("book.date"), "input_message": words("book.date_help")}
    if not column.choice:
        return None
    return {"validate": "list", "source": _source(column, sheet, style.lists), "error_message": words("book.choose")}


def _source(column: Column, sheet: Sheet, lists: Lists) -> str | list[str]:
    if column.choice == "grade":
        # Told in the rule itself: a number that is typed equals none of a list of texts.
        return list(GRADES)
    return (
        _scale_source(sheet, lists)
        if sheet.kind == "answers" and column.choice == "status"
        else lists.source(column.choice)
    )


def _scale_source(sheet: Sheet, lists: Lists) -> str:
    """The scale of the row: the one of all rows, or the one that its hidden column names, wherever it is sorted to."""
    one = lists.one_scale()
    if one is not None:
        return lists.source(one)
    letters = xl_col_to_name([column.name for column in SHEETS[sheet.kind]].index("choices"))
    return f"=INDIRECT(${letters}{FIRST_ROW + 1})"


def _mark_missing_reason(page: Worksheet, sheet: Sheet, style: Style) -> None:
    """The reason is wanted as long as the status is one that counts as not applicable and the cell is empty."""
    names = [column.name for column in SHEETS["answers"]]
    status, reason = (xl_col_to_name(names.index(name)) for name in ("status", "na_reason"))
    said = ",".join(f'${status}{FIRST_ROW + 1}="{_quoted(title)}"' for title in style.not_applicable)
    if said:
        criteria = f"=AND(OR({said}),LEN(TRIM(${reason}{FIRST_ROW + 1}))=0)"
        position = names.index("na_reason")
        rule = {"type": "formula", "criteria": criteria, "format": style.looks["wanted"]}
        page.conditional_format(FIRST_ROW, position, sheet.last_row, position, rule)


def _counter(sheet: Sheet, words: Words) -> str:
    """A formula that counts the rows that are filled in."""
    either = "+".join(f"(LEN(TRIM({sheet.cells(name)}))>0)" for name in COUNTED[sheet.kind])
    before, between, after = _counter_text(sheet, words, "\0", "\0").split("\0")
    parts = [_text(before), f"SUMPRODUCT(--({either}>0))", _text(between), str(len(sheet.rows)), _text(after)]
    return "=" + "&".join(part for part in parts if part)


def _counted(sheet: Sheet, words: Words) -> str:
    """What the formula comes to in the workbook as it is handed out."""
    return _counter_text(sheet, words, str(sheet.filled()), str(len(sheet.rows)))


def _counter_text(sheet: Sheet, words: Words, filled: str, asked: str) -> str:
    return words(f"book.counter.{sheet.kind}", filled=filled, asked=asked)


def _text(text: str) -> str:
    return f'"{_quoted(text)}"' if text else ""


def _quoted(text: str) -> str:
    return text.replace('"', '""')
