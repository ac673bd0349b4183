"""Writes a standard as a workbook that a person can fill in, with what each column means and may contain."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.answer_lists import shortened
from dashboard.exports.answer_workbook import AS_IT_IS, CREATED_AT
from dashboard.exports.writable import given_writable
from dashboard.model.framework import Strict
from dashboard.model.standard_files import (
    LINKS,
    LISTED,
    NO,
    NUMBERS,
    READ_ME,
    SETTING_COLUMNS,
    SETTINGS,
    TRANSLATIONS,
    YES,
    SheetColumn,
    Standard,
    StandardSheet,
    standard_sheets,
    start_bands,
    start_scale,
)
from dashboard.model.words import Words


def explained(sheet: StandardSheet, column: SheetColumn, words: Words) -> str:
    """Return what a column means: the sentence in the words, else the description in the model, else nothing."""
    key = f"workbook.{sheet.name}.{column.name}"
    return words(key) if words.has(key) else column.description or ""


def allowed(column: SheetColumn, words: Words) -> str:
    """Return what a cell of this column may contain, and what an empty cell means."""
    kind = _kind(column, words)
    if column.required or column.default in (None, [], ()):
        return kind
    default = (YES if column.default else NO) if isinstance(column.default, bool) else column.default
    return f"{kind} {words('workbook.allowed.default', default=default)}"


def _kind(column: SheetColumn, words: Words) -> str:
    choices = ", ".join(column.choices)
    if column.many:
        key = "many_of" if choices else "many"
        return words(f"workbook.allowed.{key}", choices=choices, between=LISTED.strip())
    if choices:
        return words("workbook.allowed.one_of", choices=choices)
    if column.type == "boolean":
        return words("workbook.allowed.one_of", choices=f"{YES}, {NO}")
    if column.type in NUMBERS:
        return _number(column, words)
    if column.is_version:
        return words("workbook.allowed.version")
    return words("workbook.allowed.id" if column.pattern else "workbook.allowed.text")


def _number(column: SheetColumn, words: Words) -> str:
    kind = f"workbook.allowed.{column.type}"
    if column.lowest is None:
        return words(kind)
    if column.highest is None or column.above:
        return words(f"{kind}_above", lowest=_plain(column.lowest))
    return words(f"{kind}_between", lowest=_plain(column.lowest), highest=_plain(column.highest))


def _plain(number: float) -> str:
    """Return a number without thousands separators: a year is one word."""
    return f"{number:g}"


Cell = str | float | None
Row = dict[str, Cell]
Rows = Mapping[str, list[Row]]

START_SETTINGS: Mapping[str, Cell] = {"version": "1.0"}


def rows_of(standard: Standard) -> Rows:
    """Return every sheet's rows, by sheet and column; an empty cell is None. Areas and criteria keep their order."""
    return {name: list(_rows(standard, sheet)) for name, sheet in standard_sheets().items()}


def rows_to_start(words: Words) -> Rows:
    """Return the rows of an empty template: what every standard needs, with a scale and bands to start from."""
    rows: dict[str, list[Row]] = {name: [] for name in standard_sheets()}
    for column in standard_sheets()[SETTINGS].columns:
        value = START_SETTINGS.get(column.name, column.default)
        rows[SETTINGS].append(_setting(column.name, _cell(value)))
    rows["scale"] = [{**row, "scale": None} for row in start_scale(words)]
    rows["bands"] = start_bands(words)
    return rows


def _rows(standard: Standard, sheet: StandardSheet) -> Iterator[Row]:
    if sheet.name == SETTINGS:
        for column in sheet.columns:
            yield _setting(column.name, _cell(getattr(standard.framework, column.name)))
    elif sheet.name == TRANSLATIONS:
        for translation in standard.translations:
            for code, texts in translation.texts.items():
                for field, text in texts.items():
                    made = translation.made_from.get(code, {}).get(field)
                    known = {"language": translation.language, "id": code, "field": field, "text": text}
                    yield {**known, "made_from": made}
    else:
        for above, item in _items(standard, sheet):
            yield {column.name: _cell((above | dict(item))[column.name]) for column in sheet.columns}


def _items(standard: Standard, sheet: StandardSheet) -> Iterator[tuple[dict[str, Any], Strict]]:
    """Yield the values of one sheet, each with what it inherits from the row above."""
    if sheet.name == LINKS:
        yield from (({}, link) for link in standard.links)
    elif sheet.inside is None:
        yield from (({}, item) for item in getattr(standard.framework, sheet.name))
    else:
        key = sheet.columns[0].name
        for above in getattr(standard.framework, sheet.inside):
            yield from (({key: getattr(above, key)}, item) for item in getattr(above, sheet.name))


def _setting(key: str, value: Cell) -> Row:
    return dict(zip(SETTING_COLUMNS, (key, value), strict=True))


