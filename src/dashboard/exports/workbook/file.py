"""How do the questions of one operation and round become a workbook that departments fill in?"""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from dashboard.exports.workbook.guide import draw_guide
from dashboard.exports.workbook.lists import Lists, lists_of, write_lists
from dashboard.exports.workbook.plan import Sheet
from dashboard.exports.workbook.rows import question_row, rows_of_kind
from dashboard.exports.workbook.sheet import Style, draw_sheet
from dashboard.exports.writable import given_writable
from dashboard.model.answers.workbook import HIDDEN_SHEET, SHEETS, Book, scale_name
from dashboard.model.words import Words

CREATED_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same content gives the same bytes whenever it is written."""
ROOM = {"actions": 30, "targets": 10, "evidence": 30}
"""Empty rows provided for new ones."""
LONGEST_TITLE = 31
NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
ROW = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D5DADD", "locked": False, "font_size": 10}
ASKED = {**ROW, "bg_color": "#FFFBEA"}
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#D5DADD", "font_size": 10}
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#24323A"},
    "counter": {"font_size": 11, "font_color": "#1F6F78", "bold": True},
    "notice": {"font_size": 10, "font_color": "#B4532A", "italic": True},
    "head": {**HEAD, "bg_color": "#E6EAEC", "font_color": "#24323A"},
    "head_asked": {**HEAD, "bg_color": "#1F6F78", "font_color": "#FFFFFF"},
    "shown": {**ROW, "font_color": "#24323A"},
    "critical": {**ROW, "font_color": "#24323A", "left": 5, "left_color": "#B4532A"},
    # A text cell, so that entries stay as typed.
    "asked": {**ASKED, "num_format": "@"},
    "number": {**ASKED, "align": "left"},
    "date": {**ASKED, "num_format": "yyyy-mm-dd", "align": "left"},
    "wanted": {"bg_color": "#F0B79E"},
    "plain": {"text_wrap": True, "valign": "top", "font_size": 11},
    "line": {"text_wrap": True, "valign": "top", "font_size": 11, "bottom": 1, "bottom_color": "#D5DADD"},
}


@given_writable
def answer_workbook(book: Book, words: Words) -> bytes:
    """Return the workbook as XLSX bytes: the instructions, one sheet per function, ratings, actions."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED_AT, "title": heading(book)})
        lists = lists_of(book, words)
        looks: dict[str, Format] = {name: workbook.add_format(look) for name, look in LOOKS.items()}
        notice = words("shell.illustrative") if book.about["synthetic"] else ""
        not_applicable = dict.fromkeys(row["title"] for row in book.statuses if row["counts_as"] == "not_applicable")
        style = Style(looks, lists, tuple(not_applicable), notice, words)
        sheets = sheets_of(book, lists, words)
        draw_guide(workbook.add_worksheet(words("book.sheet.guide")), book, sheets, style)
        for sheet in sheets:
            draw_sheet(workbook.add_worksheet(sheet.title), sheet, style)
        write_lists(workbook, book, lists, words)
        _open_at_first(workbook)
    return stream.getvalue()


def heading(book: Book) -> str:
    """Return what the workbook is for, in titles."""
    return f"{book.about['operation_title']} · {book.about['round_title']}"


def sheets_of(book: Book, lists: Lists, words: Words) -> list[Sheet]:
    """Return every sheet with rows, in order; each question is on the sheet of its lead function."""
    taken = [words("book.sheet.guide"), HIDDEN_SHEET]
    left_out = () if book.with_kinds() else ("kind",)
    sheets = []
    for function, questions in book.functions().items():
        name = function or words("book.sheet.no_function")
        choices = [lists.scales[scale_name(row["framework"], row["of_scale"])] for row in questions]
        rows = [question_row(book, row, of_row, words) for row, of_row in zip(questions, choices, strict=True)]
        sheets.append(Sheet("answers", _title(name, taken), f"{heading(book)} · {name}", rows, left_out=left_out))
    for kind in list(SHEETS)[1:]:
        name, rows = words(f"book.sheet.{kind}"), rows_of_kind(kind, book, words)
        room = ROOM.get(kind, 0)
        if rows or room:
            sheets.append(Sheet(kind, _title(name, taken), f"{heading(book)} · {name}", rows, room))
    return sheets


def _title(name: str, taken: list[str]) -> str:
    """Return a title that is valid in a spreadsheet and not in `taken`, and add it there."""
    plain = name.translate(NOT_IN_A_TITLE).strip("' ") or "-"
    title, number = plain[:LONGEST_TITLE], 1
    while title.lower() in _lower(taken) or title.lower() == "history":
        number += 1
        title = f"{plain[: LONGEST_TITLE - 4]} {number}"
    taken.append(title)
    return title


def _lower(names: Iterable[str]) -> set[str]:
    return {name.lower() for name in names}


def _open_at_first(workbook: Workbook) -> None:
    workbook.worksheets()[0].activate()
