"""What is in each row of a standard's workbook? Sheets of plain cells, before any formatting."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.model.standard.framework import Strict
from dashboard.model.standard.standard import Standard
from dashboard.model.standard.start import start_bands, start_scale
from dashboard.model.standard.workbook import (
    LINKS,
    LISTED,
    NO,
    SETTING_COLUMNS,
    SETTINGS,
    TRANSLATIONS,
    YES,
    Sheet,
    sheets,
)
from dashboard.model.words import Words

Cell = str | float | None
Row = dict[str, Cell]
Rows = Mapping[str, list[Row]]

START_SETTINGS: Mapping[str, Cell] = {"version": "1.0"}


def rows_of(standard: Standard) -> Rows:
    """Return every sheet's rows, by sheet and column; an empty cell is None. Areas and criteria keep their order."""
    return {name: list(_rows(standard, sheet)) for name, sheet in sheets().items()}


def rows_to_start(words: Words) -> Rows:
    """Return the rows of an empty template: what every standard needs, with a scale and bands to start from."""
    rows: dict[str, list[Row]] = {name: [] for name in sheets()}
    for column in sheets()[SETTINGS].columns:
        value = START_SETTINGS.get(column.name, column.default)
        rows[SETTINGS].append(_setting(column.name, _cell(value)))
    rows["scale"] = [{**row, "scale": None} for row in start_scale(words)]
    rows["bands"] = start_bands(words)
    return rows


def _rows(standard: Standard, sheet: Sheet) -> Iterator[Row]:
    if sheet.name == SETTINGS:
        for column in sheet.columns:
            yield _setting(column.name, _cell(getattr(standard.framework, column.name)))
    elif sheet.name == TRANSLATIONS:
        for translation in standard.translations:
            for code, texts in translation.texts.items():
                for field, text in texts.items():
                    yield {"language": translation.language, "id": code, "field": field, "text": text}
    else:
        for above, item in _items(standard, sheet):
            yield {column.name: _cell((above | dict(item))[column.name]) for column in sheet.columns}


def _items(standard: Standard, sheet: Sheet) -> Iterator[tuple[dict[str, Any], Strict]]:
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