def _cell(value: object) -> Cell:
    """Return a value as a cell: a boolean as a word, a list as one text, an empty list as None."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple | list):
        return LISTED.join(value) or None
    return value if isinstance(value, int | float) else None if value is None else str(value)


ROOM = 500
"""Additional rows of each sheet that have drop-down lists."""
NARROW, WIDE, WIDEST = 12, 30, 60
"""Widths of columns in characters."""
FORMATS: Mapping[str, Mapping[str, object]] = {
    "head": {"bold": True, "bg_color": "#E4E7EC", "bottom": 1, "valign": "top"},
    "required": {"bold": True, "bg_color": "#C5D3E6", "bottom": 1, "valign": "top"},
    # A text cell, so that entries such as 1.10 stay as typed.
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "number": {"valign": "top", "align": "left"},
    "title": {"bold": True, "font_size": 14},
}
Looks = Mapping[str, Format]


@given_writable
def standard_workbook(rows: Rows, words: Words) -> bytes:
    """Return the workbook as XLSX bytes, the sheet `read me` first. `rows` are cells by sheet and column."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, AS_IT_IS) as book:
        book.set_properties({"created": CREATED_AT})
        looks = {name: book.add_format(dict(look)) for name, look in FORMATS.items()}
        _read_me(book.add_worksheet(READ_ME), looks, words)
        for name, sheet in standard_sheets().items():
            if name == SETTINGS:
                _settings(book.add_worksheet(name), sheet, rows[name], looks, words)
            else:
                _table(book.add_worksheet(name), sheet, rows[name], looks, words)
    return stream.getvalue()


def _settings(page: Worksheet, sheet: StandardSheet, rows: list[Row], looks: Looks, words: Words) -> None:
    """Write one setting per row; the keys of required ones are marked."""
    for position, name in enumerate(SETTING_COLUMNS):
        page.write_string(0, position, name, looks["head"])
    key, value = SETTING_COLUMNS
    for number, row in enumerate(rows, start=1):
        column = sheet.column(str(row[key]))
        if column is None:
            continue
        page.write_string(number, 0, column.name, looks["required" if column.required else "head"])
        page.write(number, 1, _exact(row[value]), looks[_look(column)])
        page.data_validation(number, 1, number, 1, _validation(sheet, column, words))
    page.set_column(0, 0, WIDE)
    page.set_column(1, 1, WIDEST)
    page.freeze_panes(1, 1)


def _table(page: Worksheet, sheet: StandardSheet, rows: list[Row], looks: Looks, words: Words) -> None:
    """Write one row per item, below a frozen header."""
    for position, column in enumerate(sheet.columns):
        cells = [row[column.name] for row in rows]
        page.set_column(position, position, _width(column, cells), looks[_look(column)])
        page.write_string(0, position, column.name, looks["required" if column.required else "head"])
        for number, cell in enumerate(cells, start=1):
            page.write(number, position, _exact(cell), looks[_look(column)])
        page.data_validation(1, position, len(rows) + ROOM, position, _validation(sheet, column, words))
    page.freeze_panes(1, 2 if sheet.inside else 1)


def _read_me(page: Worksheet, looks: Looks, words: Words) -> None:
    """Explain how to fill in the workbook, then list every column: its place, whether it is required, its values."""
    page.write_string(0, 0, words("workbook.read_me.title"), looks["title"])
    lines = [words(f"workbook.read_me.{name}") for name in ("way", "lists", "required", "empty", "ids", "own")]
    for number, line in enumerate(lines, start=1):
        page.write_string(number, 0, line)
    head = ("sheet", "column", "given", "allowed", "meaning")
    start = len(lines) + 2
    for position, name in enumerate(head):
        page.write_string(start, position, words(f"workbook.read_me.head.{name}"), looks["head"])
    every = [(sheet, column) for sheet in standard_sheets().values() for column in sheet.columns]
    for number, (sheet, column) in enumerate(every, start=start + 1):
        given = words("workbook.read_me.must" if column.required else "workbook.read_me.may")
        cells = (sheet.name, column.name, given, allowed(column, words), explained(sheet, column, words))
        for position, cell in enumerate(cells):
            page.write_string(number, position, cell, looks["text"])
    for position, width in enumerate((NARROW, WIDE // 2, NARROW, WIDE, WIDEST)):
        page.set_column(position, position, width)


def _exact(cell: Cell) -> Cell:
    """Return a cell that is kept as it is: XlsxWriter keeps 16 digits, so a number that needs more is a text."""
    return cell if cell is None or isinstance(cell, str) or float(f"{cell:.16G}") == cell else repr(cell)


def _validation(sheet: StandardSheet, column: SheetColumn, words: Words) -> dict[str, object]:
    """Return the drop-down list, if any, and the help shown at the cell."""
    help_text = f"{explained(sheet, column, words)} {allowed(column, words)}".strip()
    prompt: dict[str, object] = {"input_title": column.name, "input_message": shortened(help_text)}
    choices = (YES, NO) if column.type == "boolean" else column.choices
    if sheet.inside and column == sheet.columns[0]:
        # A warning only: the area may be entered after its criteria.
        return {
            "validate": "list",
            "source": f"={sheet.inside}!$A$2:$A${ROOM}",
            "error_type": "information",
            **prompt,
        }
    if choices and not column.many:
        return {
            "validate": "list",
            "source": list(choices),
            "error_message": shortened(words("workbook.choose", choices=", ".join(choices))),
            **prompt,
        }
    return {"validate": "any", **prompt}


def _look(column: SheetColumn) -> str:
    return "number" if column.type in NUMBERS and not column.many else "text"


def _width(column: SheetColumn, cells: list[Cell]) -> int:
    """Return the width of the longest text, within limits; an empty free-text column gets room to write."""
    free = column.type == "string" and not (column.choices or column.pattern)
    least = WIDE if free and not cells else max(NARROW, len(column.name) + 3)
    return min(WIDEST, max([least, *(len(str(cell)) + 2 for cell in cells if cell is not None)]))
