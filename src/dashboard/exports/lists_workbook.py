"""Writes the lists of countries, operations and rounds as one workbook, to be filled in and published as it is.

Each sheet is a table as `records.yaml` declares it: what a column may hold is a drop-down list, or help at its cells.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.answer_lists import shortened
from dashboard.exports.answer_workbook import AS_IT_IS, CREATED_AT
from dashboard.exports.standard_workbook import FORMATS, NARROW, ROOM, WIDE, WIDEST
from dashboard.exports.writable import given_writable
from dashboard.model.records import RECORDS, Column, ColumnKind, text_of
from dashboard.model.standard_files import LISTED, READ_ME
from dashboard.model.words import Words
from dashboard.model.workbook import LISTS, BookRow, ListsBook

NAMED_ON = {"country": "countries", "first_round": "rounds", "last_round": "rounds", "short_until": "rounds"}
"""Columns of the list of operations that name a code of another sheet."""
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
FIRST_DAY = date(1990, 1, 1)
LONGEST_LIST = 255
"""Most characters of a drop-down list that is not a range of cells."""
Looks = Mapping[str, Format]


@given_writable
def lists_workbook(book: ListsBook, words: Words) -> bytes:
    """Return the workbook as XLSX bytes: the sheet `read me`, then one sheet per list with what is published."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, AS_IT_IS) as workbook:
        workbook.set_properties({"created": CREATED_AT})
        formats = {**FORMATS, "date": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}}
        looks = {name: workbook.add_format(dict(look)) for name, look in formats.items()}
        _read_me(workbook.add_worksheet(READ_ME), looks, words)
        pages = {form: workbook.add_worksheet(form) for form in LISTS}
        for form, page in pages.items():
            _table(page, form, book, looks, words)
        pages[LISTS[0]].activate()
    return stream.getvalue()


def _table(page: Worksheet, form: str, book: ListsBook, looks: Looks, words: Words) -> None:
    """Write one row per code, below a frozen header."""
    held = book.rows.get(form, ())
    for position, column in enumerate(RECORDS[form].columns):
        look = looks["date" if column.kind is ColumnKind.DATE else "text"]
        page.set_column(position, position, _width(column, held), look)
        page.write_string(0, position, column.name, looks["required" if column.head else "head"])
        for number, row in enumerate(held, start=1):
            value = row[column.name]
            if isinstance(value, date):
                page.write_datetime(number, position, value, look)
            elif text := text_of(value):
                page.write_string(number, position, text, look)
        page.data_validation(1, position, len(held) + ROOM, position, _validation(form, column, book, words))
    page.freeze_panes(1, 1)


def _validation(form: str, column: Column, book: ListsBook, words: Words) -> dict[str, object]:
    """Return the rule for the cells of a column, with the help shown at each.

    What is chosen from another sheet, or from names in use, may be something else: it may be entered later.
    """
    codes = book.codes.get(column.name, ()) if column.kind is ColumnKind.LIST else ()
    among = words("lists.codes", codes=", ".join(codes), between=LISTED.strip()) if codes else ""
    prompt = {"input_title": column.name, "input_message": shortened(f"{explained(column, words)} {among}".strip())}
    choices = column.words if column.kind is not ColumnKind.LIST else ()
    groups = list(book.codes.get("group", ()))
    if choices:
        message = shortened(words("workbook.choose", choices=", ".join(choices)))
        return {"validate": "list", "source": list(choices), "error_message": message, **prompt}
    if form == "operations" and column.name in NAMED_ON:
        source = f"={NAMED_ON[column.name]}!$A$2:$A${ROOM}"
        return {"validate": "list", "source": source, "error_type": "information", **prompt}
    if column.name == "group" and groups and len(",".join(groups)) <= LONGEST_LIST and "," not in "".join(groups):
        return {"validate": "list", "source": groups, "error_type": "information", **prompt}
    if column.kind is ColumnKind.DATE:
        message = shortened(words("lists.day"))
        return {"validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_message": message, **prompt}
    return {"validate": "any", **prompt}


def explained(column: Column, words: Words) -> str:
    """Return what a column holds, whether a cell may be empty, and an example, as plain text."""
    said = [f"{column.described}.", words("lists.empty", empty=column.empty)]
    if column.example:
        said.append(words("lists.example", example=column.example))
    return LINK.sub(r"\1", " ".join(said)).replace("`", "")


def _read_me(page: Worksheet, looks: Looks, words: Words) -> None:
    """Explain how to fill in the workbook and what comes next, then list every column."""
    page.write_string(0, 0, words("lists.title"), looks["title"])
    lines = [words(f"lists.{name}") for name in ("way", "required", "many", "groups", "next", "again")]
    for number, line in enumerate(lines, start=1):
        page.write_string(number, 0, line)
    start = len(lines) + 2
    for position, name in enumerate(("sheet", "column", "given", "meaning")):
        page.write_string(start, position, words(f"workbook.read_me.head.{name}"), looks["head"])
    for number, cells in enumerate(_columns(words), start=start + 1):
        for position, cell in enumerate(cells):
            page.write_string(number, position, cell, looks["text"])
    for position, width in enumerate((NARROW, WIDE // 2, NARROW, 2 * WIDEST)):
        page.set_column(position, position, width)


def _columns(words: Words) -> Iterator[tuple[str, str, str, str]]:
    for form in LISTS:
        for column in RECORDS[form].columns:
            given = words(f"workbook.read_me.{'must' if column.must and not column.when else 'may'}")
            yield form, column.name, given, explained(column, words)


def _width(column: Column, held: tuple[BookRow, ...]) -> int:
    longest = max((len(text_of(row[column.name])) + 2 for row in held), default=0)
    least = WIDE if column.name in ("title", "note", "services", "frameworks") else NARROW
    return min(WIDEST, max(least, len(column.name) + 3, longest))
