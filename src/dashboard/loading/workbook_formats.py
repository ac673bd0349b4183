"""Opens workbooks of every format, and tells what the reader does not: how far they reach, merged cells and formulas.

XLSX is Excel's format since 2007, XLS its former one, XLSB its binary one. ODS is the format of LibreOffice.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook

XLSX, ODS, XLS, XLSB = ".xlsx", ".ods", ".xls", ".xlsb"
WORKBOOKS = (XLSX, ODS, XLS, XLSB)
"""How the file of a workbook may end."""
CONTENT = "content.xml"
"""The part of an ODS file that holds its sheets."""
Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of merged ones, each as row and column, counted from 0."""


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook in any format."""

    cells: CalamineSheet
    merged: tuple[Range, ...] = ()

    @property
    def height(self) -> int:
        """The number of rows between the first and the last that hold anything; 0 for an empty sheet."""
        return self.cells.height

    @property
    def total_height(self) -> int:
        """The number of rows above the last one that holds anything; 0 if nothing is below the first row."""
        return self.cells.total_height

    @property
    def end(self) -> tuple[int, int] | None:
        """The row and column of the last cell, counted from 0; None for an empty sheet."""
        return self.cells.end

    def rows(self, n: int | None = None) -> list[list[Any]]:
        """Return the cells by row from the very first, all or the first `n` rows."""
        return self.cells.to_python(skip_empty_area=False, nrows=n)


def sheets_in(path: Path) -> dict[str, WorkbookSheet]:
    """Return the sheets of a workbook by title. Raises CalamineError, BadZipFile or OSError if it cannot be read.

    Of formats other than XLSX, the content tells which it is, and not the name.
    """
    is_excel = path.suffix.lower() == XLSX
    if is_excel:
        workbook = CalamineWorkbook.from_path(path)
    else:
        with path.open("rb") as stream:
            workbook = CalamineWorkbook.from_filelike(stream)
    beside = {} if is_excel else open_document_sheets(path)
    sheets = {title: workbook.get_sheet_by_name(title) for title in workbook.sheet_names}
    merged = {title: beside[title].merged if title in beside else sheets[title].merged_cell_ranges for title in sheets}
    return {title: WorkbookSheet(sheet, tuple(merged[title] or ())) for title, sheet in sheets.items()}


@dataclass
class OpenDocumentSheet:
    """What one sheet of an ODS file says beside its cells: the last cell, merged cells, and formulas.

    `rows` and `columns` are how many there are up to the last cell that holds anything. Each formula is given as row,
    column and text.
    """

    rows: int = 0
    columns: int = 0
    merged: tuple[Range, ...] = ()
    formulas: list[tuple[int, int, str]] = field(default_factory=list)


_ATTRIBUTES = r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+"
_TAG = re.compile(rf"<table:(table|table-row|(?:covered-)?table-cell)((?:\s{_ATTRIBUTES})?)>")
_NUMBERS = {
    f"{of}-{what}": re.compile(rf"\stable:number-{of}-{what}\s*=\s*[\"'](\d{{1,9}})[\"']")
    for of in ("rows", "columns")
    for what in ("repeated", "spanned")
}
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def open_document_sheets(path: Path) -> Mapping[str, OpenDocumentSheet]:
    """Return what the sheets of an ODS file say beside their cells, by title; nothing for files of another format.

    Raises OSError or BadZipFile if it is damaged.
    """
    about = path.stat()
    return _open_document_sheets(path, about.st_mtime_ns, about.st_size) if zipfile.is_zipfile(path) else {}


@lru_cache(maxsize=1)
def _open_document_sheets(path: Path, _changed: int, _size: int) -> Mapping[str, OpenDocumentSheet]:
    """Read the sheets once for all who ask in turn."""
    with zipfile.ZipFile(path) as archive:
        if CONTENT not in archive.namelist():
            return {}
        text = archive.read(CONTENT).decode("utf-8", "replace")
    found: dict[str, OpenDocumentSheet] = {}
    sheet = OpenDocumentSheet()
    next_row = row = column = 0
    for tag in _TAG.finditer(text):
        if tag[1] == "table":
            title = unescape(_attributes(tag[2]).get("table:name", ""))
            sheet, next_row = found.setdefault(title, OpenDocumentSheet()), 0
        elif tag[1] == "table-row":
            row, column = next_row, 0
            next_row += _count(tag[2], "rows-repeated")
        else:
            column = _add_cell(sheet, tag[2], row, column, next_row)
    return found


def _attributes(text: str) -> dict[str, str]:
    return {name: one or other for name, one, other in _ATTRIBUTE.findall(text)}


def _count(text: str, of: str) -> int:
    """Return a number among the attributes of a tag, 1 if it is not there."""
    found = _NUMBERS[of].search(text) if of in text else None
    return int(found[1]) if found else 1


def _add_cell(sheet: OpenDocumentSheet, text: str, row: int, column: int, next_row: int) -> int:
    """Add what one cell says to its sheet, and return the column after it; its row may be repeated to `next_row`."""
    after = column + _count(text, "columns-repeated")
    formula = _attributes(text).get("table:formula") if "table:formula" in text else None
    if formula is not None:
        sheet.formulas.append((row, column, f"={unescape(formula).removeprefix('of:').removeprefix('=')}"))
    if formula is not None or "office:value-type" in text:
        sheet.rows, sheet.columns = max(sheet.rows, next_row), max(sheet.columns, after)
    if "spanned" in text:
        down, right = _count(text, "rows-spanned"), _count(text, "columns-spanned")
        if down > 1 or right > 1:
            sheet.merged = (*sheet.merged, ((row, column), (row + down - 1, column + right - 1)))
    return after


ROW, CELLS = 0, range(1, 12)
"""The kinds of records of an XLSB sheet that begin a row, and that hold a cell."""


def binary_reach(content: bytes) -> tuple[int, int]:
    """Return how many rows and columns one sheet of an XLSB file has up to its last cell."""
    row = rows = columns = 0
    for kind, start in _records(content):
        if kind == ROW:
            row = start
        elif kind in CELLS:
            rows, columns = max(rows, row + 1), max(columns, start + 1)
    return rows, columns


def _records(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the kind of each record and the number that it begins with; what is cut off ends the records."""
    position = 0
    while position < len(content):
        kind, position = _number(content, position, 2)
        size, position = _number(content, position, 4)
        yield kind, int.from_bytes(content[position : position + min(size, 4)], "little")
        position += size


def _number(content: Sequence[int], position: int, most: int) -> tuple[int, int]:
    """Return a number of at most `most` bytes, seven bits in each, and the position after it."""
    number = 0
    for nth in range(most):
        byte = content[position] if position < len(content) else 0
        position += 1
        number |= (byte & 0x7F) << (7 * nth)
        if not byte & 0x80:
            break
    return number, position
